"""Loads word lists and the dictionary before the first citizen asks."""

from __future__ import annotations

from nlu.model import meaning
from nlu.model.tokens import tokens
from nlu.text import entities, evidence, mask, normalise


def warm() -> None:
    """Run every step once; afterwards no message pays for reading files."""
    text, _ = mask("刚到成都，异地就医备案怎么办")
    normalised = normalise(text)
    entities(normalised)
    evidence(normalised, "medical")
    tokens(normalised)
    if meaning.available():
        meaning.encode([normalised])
