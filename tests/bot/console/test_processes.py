"""What is published in one app process is what every other one answers."""

from __future__ import annotations

from tests.bot.console.support import beginning
from tests.bot.console.test_editing import KEY, NEW, decide, submitted
from tests.support.other_process import other_process


def test_a_publication_is_answered_from_in_another_process(services, editor, reviewer, live) -> None:
    need, city = KEY.split("@")
    with other_process(services.settings.database, need, city) as wait:
        wait(beginning(live.library))
        assert decide(reviewer, submitted(editor), "approve").status_code == 303
        wait(NEW)
