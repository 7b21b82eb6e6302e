"""What everybody may do with their own account: start page, password, signing out.

Why this file exists: these routes ask for no role, only for a session.
"""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot import doors
from bot.staff import cookies, passwords
from bot.staff.access import Call, Page
from bot.staff.roles import ADMINS, AT_THE_DESK, LOG_READERS, READERS, SIGNED_IN
from bot.staff.web import HERE, Item, Site
from store import accounts, staff_sessions

SITE = Site(
    HERE,
    "账号",
    (
        Item("/staff", "首页", SIGNED_IN),
        Item("/staff/password", "改密码", SIGNED_IN),
        Item("/staff/accounts", "账号与角色", ADMINS),
        Item("/staff/log", "操作日志", LOG_READERS),
        Item("/console", "内容后台", READERS),
        Item("/desk", "坐席台", AT_THE_DESK),
    ),
)
_DOORS = {"/console": READERS, "/desk": AT_THE_DESK | ADMINS}


def start(call: Call) -> Response:
    """Where this person may go."""
    open_doors = [d for d in doors.for_people(False) if call.me.may(_DOORS.get(d.path, frozenset()))]
    with call.database.read() as connection:
        sessions = staff_sessions.of_account(connection, call.me.id, call.at)
    return SITE.page(call, "staff/start.html", {"doors": open_doors, "sessions": sessions})


def sign_out(call: Call) -> Response:
    """End this session, or with ``every`` all of this person's."""
    with call.database.write() as connection:
        staff_sessions.end(connection, call.session.token_hash)
        if call.text("every"):
            staff_sessions.end_all(connection, call.me.id)
        call.audit(connection, "sign_out", "account")
    return cookies.forget(RedirectResponse("/staff/login", 303), cookies.SESSION)


def password(call: Call) -> Response:
    """The form for a new password."""
    return SITE.page(call, "staff/password.html", {"faults": []})


def change_password(call: Call) -> Response:
    """Set a new password; every other browser of this person is signed out."""
    old, new = str(call.form.get("old", "")), str(call.form.get("new", ""))
    faults = passwords.faults(new, call.me.login)
    if not passwords.fits(call.me.password, old):
        faults.append("现在的密码不对。")
    if new != str(call.form.get("again", "")):
        faults.append("两次写的新密码不一样。")
    if faults:
        return SITE.page(call, "staff/password.html", {"faults": faults}, 422)
    kept = passwords.hashed(new)
    with call.database.write() as connection:
        accounts.change(connection, call.me.id, password=kept)
        staff_sessions.end_all(connection, call.me.id, keep=call.session.token_hash)
        call.audit(connection, "password_changed", f"account:{call.me.login}")
    return RedirectResponse("/staff", 303)


PAGES = (
    Page("/staff", start, SIGNED_IN),
    Page("/staff/logout", sign_out, SIGNED_IN, "POST"),
    Page("/staff/password", password, SIGNED_IN),
    Page("/staff/password", change_password, SIGNED_IN, "POST"),
)
