"""A desk and a console with something on every page: tickets, drafts, boards, a published change."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from bot.staff.roles import ROLES
from store import effects, jobs
from store.database import Database
from store.effects import Scene
from tests.support.boards import KEY, furnish
from tests.support.chromium import SLOW_MS, opened
from tests.support.console_people import Office, fill_sign_in
from tests.support.desk_rig import DeskRig, until
from tests.support.staff import add_account

OPENID = "oFull{:022d}"
ANSWER = "rental.deposit_refund"
CLAIMED, WAITING = OPENID.format(1), OPENID.format(2)
RED, SOUND = "每月保证能提9876元。", "可以提，租房的先看这几条。"


class FullOffice:
    """Processes and accounts; ``fill`` puts something on the pages. ``everybody`` has every role.

    ``drafts``: kind of content to the path of a draft of one; ``red``: one no gate lets through;
    ``tickets``: paths of one that is taken and one that waits.
    """

    def __init__(self, rig: DeskRig) -> None:
        self.rig = rig
        self.base = rig.base
        self.drafts: dict[str, str] = {}
        self.red = ""
        self.tickets: list[str] = []
        self._database = Database(f"sqlite:///{rig.folder / 'newcitizen.db'}")
        for login, roles in (("everybody", [*ROLES]), ("bianji", ["editor"]), ("shenhe", ["reviewer"])):
            add_account(self._database, login, roles)

    def close(self) -> None:
        """Let go of the database; the processes are the rig's."""
        self._database.close()

    def enter(self, page: Page, login: str) -> Page:
        page.goto(f"{self.base}/staff/login")
        fill_sign_in(page, login)
        expect(page.get_by_role("heading", name="您好")).to_be_visible()
        return page

    def post(self, page: Page, path: str, **fields: str) -> str:
        """Send a form as the page's person; gives where it led."""
        found = re.search(r'name="csrf" value="([^"]+)"', self._text(page, "/staff"))
        assert found
        form = {"csrf": found.group(1), **fields}
        answer = page.request.post(f"{self.base}{path}", form=form, timeout=SLOW_MS)
        assert answer.ok, (path, answer.status, answer.text()[-600:])
        return answer.url.removeprefix(self.base)

    def fill(self, browser: Browser) -> None:
        furnish(self._database)
        office = Office(browser, self.base)
        page = self.enter(opened(browser).new_page(), "everybody")
        self._desk(page)
        self._console(page, office("bianji"))
        page.context.close()
        office.close()

    @contextmanager
    def training(self) -> Iterator[Callable[[float, str], None]]:
        """A training that runs; what it yields tells how far it is. It ends well."""
        with self._database.write() as connection:
            job = jobs.ask(connection, "training", "bianji", time.time())
            assert jobs.take(connection, "training", "test", time.time()) == job

        def tell(progress: float, line: str) -> None:
            with self._database.write() as connection:
                jobs.tell(connection, job, progress, line)

        yield tell
        with self._database.write() as connection:
            jobs.end(connection, job, "done", {}, time.time())

    def _desk(self, page: Page) -> None:
        for openid in (CLAIMED, WAITING):
            self.rig.writes(openid, "押金不退怎么办")
            self.rig.writes(openid, "人工")
            asked = f"SELECT id FROM tickets WHERE openid = '{openid}'"
            until(lambda asked=asked: self.rig.rows(asked))
            ((number,),) = self.rig.rows(asked)
            self.tickets.append(f"/desk/tickets/{number}")
        claimed = self.tickets[0]
        self.post(page, f"{claimed}/claim", version="1")
        self.post(page, f"{claimed}/note", text="合同在手上")
        self.post(page, f"{claimed}/say", text="您好，请稍等。", once="1")
        self.post(page, "/desk/copied", kind="answer", id=ANSWER, voice="copy")
        report = {"version": "1", "question": "押金", "sentence": "期限不对"}
        self.post(page, "/desk/wrong", kind="answer", id=ANSWER, **report)
        self.post(page, "/desk/systems/tokens", name="热线平台", scope="search", per_minute="60")
        with self._database.write() as connection:
            wish = {"do": "callback", "question": "想问押金", "need": ANSWER}
            effects.apply(connection, wish, Scene(OPENID.format(3), 0, time.time(), {}))

    def _console(self, page: Page, editor: Page) -> None:
        place = self._draft(editor, SOUND)
        self.post(editor, f"{place}/submit", revision=self._revision(editor, place))
        self.post(page, f"{place}/approve", revision=self._revision(editor, place))
        place = self._draft(editor, RED)
        self.post(editor, f"{place}/comment", text="数字是我猜的")
        self.post(editor, f"{place}/submit", revision=self._revision(editor, place))
        self.red = place
        kinds = self._text(page, "/console/records")
        for kind in re.findall(r'<option value="([a-z_]+)"', kinds.partition("</select>")[0]):
            listed = self._text(page, f"/console/records?kind={kind}")
            key = re.search(r'name="key" value="([^"]+)"', listed)
            if key:
                place = self.post(page, "/console/edit", kind=kind, key=key.group(1))
                self.drafts[kind] = place
        self.post(page, "/console/emergency/on", kind="notice", text="系统演练", reason="演练")

    def _draft(self, editor: Page, conclusion: str) -> str:
        """A draft of the one answer with another conclusion; gives its path."""
        place = self.post(editor, "/console/edit", kind="answers", key=KEY)
        editor.goto(f"{self.base}{place}")
        editor.get_by_label(re.compile("^结论")).fill(conclusion)
        expect(editor.locator("#saved")).to_contain_text("已保存")
        return place

    def _text(self, page: Page, path: str) -> str:
        return page.request.get(f"{self.base}{path}", timeout=SLOW_MS).text()

    def _revision(self, editor: Page, place: str) -> str:
        found = re.search(r'name="revision" value="(\d+)"', self._text(editor, place))
        assert found
        return found.group(1)
