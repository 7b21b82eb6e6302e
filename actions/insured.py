"""医保在老家、人在外地看病: told in a hundred ways, always the same first question.

Why this file exists: two places and an illness in one sentence spread a classifier over five needs. The
words decide: insured in one place, treated in another, so registration comes first.
"""

from __future__ import annotations

import re

from actions.turn import Turn

REGISTRATION = "medical.offsite_medical_registration"
_EMERGENCY = "medical.offsite_emergency"
_CARE = re.compile(r"住院|看病|就医|就诊|开刀|手术|医院|生病|看医生|瞧病|拿药|买药|治病")
_INSURED = re.compile(r"医保|新农合|农合|合疗|参保|社保|职工保险|居民保险")
_HOME = re.compile(r"老家|外地|外省|户口|家里交|家乡|那边交|从.{1,6}(?:过)?来")
_URGENT = re.compile(r"急诊|抢救|急救|突发")
_PLACES = {"city", "origin"}
_GOES = r"(?:去|到|上|往|转院|转诊|转){name}(?:市|那边|的)?"
_FIRST = 5
"""Ranks within which a need of care away from home has to appear."""


def away_from_home(turn: Turn, ranking: tuple[tuple[str, float], ...]) -> str:
    """The need such a sentence asks about first, or "" where it is none."""
    text = turn.text
    places = (
        {e.value for e in turn.understanding.entities if e.kind in _PLACES} if turn.understanding else set()
    )
    two_places = len(places) >= 2 or (bool(places) and bool(_HOME.search(text)))
    leans = any(need.startswith("medical.offsite") for need, _ in ranking[:_FIRST])
    if not (leans and two_places and _CARE.search(text)):
        return ""
    if _URGENT.search(text):
        return _EMERGENCY
    return REGISTRATION if _INSURED.search(text) or _HOME.search(text) else ""


def treated_in(text: str, place: str) -> bool:
    """Whether a place is only where one goes for treatment (去郑州看病): the rules are those of home."""
    found = re.search(_GOES.format(name=re.escape(place)), text)
    return found is not None and bool(_CARE.search(text, found.end()))
