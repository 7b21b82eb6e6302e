"""The OpenAPI description as a plain page: no scripts, nothing fetched from others.

Why this file exists: the usual viewers load foreign code, which our policy refuses.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

_HEAD = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>接口说明</title>'
    '<link rel="stylesheet" href="/static/page.css"></head><body><main class="sheet">'
)


def described(schema: dict[str, Any]) -> str:
    """HTML of an OpenAPI document."""
    parts = [
        _HEAD,
        f"<h1>{escape(schema['info']['title'])}</h1><p>{escape(schema['info']['description'])}</p>",
    ]
    parts.append(
        "<p>每次请求带上 <code>Authorization: Bearer 口令</code>。机器可读的说明在 "
        '<a href="/api/v1/openapi.json">openapi.json</a>。</p>'
    )
    for path, methods in schema["paths"].items():
        parts += [_operation(path, method, told) for method, told in methods.items()]
    parts.append("<h2>数据结构</h2>")
    parts += [_model(name, told) for name, told in schema["components"]["schemas"].items()]
    return "".join([*parts, "</main></body></html>"])


def _operation(path: str, method: str, told: dict[str, Any]) -> str:
    rows = [
        f"<li><code>{escape(p['name'])}</code>{'（必填）' if p.get('required') else ''} "
        f"{escape(p['schema'].get('description', p.get('description', '')))}</li>"
        for p in told.get("parameters", [])
    ]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    rows += [f"<li>正文：{_name(body)}</li>"] if body else []
    answers = [
        f"<li>{code}：{_name(r.get('content', {}).get('application/json', {}).get('schema', {}))}</li>"
        for code, r in told["responses"].items()
    ]
    title = f"<h2><code>{method.upper()} /api/v1{escape(path)}</code> {escape(told['summary'])}</h2>"
    return f"{title}<ul>{''.join(rows)}</ul><p>答复</p><ul>{''.join(answers)}</ul>"


def _name(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f'<a href="#{escape(name)}">{escape(name)}</a>'
    if "items" in schema:
        return f"{_name(schema['items'])} 的列表"
    return escape(str(schema.get("type", "")))


def _model(name: str, told: dict[str, Any]) -> str:
    shown = json.dumps(told.get("properties", {}), ensure_ascii=False, indent=1)
    about = escape(told.get("description", ""))
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{about}</p><pre class="text">{escape(shown)}</pre>'
