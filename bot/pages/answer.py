"""``/a/{answer_id}[@version]``: one answer with its whole grounds, for links in copied texts.

Why this file exists: whoever got a text by hand can look up what it stands on. It must not know drafts:
only what is in force is public.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot import clock
from bot.live import versions
from bot.pages.web import page
from bot.services import Services
from content import voices
from content.find import Library
from content.model import NATIONAL, Answer

_GROUNDS = "依据："


@dataclass(frozen=True, slots=True)
class Address:
    """What the path names: an answer id (``topic.need`` or ``topic.need@city``) and a version or ""."""

    answer_id: str
    version: str


def parse(path: str, library: Library) -> Address:
    """Read ``topic.need[@city][@version]``; a second part that is no city is a version."""
    need, *rest = path.split("@")
    if rest and rest[0] in library.cities:
        return Address(f"{need}@{rest[0]}", "@".join(rest[1:]))
    return Address(need, "@".join(rest))


def permalink(answer: Answer, version: str, base: str = "") -> str:
    """Path of an answer in a version of the content, below the public address ``base``."""
    return f"{base.rstrip('/')}/a/{answer.id}@{version}"


def routes(services: Services) -> list[BaseRoute]:
    """The answer page."""

    def show(request: Request) -> Response:
        library = services.library()
        address = parse(request.path_params["answer_id"], library)
        answer = library.answers.get(address.answer_id)
        if answer is None or versions.is_off(services, answer):
            return page(request, "answer_missing.html", {"current": ""}, 404)
        base = services.settings.public_url or str(request.base_url)
        if address.version in ("", library.version):
            return page(request, "answer.html", _values(services, library, answer, base))
        old = versions.find(services, library, answer, address.version)
        if old is None:
            return page(request, "answer_missing.html", {"current": f"/a/{answer.id}"}, 404)
        values = _values(services, old.library, old.answer, base, old.on, address.version)
        current = "" if old.answer == answer else f"/a/{answer.id}"
        return page(request, "answer.html", {**values, "current": current})

    return [Route("/a/{answer_id}", show)]


def _values(
    services: Services, library: Library, answer: Answer, base: str, on: date | None = None, version: str = ""
) -> dict[str, object]:
    text = voices.copy_text(answer, library, on or clock.now(services.settings).date())
    link = permalink(answer, version or library.version, base)
    said, _, grounds = text.replace(voices.PERMALINK, link).partition(f"\n{_GROUNDS}\n")
    conclusion, _, details = said.partition("\n")
    return {
        "need": library.needs[answer.need].name,
        "place": "全国" if answer.scope == NATIONAL else library.cities[answer.scope].name,
        "conclusion": conclusion,
        "details": [
            line.partition("：") if "：" in line[:8] else ("", "", line) for line in details.splitlines()
        ],
        "grounds": [line for line in grounds.splitlines() if not line.startswith("链接：")],
        "link": link,
    }
