"""Times the console on 2,000 answers × 20 versions, and a publication until another process answers from it.

Run as ``.venv/bin/python -m tests.bot.console.bench_console``; prints milliseconds, changes nothing outside
a temporary folder.
"""

from __future__ import annotations

import copy
import tempfile
import time
from dataclasses import replace
from statistics import median
from types import MappingProxyType

from bot.console import door
from bot.live.source import LiveContent
from bot.services import Services
from bot.settings import ROOT, load_settings
from bot.staff import door as staff_door
from bot.supervise.secrets import complete
from content.dump import record_text
from content.load import texts_under
from store import content_records
from store.database import Database
from tests.bot.console.test_editing import KEY, NEW, decide, submitted
from tests.support.other_process import other_process
from tests.support.staff import Browser, add_account, routes_app, with_database

ANSWERS, VERSIONS, RUNS = 2000, 20, 5
PATHS = (
    "/console", "/console/answers", "/console/answers?q=公积金&page=2", "/console/records?kind=clauses",
    f"/console/records/answers/{KEY}", "/console/records/answers/wages.unpaid_wages",
    "/console/reviews", "/console/drafts/1", "/console/drafts/1/review",
    "/console/questions", "/console/coverage", "/console/due?days=365", "/console/charts",
    "/console/examples", "/console/stored", "/console/training", "/console/transfer", "/console/emergency",
    "/console/help", "/staff/log",
)  # fmt: skip


def started(folder: str) -> tuple[Services, LiveContent, Database]:
    """A console on the shipped content in an empty database."""
    environ = {"NEWCITIZEN_STATE": folder, "NEWCITIZEN_CLOCK": "2026-11-20T10:30:00+08:00"}
    services = Services(complete(load_settings(environ, None)), lambda: live.library)
    database = with_database(services)
    for login in ("admin", "editor", "reviewer"):
        add_account(database, login, [login])
    live = LiveContent(database, texts_under(ROOT / "content"))
    live.start()
    services.extras["live"] = live
    return services, live, database


def grow(live: LiveContent, database: Database) -> None:
    """Answers up to ANSWERS, each with VERSIONS versions."""
    library = copy.copy(live.library)
    many, origins, shipped = dict(library.answers), dict(library.origins), list(library.answers.values())
    for number in range(ANSWERS - len(many)):
        answer = shipped[number % len(shipped)]
        many[f"{answer.need}@x{number}"] = replace(answer)
        origins[f"answers:{answer.need}@x{number}"] = origins[f"answers:{answer.id}"]
    library.answers, library.origins = MappingProxyType(many), origins
    live.library = library
    text = record_text({"conclusion": "第几版", "aspects": {"time": "很长的内容" * 20}})
    with database.write() as connection:
        rows = [
            {"path": "x", "key": key, "kind": "answers", "yaml": "x", "version": VERSIONS, "edited": True}
            for key in many
            if key != KEY
        ]
        connection.execute(content_records.R.insert(), rows)
        ids = [row.id for row in connection.execute(content_records.R.select()) if row.path == "x"]
        versions = [
            {"record_id": each, "version": number + 1, "yaml": f"{text}# {number}\n", "author": "a"}
            for each in ids
            for number in range(VERSIONS)
        ]
        connection.execute(content_records.V.insert(), versions)


def time_pages(admin: Browser) -> None:
    """Median of RUNS per page, in milliseconds."""
    for path in PATHS:
        taken = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            response = admin.get(path)
            taken.append(time.perf_counter() - begun)
            assert response.status_code == 200, (path, response.status_code)
        print(f"{path:64} {median(taken) * 1000:6.0f} ms {len(response.content) // 1024:5} kB")


def time_publication(services: Services, editor: Browser, reviewer: Browser) -> None:
    """From the click to the reply of another process, in milliseconds."""
    need, city = KEY.split("@")
    with other_process(services.settings.database, need, city) as wait:
        wait("")
        place = submitted(editor)
        begun = time.time()
        assert decide(reviewer, place, "approve").status_code == 303
        done = time.time()
        print(f"approved in {(done - begun) * 1000:.0f} ms, another process answers from it "
              f"{(wait(NEW) - done) * 1000:.0f} ms later")  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        services, live, database = started(folder)
        people = {}
        for login in ("admin", "editor", "reviewer"):
            people[login] = Browser(routes_app(services, staff_door, door))
            people[login].sign_in(login)
        time_publication(services, people["editor"], people["reviewer"])
        grow(live, database)
        people["editor"].post("/console/edit", {"kind": "answers", "key": KEY})
        time_pages(people["admin"])


if __name__ == "__main__":
    main()
