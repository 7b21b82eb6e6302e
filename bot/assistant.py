"""The assistant: one inbound thing in, one outcome and the changed conversation out.

Why this file exists: WeChat, the try page, the CLI and the tests call the same function. It must
not know XML or SQL, and it never raises: trouble is an outcome.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from actions import events, pipeline, wire, wording
from actions.contacts import contact_line
from actions.outcome import Outcome, OutcomeKind
from actions.rewrite import standalone
from actions.service import DEFAULT, Service
from actions.turn import Conversation, Turn, Understanding
from bot.inbound import Inbound
from bot.live.switches import NONE, Switches
from bot.rasa_client import RasaClient, RasaUnavailable
from content.find import Library
from nlu.text import mask, normalise

log = logging.getLogger(__name__)
LIMIT_CHARS = 500
"""Characters of a message that are read; the rest is not classified."""
Guesses = tuple[tuple[str, float], ...]
_MEDIA = {"image", "voice", "video", "link", "file", "sticker", "unsupported"}


@dataclass(frozen=True, slots=True)
class Response:
    """The end of a turn and what is to be remembered of it."""

    outcome: Outcome
    conversation: Conversation


class Assistant:
    """Answers from the library in force, through Rasa, or without it when it is away.

    Args:
        library: gives the content in force.
        rasa: None to do without.
        service: what replies promise.
        switches: gives what staff switched off.
        guess: needs for a text while Rasa is away (``Understanding.guesses``).
    """

    def __init__(
        self, library: Callable[[], Library], rasa: RasaClient | None, service: Service = DEFAULT,
        switches: Callable[[], Switches] = lambda: NONE, guess: Callable[[str], Guesses] = lambda _text: (),
    ) -> None:  # fmt: skip
        self._library = library
        self._switches = switches
        self._rasa = rasa
        self._service = service
        self._guess = guess

    @property
    def understands(self) -> bool:
        """Whether Rasa is being asked at the moment, for /healthz."""
        return self._rasa is not None and not self._rasa.breaker.open

    async def respond(self, inbound: Inbound, conversation: Conversation, now: datetime) -> Response:
        """Answer one inbound thing. Never raises; the given conversation is not changed."""
        talk = Conversation.from_json(conversation.to_json())
        try:
            response = await self._respond(inbound, talk, now)
            return self._switched(inbound, response)
        except Exception as error:  # a bug of ours: the citizen still gets a next step
            log.error("turn failed: %s", type(error).__name__, exc_info=_traceable(error))
            return Response(self._trouble(), conversation)

    def _switched(self, inbound: Inbound, response: Response) -> Response:
        """What staff switched off is not said, however the turn came to it."""
        clicked = inbound.kind != "text"
        outcome = self._switches().apply(response.outcome, self._library(), clicked)
        if outcome is not response.outcome and outcome.kind != response.outcome.kind:
            response.conversation.pending = {}
        return Response(outcome, response.conversation)

    def _trouble(self) -> Outcome:
        contact = contact_line(self._library().contacts_for("complaint.complaint_route", ""), 1)
        return Outcome(OutcomeKind.SERVICE_TROUBLE, wording.TROUBLE.format(contact=contact or "12345"))

    async def _respond(self, inbound: Inbound, talk: Conversation, now: datetime) -> Response:
        raw, hidden = mask(inbound.text[: LIMIT_CHARS * 4])
        text = normalise(raw)[:LIMIT_CHARS].lstrip("/ ")
        turn = Turn(text, raw, now, self._library(), talk, masked=bool(hidden), service=self._service)
        outcome = self._without_text(inbound, turn) if inbound.kind != "text" else None
        if outcome is None and not text:
            outcome = events.empty()
        if outcome is not None:
            return Response(pipeline.finish(turn, outcome), turn.conversation)
        return await self._text(turn)

    def _without_text(self, inbound: Inbound, turn: Turn) -> Outcome | None:
        if inbound.kind in _MEDIA:
            return events.media(inbound.kind)
        if inbound.kind == "click":
            return events.click(turn, inbound.key)
        if inbound.kind == "location":
            return events.location(turn, inbound.lat or 0.0, inbound.lon or 0.0, inbound.label)
        return events.welcome(turn, inbound.scene)

    async def _text(self, turn: Turn) -> Response:
        outcome = pipeline.early(turn)
        if outcome is not None:
            return Response(outcome, turn.conversation)
        asked = replace(turn, text=standalone(turn.text, turn.conversation, turn.library))
        if self._rasa is not None:
            try:
                reply = await self._rasa.turn(uuid.uuid4().hex, asked.text, wire.turn_to_metadata(asked))
                return Response(
                    wire.outcome_from_json(reply["outcome"]), Conversation.from_json(reply["conversation"])
                )
            except RasaUnavailable:
                pass  # the client says so once, not for every citizen
        found = wire.found_entities(asked.text)
        asked.understanding = Understanding(entities=found, guesses=self._guess(asked.text))
        return Response(pipeline.late(asked), asked.conversation)


def _traceable(error: Exception) -> bool:
    """Whether a traceback may be logged: none that could quote the citizen's text."""
    return isinstance(error, pipeline.MissingSource)
