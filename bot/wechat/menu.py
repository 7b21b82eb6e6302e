"""The account's menu as code: read, checked against WeChat's limits, compared with what is in force.

Why this file exists: WeChat answers a wrong menu with a bare number; here every fault has a line and a
sentence, before anything is sent. Limits are those of PROTOCOL 1.6.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

MENU = Path(__file__).with_name("menu.yml")
FIRST_LEVEL, SECOND_LEVEL = 3, 5
NAME_BYTES, SUB_NAME_BYTES, KEY_BYTES, URL_BYTES = 16, 60, 128, 1024
_KINDS = {"click": "key", "view": "url", "scancode_waitmsg": "key", "location_select": "key"}
"""Kinds of buttons we know, and the field each needs."""


class MenuFaults(Exception):
    """A menu WeChat would refuse; ``faults`` are sentences with file and line."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def load_menu(path: Path = MENU) -> dict[str, Any]:
    """The menu to push.

    Raises:
        MenuFaults: everything wrong in the file.
    """
    try:
        data = YAML().load(path.read_text("utf-8"))
    except YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise MenuFaults([f"{path.name}:{line}: 不是合格的 YAML"]) from None
    faults = [f"{path.name}:{line}: {what}" for line, what in _faults(data)]
    if faults:
        raise MenuFaults(faults)
    return {"button": [_plain(b) for b in data["button"]]}


def _plain(button: Any) -> dict[str, Any]:
    made = {str(k): str(v) for k, v in button.items() if k != "sub_button"}
    return made | (
        {"sub_button": [_plain(b) for b in button["sub_button"]]} if "sub_button" in button else {}
    )


def _faults(data: Any) -> list[tuple[int, str]]:
    buttons = data.get("button") if isinstance(data, dict) else None
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= FIRST_LEVEL:
        return [(1, f"button 应有 1 到 {FIRST_LEVEL} 个一级菜单")]
    found: list[tuple[int, str]] = []
    for button in buttons:
        subs = button.get("sub_button")
        found += _name_faults(button, NAME_BYTES)
        if subs is None:
            found += _kind_faults(button)
            continue
        if not 1 <= len(subs) <= SECOND_LEVEL:
            found.append((_line(button), f"“{button.get('name')}”下面应有 1 到 {SECOND_LEVEL} 个二级菜单"))
        for sub in subs:
            found += _name_faults(sub, SUB_NAME_BYTES) + _kind_faults(sub)
    return found


def _line(button: Any) -> int:
    return int(button.lc.line) + 1


def _size(value: Any) -> int:
    return len(str(value or "").encode())


def _name_faults(button: Any, limit: int) -> list[tuple[int, str]]:
    used = _size(button.get("name"))
    if 1 <= used <= limit:
        return []
    return [(_line(button), f"名称“{button.get('name', '')}”有 {used} 字节，应为 1 到 {limit} 字节")]


def _kind_faults(button: Any) -> list[tuple[int, str]]:
    kind = button.get("type")
    if kind not in _KINDS:
        return [(_line(button), f"type {kind} 不认识，应为 {'、'.join(_KINDS)} 之一")]
    needed = _KINDS[kind]
    limit = KEY_BYTES if needed == "key" else URL_BYTES
    used = _size(button.get(needed))
    return [] if 1 <= used <= limit else [(_line(button), f"{needed} 有 {used} 字节，应为 1 到 {limit} 字节")]


def in_force(answer: dict[str, Any]) -> dict[str, Any]:
    """The menu in WeChat's answer, in the form of ours (it nests ``list`` and adds fields)."""
    menu = answer.get("selfmenu_info") or answer.get("menu") or {}
    return {"button": [_simple(b) for b in menu.get("button") or []]}


def _simple(button: dict[str, Any]) -> dict[str, Any]:
    subs = button.get("sub_button") or []
    listed = subs.get("list") or [] if isinstance(subs, dict) else subs
    made = {k: str(button[k]) for k in ("type", "name", "key", "url") if button.get(k)}
    if listed:
        made.pop("type", None)
        return made | {"sub_button": [_simple(b) for b in listed]}
    return made


def lines(menu: dict[str, Any]) -> list[str]:
    """A menu as readable lines, one per button."""
    found = []
    for button in menu["button"]:
        found.append(_words(button))
        found += [f"  {_words(sub)}" for sub in button.get("sub_button", [])]
    return found


def _words(button: dict[str, Any]) -> str:
    does = button.get("key") or button.get("url") or ""
    return f"{button.get('name', '')}（{button['type']} {does}）" if does else str(button.get("name", ""))


def difference(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Lines only in ours (``+``) and only in force (``-``), in order; empty when they are the same."""
    new, old = lines(ours), lines(theirs)
    if new == old:
        return []
    changed = [f"- {line}" for line in old if line not in new] + [
        f"+ {line}" for line in new if line not in old
    ]
    return changed or ["顺序不同"]
