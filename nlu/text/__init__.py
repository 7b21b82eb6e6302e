"""Plain text code shared by training and serving: no Rasa import, runs on Python 3.10 and 3.12.

Order of use: ``mask`` hides personal numbers, ``normalise`` makes spellings equal, ``entities``
finds spans, ``evidence`` tells whether the words support a topic.
"""

from nlu.text.cues import evidence
from nlu.text.found import Found
from nlu.text.mask import mask
from nlu.text.normalise import normalise
from nlu.text.spans import entities

__all__ = ["Found", "entities", "evidence", "mask", "normalise"]
