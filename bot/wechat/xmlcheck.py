"""Our own reading of WeChat's XML: flat, small, without any of XML's dangers.

Why this file exists: wechatpy's parser takes DTDs, 20,000 nested elements and duplicates, and raises six
kinds of exceptions (PROTOCOL 2). Raw control characters really occur in texts and are dropped.
"""

from __future__ import annotations

import codecs
import re
from xml.parsers import expat

DEPTH = 6
ELEMENTS = 400
_CONTROL = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_DECLARATION = re.compile(r"^\ufeff?\s*(?:<\?xml[^>]*\?>)?\s*")


class BadXml(Exception):
    """Not a message: broken, ambiguous or hostile XML."""


class _Reader:
    """Collects the children of ``<xml>``; deeper elements get a path like ``ScanCodeInfo/ScanResult``."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.path: list[str] = []
        self.words: list[str] = []
        self.nested: set[str] = set()
        self.count = 0

    def start(self, name: str, _: object) -> None:
        self.count += 1
        if len(self.path) >= DEPTH or self.count > ELEMENTS:
            raise BadXml("too deep or too many elements")
        if not self.path and name != "xml":
            raise BadXml("root")
        if len(self.path) == 2:
            self.nested.add(self.path[1])
        self.path.append(name)
        self.words.clear()

    def end(self, name: str) -> None:
        if len(self.path) == 2:
            if name in self.fields:
                raise BadXml("duplicate element")
            self.fields[name] = "" if name in self.nested else "".join(self.words).strip()
        elif len(self.path) > 2:
            self.fields.setdefault("/".join(self.path[1:]), "".join(self.words).strip())
        self.path.pop()
        self.words.clear()


def _refuse(*_: object) -> int:
    raise BadXml("document type or entity")


def read_xml(raw: bytes) -> dict[str, str]:
    """Element name (or path) to text of one message.

    Raises:
        BadXml: for everything that is not a well-formed, flat, unambiguous ``<xml>``.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadXml("not UTF-8")
    words = _CONTROL.sub(b"", raw).decode("utf-8", "ignore")
    words = _DECLARATION.sub("", _NONCHARACTERS.sub("", words), count=1)
    if not words.startswith("<xml"):
        raise BadXml("root")
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.words.append
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = parser.SkippedEntityHandler = _refuse
    try:
        parser.Parse(words.encode(), True)
    except expat.ExpatError as error:
        raise BadXml("not well-formed") from error
    return reader.fields
