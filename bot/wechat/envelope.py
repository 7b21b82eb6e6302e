"""WeChat's AES envelope: open with the current or previous key, seal with the one that opened.

Why this file exists: wechatpy's version does not verify padding and raises six kinds of exceptions
(PROTOCOL 2); here everything wrong is one ``BadEnvelope``.
"""

from __future__ import annotations

import base64
import binascii
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class BadEnvelope(Exception):
    """The packet was not sealed by WeChat for us."""


class Envelope:
    """One EncodingAESKey. ``seal`` and ``open`` work on bytes of XML.

    Args:
        aes_key: 43 characters.
        appid: the account the packet must name.
    """

    def __init__(self, aes_key: str, appid: str) -> None:
        key = base64.b64decode(aes_key + "=")
        # CBC without authentication is WeChat's format; msg_signature is checked first.
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._appid = appid.encode()

    def open(self, sealed: str) -> bytes:
        """The XML inside.

        Raises:
            BadEnvelope: not base64, wrong key, padding, length or account.
        """
        try:
            raw = base64.b64decode(sealed, validate=True)
            decryptor = self._cipher.decryptor()
            plain = decryptor.update(raw) + decryptor.finalize()
        except (binascii.Error, ValueError) as error:
            raise BadEnvelope("not a packet") from error
        return self._content(_unpadded(plain))

    def _content(self, plain: bytes) -> bytes:
        if len(plain) < 20:
            raise BadEnvelope("too short")
        (size,) = struct.unpack(">I", plain[16:20])
        if 20 + size > len(plain) or plain[20 + size :] != self._appid:
            raise BadEnvelope("length or account")
        return plain[20 : 20 + size]

    def seal(self, xml: bytes, random: bytes = b"") -> str:
        """The packet as base64; ``random`` (16 bytes) is only given to reproduce official samples."""
        plain = (random or os.urandom(16)) + struct.pack(">I", len(xml)) + xml + self._appid
        fill = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(
            encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()
        ).decode()


def _unpadded(plain: bytes) -> bytes:
    fill = plain[-1] if plain else 0
    if not 1 <= fill <= _BLOCK or plain[-fill:] != bytes([fill]) * fill:
        raise BadEnvelope("padding")
    return plain[:-fill]


def open_any(envelopes: tuple[Envelope, ...], sealed: str) -> tuple[bytes, Envelope]:
    """Open with the first key that fits; the reply must use the same one (official FAQ).

    Raises:
        BadEnvelope: no key fits.
    """
    for envelope in envelopes:
        try:
            return envelope.open(sealed), envelope
        except BadEnvelope:
            continue
    raise BadEnvelope("no key fits")
