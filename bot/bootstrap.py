"""Plugs the real things together: content, Rasa client, assistant, database, WeChat.

Why this file exists: processes and the command line build the same assistant the same way; nothing is
opened at import time. Tests call the builders with fakes instead.
"""

from __future__ import annotations

from actions.rasa_actions import LibrarySource
from actions.service import Service
from bot.assistant import Assistant
from bot.pages.witness import Witnessed
from bot.rasa_client import RasaClient
from bot.services import Services
from bot.settings import ROOT, Settings, plain
from content.load import load_library


def build_library(_settings: Settings) -> LibrarySource:
    """The shipped content, loaded once.

    Raises:
        ContentFaults: everything wrong in it.
    """
    library = load_library(ROOT / "content")
    return lambda: library


def build_service(settings: Settings) -> Service:
    """What the service promises in its replies."""
    return Service(transfer=settings.wechat_customer_service)


async def build_services(settings: Settings) -> Services:
    """Everything the app's doors need."""
    library = build_library(settings)
    services = Services(settings, library)
    rasa = RasaClient(settings.rasa_url, plain(settings.internal_secret))
    services.closers.append(rasa.close)
    assistant = Assistant(library, rasa, build_service(settings))

    async def rasa_probe() -> tuple[str, str]:
        return (
            ("ok", "") if assistant.understands else ("degraded", "Rasa 没有应答，按菜单、关键词和检索答复")
        )

    services.probes["rasa"] = rasa_probe
    services.extras["assistant"] = Witnessed(assistant) if settings.try_enabled else assistant
    return services
