"""The roles of staff: who may do what is decided per route by a set of these.

Why this file exists: console and desk name roles from here and nowhere else.
"""

from __future__ import annotations

EDITOR = "editor"
REVIEWER = "reviewer"
OPERATOR = "operator"
SUPERVISOR = "supervisor"
ADMIN = "admin"
AUDITOR = "auditor"

ROLES: dict[str, str] = {
    EDITOR: "内容编辑",
    REVIEWER: "内容审核",
    OPERATOR: "坐席",
    SUPERVISOR: "坐席主管",
    ADMIN: "管理员",
    AUDITOR: "审计",
}
"""Role to its Chinese name, in display order."""

SIGNED_IN: frozenset[str] = frozenset()
"""For routes that everybody who is signed in may use, whatever the role."""
EVERY_ROLE = frozenset(ROLES)
WRITERS = frozenset({EDITOR, REVIEWER, ADMIN})
"""Who may change content."""
READERS = frozenset({EDITOR, REVIEWER, ADMIN, AUDITOR})
"""Who may look into the console."""
REVIEWERS = frozenset({REVIEWER, ADMIN})
"""Who may approve and publish (never what they wrote themselves)."""
ADMINS = frozenset({ADMIN})
LOG_READERS = frozenset({ADMIN, AUDITOR})
AT_THE_DESK = frozenset({OPERATOR, SUPERVISOR})
