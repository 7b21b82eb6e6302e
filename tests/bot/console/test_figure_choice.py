"""The figures offered for a text are those it may name, in words."""

from __future__ import annotations

import re
from datetime import date

from bot.console.figure_choice import choices
from content.model import NATIONAL
from tests.bot.console.support import KEY

TODAY = date(2026, 11, 20)


def test_a_text_is_offered_its_citys_figures_first_and_no_other_citys(live) -> None:
    scopes = [each.scope for each in choices(live.library, "chengdu", TODAY)]
    cut = scopes.index(NATIONAL)
    assert set(scopes[:cut]) == {"chengdu"}
    assert set(scopes[cut:]) == {NATIONAL}
    assert {each.scope for each in choices(live.library, NATIONAL, TODAY)} == {NATIONAL}


def test_a_figure_is_shown_with_its_value_only_while_that_holds(live) -> None:
    known = {each.id: each.value for each in choices(live.library, "chengdu", TODAY)}
    for key, value in known.items():
        held = live.library.fact(key, TODAY)
        assert bool(value) == (held is not None), key
        assert held is None or value.endswith(held.unit), key
    assert "" in known.values()
    assert any(known.values())


def test_every_text_of_an_answer_that_fills_figures_in_has_the_list_and_no_other_record(editor, live) -> None:
    place = editor.post("/console/edit", {"kind": "answers", "key": KEY}).headers["location"]
    page = editor.get(place).text
    named = set(re.findall(r'data-figures="([^"]+)"', page))
    assert {"conclusion", "after", "spoken", "aspects.amount", "aspects.contact"} <= named
    assert live.library.facts["chengdu_rent_cap"].name in page[page.index('<dialog id="figures"') :]
    clause = editor.post("/console/edit", {"kind": "clauses", "key": "CD-00"}).headers["location"]
    assert "data-figures" not in editor.get(clause).text
