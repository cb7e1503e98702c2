"""Word's styles: what a paragraph or run has from its style and from the styles that one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from codecheck.documents.docx_flatten import is_on
from codecheck.documents.docx_package import W

_HEADING_NAME = re.compile(r"heading ([1-9])$")
# Word, LibreOffice; the entries of a table of contents, of figures, and the headings above them.
_CONTENTS_NAME = re.compile(r"(toc( heading| ?[1-9])|contents( heading| [1-9])|table of figures)$")
_LIST_NAME = re.compile(r"(list|numbering|bullet)s?\b")
_TRAILING_DIGIT = re.compile(r" ([2-5])$")


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style says once its chain is followed. `own` and `chain` are style ids, the style's own first.

    ``heading`` is a level from 1, or None. ``number`` and ``depth`` are numId and ilvl as far as the chain names them;
    ``nesting`` is the 2 of "List Bullet 2", else 1.
    """

    chain: tuple[str, ...] = ()
    name: str = ""
    heading: int | None = None
    is_title: bool = False
    is_contents: bool = False
    is_list: bool = False
    nesting: int = 1
    number: str | None = None
    depth: int | None = None
    bold: bool = False
    hidden: bool = False


class Styles:
    """All styles of one document. An unknown style id gives the default style, as in Word."""

    def __init__(self, root: ET.Element | None) -> None:
        self._elements: dict[str, ET.Element] = {}
        self._default: str | None = None
        self._paragraph: dict[str | None, ParagraphStyle] = {}
        self._runs: dict[str, tuple[bool, bool]] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            identity = style.get(f"{W}styleId", "")
            self._elements[identity] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = identity

    def paragraph(self, identity: str | None) -> ParagraphStyle:
        """Return what the paragraph style `identity` says, or the default style if that is None or unknown."""
        if identity is None or identity not in self._elements:
            identity = self._default
        if identity not in self._paragraph:
            self._paragraph[identity] = self._resolve(identity)
        return self._paragraph[identity]

    def run(self, identity: str | None) -> tuple[bool, bool]:
        """Return whether the character style `identity` makes its text (bold, hidden)."""
        if identity is None or identity not in self._elements:
            return False, False
        if identity not in self._runs:
            chain = [style for _, style in self._chain(identity)]
            self._runs[identity] = _switch(chain, "b"), _switch(chain, "vanish")
        return self._runs[identity]

    def linked_number(self, identity: str) -> str | None:
        """Return the numId that the numbering style `identity` names, if it exists."""
        style = self._elements.get(identity)
        return None if style is None else _value(style.find(f"{W}pPr/{W}numPr/{W}numId"))

    def first_row_is_bold(self, identity: str | None) -> bool:
        """Return whether the table style `identity` sets the first row of a table in bold."""
        for _, style in self._chain(identity):
            for part in style.iter(f"{W}tblStylePr"):
                if part.get(f"{W}type") == "firstRow":
                    return is_on(part.find(f"{W}rPr/{W}b"))
        return False

    def _chain(self, identity: str | None) -> Iterator[tuple[str, ET.Element]]:
        seen: set[str] = set()
        while identity is not None and identity in self._elements and identity not in seen:
            seen.add(identity)
            style = self._elements[identity]
            yield identity, style
            identity = _value(style.find(f"{W}basedOn"))

    def _resolve(self, identity: str | None) -> ParagraphStyle:
        chain = list(self._chain(identity))
        if not chain:
            return ParagraphStyle()
        styles = [style for _, style in chain]
        names = [(_value(style.find(f"{W}name")) or "").lower() for style in styles]
        nesting = _TRAILING_DIGIT.search(names[0])
        is_list = any(_LIST_NAME.match(name) for name in names)
        return ParagraphStyle(
            chain=tuple(identity for identity, _ in chain),
            name=names[0],
            heading=_heading(styles, names),
            is_title="title" in names,
            is_contents=any(_CONTENTS_NAME.match(name) for name in names),
            is_list=is_list,
            nesting=int(nesting[1]) if is_list and nesting else 1,
            number=_first(styles, "pPr/numPr/numId"),
            depth=number(_first(styles, "pPr/numPr/ilvl")),
            bold=_switch(styles, "b"),
            hidden=_switch(styles, "vanish"),
        )


def number(text: str | None) -> int | None:
    """Return `text` as a whole number, or None if it is missing, not one, or larger than Word allows."""
    try:
        return None if text is None or len(text) > 9 else int(text)
    except ValueError:
        return None


def _heading(styles: list[ET.Element], names: list[str]) -> int | None:
    """Return the heading level of a chain of styles, from its outline level or from a built-in name."""
    for style, name in zip(styles, names, strict=True):
        level = number(_value(style.find(f"{W}pPr/{W}outlineLvl")))
        if level is not None:
            return level + 1 if 0 <= level <= 8 else None
        if named := _HEADING_NAME.match(name):
            return int(named[1])
    return None


def _first(styles: list[ET.Element], path: str) -> str | None:
    path = "/".join(f"{W}{step}" for step in path.split("/"))
    return next((value for style in styles if (value := _value(style.find(path))) is not None), None)


def _switch(styles: list[ET.Element], tag: str) -> bool:
    switch = next((found for style in styles if (found := style.find(f"{W}rPr/{W}{tag}")) is not None), None)
    return is_on(switch)


def _value(element: ET.Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")
