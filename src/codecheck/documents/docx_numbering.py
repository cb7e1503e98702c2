"""The numbers that Word computes: no library gives the number that stands before an automatically numbered paragraph.

Definitions come from numbering.xml (`Numbering`), the running counts from going through the document in order
(`Counters`). Where the standard and Word differ, this does what Word does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from codecheck.documents.docx_flatten import choose_alternatives, is_on
from codecheck.documents.docx_formats import bullet, readable, write_number
from codecheck.documents.docx_package import W, value_of
from codecheck.documents.docx_styles import ParagraphStyle, Styles, number

_PLACE = re.compile(r"%([1-9])")
_DECIMAL = frozenset({"decimal", "decimalZero"})
_DEEPEST_LEVEL = 8


@dataclass(frozen=True, slots=True)
class Level:
    """One level: `text` is Word's level text ("%1.%2"), `restart` its lvlRestart, `style` the style linked to it."""

    text: str
    number_format: str = "decimal"
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None

    @property
    def places(self) -> frozenset[int]:
        """The levels, from 0, whose numbers this level shows."""
        return frozenset(int(place) - 1 for place in _PLACE.findall(self.text))


@dataclass(frozen=True, slots=True)
class Number:
    """The number or bullet of one paragraph.

    ``is_section`` says that people cite it ("1.1", or "2." above a "2.1"), ``is_decimal`` that it is a plain count
    without brackets ("1."); ``depth`` is the nesting among the levels that are not sections, from 1; ``sequence`` is
    the same for all paragraphs that count together.
    """

    label: str
    sequence: str
    depth: int = 1
    is_bullet: bool = False
    is_section: bool = False
    is_decimal: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A list as one numId sees it: levels with its overrides, and the starts that it forces."""

    sequence: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)

    def start(self, depth: int) -> int:
        return self.starts.get(depth, self.levels[depth].start if depth in self.levels else 1)


class Numbering:
    """The list definitions of one document."""

    def __init__(self, root: ET.Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, ET.Element] = {}
        self._numbers: dict[str, ET.Element] = {}
        self._lists: dict[str, _List | None] = {}
        if root is None:
            return
        choose_alternatives(root)
        for element in root:
            if element.tag == f"{W}abstractNum":
                self._abstract[element.get(f"{W}abstractNumId", "")] = element
            elif element.tag == f"{W}num":
                self._numbers[element.get(f"{W}numId", "")] = element

    def place(self, properties: ET.Element | None, style: ParagraphStyle) -> tuple[str, int] | None:
        """Return (numId, ilvl) for a paragraph with these own properties (w:pPr) and style, or None."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        own_number = value_of(own, "numId")
        own_depth = number(value_of(own, "ilvl"))
        identity = own_number if own_number is not None else style.number
        if identity is None or self.list(identity) is None:
            return None
        depth = own_depth
        if depth is None:
            depth = self._linked_depth(identity, style)
        if depth is None:
            depth = style.depth or 0
        return identity, min(max(depth, 0), _DEEPEST_LEVEL)

    def list(self, identity: str) -> _List | None:
        """Return the list that the numId `identity` stands for; "0" and unknown ones mean no numbering."""
        if identity not in self._lists:
            self._lists[identity] = self._resolve(identity)
        return self._lists[identity]

    def _linked_depth(self, identity: str, style: ParagraphStyle) -> int | None:
        """Return the level that is linked to the paragraph's style, or to the nearest style it is based on."""
        levels = (self.list(identity) or _List("", {})).levels
        linked = {level.style: depth for depth, level in reversed(levels.items()) if level.style}
        return next((linked[name] for name in style.chain if name in linked), None)

    def _resolve(self, identity: str) -> _List | None:
        element = self._numbers.get(identity)
        if element is None or identity == "0":
            return None
        sequence = self._sequence(element)
        abstract = self._abstract.get(sequence)
        if abstract is None:
            return None
        levels = {depth: level for item in abstract.iter(f"{W}lvl") for depth, level in [_level(item)]}
        starts: dict[int, int] = {}
        for override in element.iter(f"{W}lvlOverride"):
            depth = number(override.get(f"{W}ilvl")) or 0
            definition = override.find(f"{W}lvl")
            if definition is not None:
                levels[depth] = _level(definition)[1]
            forced = number(value_of(override, "startOverride"))
            if forced is not None:
                starts[depth] = forced
        return _List(sequence, levels, starts)

    def _sequence(self, element: ET.Element) -> str:
        """Return the abstractNumId behind a w:num, following links to a numbering style."""
        sequence = value_of(element, "abstractNumId") or ""
        for _ in range(5):  # links that go round in a circle end here
            abstract = self._abstract.get(sequence)
            link = value_of(abstract, "numStyleLink")
            target = self._numbers.get(self._styles.linked_number(link) or "") if link is not None else None
            if target is None:
                break
            sequence = value_of(target, "abstractNumId") or ""
        return sequence


class Counters:
    """The running counts of one story (the body, all text boxes, the footnotes): Word counts each by itself."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._forced: set[tuple[str, int]] = set()

    def count(self, place: tuple[str, int] | None) -> Number | None:
        """Count one paragraph at `place`, a (numId, ilvl), and return what Word shows before it."""
        if place is None:
            return None
        identity, depth = place
        found = self._numbering.list(identity)
        if found is None or depth not in found.levels:
            return None
        self._advance(identity, found, depth)
        return _number(found, depth, self._counts[found.sequence])

    def _advance(self, identity: str, found: _List, depth: int) -> None:
        counts = self._counts.setdefault(found.sequence, {})
        for above in range(depth):
            # A level that was skipped counts as begun, so that "1.1" may come first and "2." follows it.
            if above in found.levels:
                counts.setdefault(above, found.start(above))
        if depth in found.starts and (identity, depth) not in self._forced:
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else found.start(depth)
        self._forced.add((identity, depth))
        for below, level in found.levels.items():
            if below > depth and _restarts(level, below, depth):
                counts.pop(below, None)


def _restarts(level: Level, depth: int, used: int) -> bool:
    """Return whether `level`, at `depth`, starts again after a paragraph at the level `used` above it."""
    if level.restart is None or level.restart > depth:
        return True
    return used < level.restart


def _number(found: _List, depth: int, counts: dict[int, int]) -> Number | None:
    level = found.levels[depth]
    if level.number_format == "bullet" and level.text:
        return Number(level.text, found.sequence, _nesting(found.levels, depth), is_bullet=True)

    def written(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        if at > depth or at not in found.levels:
            return ""
        own = found.levels[at].number_format
        number_format = "decimal" if level.legal and own not in _DECIMAL else own
        return write_number(counts.get(at, found.start(at)), number_format)

    label = _PLACE.sub(written, level.text).strip()
    if not label:
        return None
    return Number(
        label=label,
        sequence=found.sequence,
        depth=_nesting(found.levels, depth),
        is_section=_is_section(found.levels, depth),
        is_decimal=(level.legal or level.number_format in _DECIMAL) and ")" not in level.text,
    )


def _is_section(levels: dict[int, Level], depth: int) -> bool:
    """Return whether a level numbers sections: "1.1", "1.%1", "Section %1", or the "1." on which a "1.1" builds."""
    level = levels[depth]
    decimal = level.legal or level.number_format in _DECIMAL
    if not decimal or depth not in level.places:
        return False
    if len(level.places) > 1 or re.search(r"[^\W_]", _PLACE.sub("", level.text)):
        return True
    return ")" not in level.text and any(
        {depth, below} <= other.places and other.number_format in _DECIMAL
        for below, other in levels.items()
        if below > depth
    )


def _nesting(levels: dict[int, Level], depth: int) -> int:
    """Return how deep a list item is nested, from 1, not counting the section levels above it."""
    outer = sum(1 for above in range(depth) if above in levels and not _is_section(levels, above))
    return outer + 1


def _level(element: ET.Element) -> tuple[int, Level]:
    number_format = value_of(element, "numFmt") or "decimal"
    text = value_of(element, "lvlText") or ""
    fonts = element.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    start = number(value_of(element, "start"))
    return number(element.get(f"{W}ilvl")) or 0, Level(
        text=bullet(text, font) if number_format == "bullet" else readable(text, font),
        number_format=number_format,
        start=0 if start is None else start,
        restart=number(value_of(element, "lvlRestart")),
        legal=is_on(element.find(f"{W}isLgl")),
        style=value_of(element, "pStyle"),
    )
