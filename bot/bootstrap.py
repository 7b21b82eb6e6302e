"""Plugs the real things together: content, Rasa client, assistant, database, WeChat.

Why this file exists: processes and the command line build the same assistant the same way; nothing is
opened at import time. Tests call the builders with fakes instead.
"""

from __future__ import annotations

import asyncio
from functools import partial

from actions.rasa_actions import LibrarySource
from actions.service import Service
from bot import clock
from bot.assistant import Assistant
from bot.database import database_of
from bot.desk.opinion import Opinion
from bot.guess import WordGuess
from bot.hours import service_of
from bot.live.source import LiveContent, texts_in_force
from bot.metrics import Metrics
from bot.pages.witness import Witnessed
from bot.rasa_client import RasaClient
from bot.services import Services
from bot.settings import ROOT, Settings, plain
from bot.warm import warm
from content.find import Library
from content.load import library_from_texts, texts_under
from store.database import Database
from store.errors import StoreError
from store.schema import require_current


def build_library(settings: Settings) -> LibrarySource:
    """The content in force, loaded once: the shipped files with what staff published, if anything.

    Raises:
        ContentFaults: everything wrong in it.
    """
    shipped = texts_under(ROOT / "content")
    library = library_from_texts(_published(settings, shipped))
    return lambda: library


def _published(settings: Settings, shipped: dict[str, str]) -> dict[str, str]:
    """Nothing is created by looking: without a current database the shipped files are what there is."""
    if not settings.database_url and not (settings.state / "newcitizen.db").is_file():
        return shipped
    database = Database(settings.database)
    try:
        require_current(database)
        return texts_in_force(database, shipped)
    except StoreError:
        return shipped
    finally:
        database.close()


def build_live(services: Services, shipped: dict[str, str]) -> LiveContent:
    """Content that follows the database while the process runs.

    Raises:
        ContentFaults: there is nothing that can be served.
    """
    live = LiveContent(database_of(services), shipped, warm)
    live.start()
    services.library = lambda: live.library
    services.extras["live"] = live
    services.probes["content"] = live.probe
    services.closers.append(live.stop)
    live.watch()
    return live


def _not_yet() -> Library:
    raise RuntimeError("content is asked for before it is loaded")


def build_service(settings: Settings) -> Service:
    """What the service promises in its replies."""
    return service_of(settings, clock.now(settings).year)


def _breaker(rasa: RasaClient) -> dict[str, float]:
    return {"held_back": float(rasa.breaker.open), "failures_in_a_row": rasa.breaker.failures}


async def build_services(settings: Settings) -> Services:
    """Everything the app's doors need."""
    services = Services(settings, _not_yet)
    live = build_live(services, texts_under(ROOT / "content"))
    rasa = RasaClient(settings.rasa_url, plain(settings.internal_secret))
    opinion = Opinion(settings.rasa_url, plain(settings.internal_secret), lambda: rasa.busy)
    services.extras["desk_opinion"] = opinion
    services.closers += [rasa.close, partial(asyncio.to_thread, opinion.close)]
    service = services.extras["service"] = build_service(settings)
    assistant = Assistant(services.library, rasa, service, lambda: live.switches, WordGuess(services))

    async def rasa_probe() -> tuple[str, str]:
        return (
            ("ok", "") if assistant.understands else ("degraded", "Rasa 没有应答，按菜单、关键词和检索答复")
        )

    services.probes["rasa"] = rasa_probe
    metrics = services.extras.setdefault("metrics", Metrics())
    metrics.watch("rasa", "The understanding service", "what", lambda: _breaker(rasa))
    services.extras["assistant"] = Witnessed(assistant) if settings.try_enabled else assistant
    return services
