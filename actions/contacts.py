"""How contact points are said to a citizen: name, number, and a mark where it is not verified."""

from __future__ import annotations

from collections.abc import Iterable

from content.model import ContactPoint


def contact_words(contact: ContactPoint) -> str:
    """``医疗保障服务热线 12393``; medium confidence carries 待核实; a missing number is left out."""
    words = f"{contact.name} {contact.number}".strip()
    return f"{words}（号码待核实）" if contact.number and contact.confidence == "medium" else words


def contact_line(contacts: Iterable[ContactPoint], limit: int = 2) -> str:
    """One sentence that names whom to ask, or "" where nobody is known."""
    shown = [contact_words(c) for c in contacts if c.shown][:limit]
    return f"可以问：{'；'.join(shown)}。" if shown else ""
