"""Bytes to characters, for the formats that are text: web pages, Markdown and plain text."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_LATIN = frozenset({"iso8859-1", "ascii", "latin-1"})  # browsers read all of these as Windows-1252


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the characters in `data`, line ends as "\\n", and warnings about characters that could not be read.

    A byte order mark decides; else UTF-8 where the bytes are valid UTF-8 (browsers convert a page to it on saving and
    leave the old declaration standing); else what a `<meta charset>` declares; else Windows-1252. Never raises.
    """
    text = _characters(data).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    lost = text.count("\ufffd")
    if not lost:
        return text, ()
    characters = "1 character" if lost == 1 else f"{lost} characters"
    return text, (f"{characters} could not be read; words that contain them may be missed",)


def _characters(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_declared(data), errors="replace")


def _declared(data: bytes) -> str:
    """The character set that a web page declares, or Windows-1252."""
    found = _DECLARED.search(data[:4096])
    if not found:
        return "cp1252"
    try:
        codec = codecs.lookup(found[1].decode("ascii", errors="ignore"))
    except LookupError:
        return "cp1252"
    # A page that declares UTF-16 in readable ASCII is not in UTF-16; the others are not character sets at all.
    if codec.name in _LATIN or codec.name.startswith(("utf-16", "utf-32")) or not codec._is_text_encoding:
        return "cp1252"
    return codec.name
