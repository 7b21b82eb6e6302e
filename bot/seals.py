"""Seals secrets that must be read again (a webhook's key) with a key derived from the internal secret.

Why this file exists: a copied database alone must not be able to sign for us. App and worker share it.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from bot.settings import Settings, plain


def _fernet(settings: Settings) -> Fernet:
    key = hashlib.sha256(b"webhook:" + plain(settings.internal_secret).encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(settings: Settings, secret: str) -> str:
    """What the database keeps."""
    return _fernet(settings).encrypt(secret.encode()).decode()


def unseal(settings: Settings, sealed: str) -> str:
    """The secret; "" when the internal secret has changed since."""
    try:
        return _fernet(settings).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""
