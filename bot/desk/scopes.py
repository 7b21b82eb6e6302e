"""What a token may be allowed to do."""

from __future__ import annotations

SCOPES: dict[str, str] = {
    "search": "搜索和查看答复",
    "eligibility": "条件测算",
    "contacts": "联系点",
    "feedback": "评价与报错",
}
"""Scope to its Chinese name."""
