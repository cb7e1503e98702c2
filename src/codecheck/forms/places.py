"""Places in a document as evidence names them: sections, paragraphs and pages, and what only looks like them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codecheck.forms.names import Name

_NUMBER = r"(?<![\d£$])(?<!\d\.)\d{1,2}(?:\.[1-9]\d{0,2}|\.0(?!\d)){0,4}(?:\([a-z0-9]{1,4}\))*(?:(?<=\d)[a-h](?![\w]))?"
_DOTTED = r"(?<![\w.£$/])\d{1,2}(?:\.[1-9]\d{0,2}){1,4}(?:\([a-z0-9]{1,4}\))*(?:(?<=\d)[a-h](?![\w]))?"
_NOT_AFTER = (
    r"(?!\.?\d|\s?%|\s?(?:per\s?cent|percent)|\s?(?:am|pm)\b|\s*(?:working\s+|calendar\s+)?"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|stars?|out of|million|k)\b|/\d|"
    r"\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)"
)
_JOIN = r"\s*(?:,\s*and\b|,\s*or\b|,|;|&|/|\band\b|\bor\b|\bto\b|-|–|—|\bthrough\b)\s*"
_ASIDE = r"(?:\s\([^()\n]{1,40}\))?"  # "5 (stage 1) and 6 (stage 2)"
_WORD = (
    r"(?:sub-?sections?|sections?|sect?s?\.?|s{1,2}\.|§{1,2}|paragraphs?|paras?\.?|clauses?|points?|parts?|items?|"
    r"bullets?|chapters?)"
)
_SECTIONS = re.compile(
    rf"(?<![\w])(?P<word>{_WORD}|\bs(?=\d))\s*(?:no\.?\s*|number\s*|numbers\s*|[:.]\s*)?"
    rf"(?P<list>{_NUMBER}{_NOT_AFTER}(?:{_ASIDE}{_JOIN}(?:{_WORD}\s*)?{_NUMBER}{_NOT_AFTER})*)(?!\s+notices?\b)",
    re.IGNORECASE,
)
_PAGES = re.compile(
    rf"(?<![\w])(?:pages?|pgs?\.?|pp?\.)\s*(?:no\.?\s*|numbers?\s*)?(?P<list>\d{{1,3}}(?![\d.%])(?:{_JOIN}\d{{1,3}}(?![\d.%]))*)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<list>{_DOTTED}{_NOT_AFTER}(?:{_JOIN}{_DOTTED}{_NOT_AFTER})*)", re.IGNORECASE)
_ONE = re.compile(_NUMBER)
_VERSION = re.compile(
    r"(?:\bv(?:er(?:sion)?)?\.?|\bversion|\bissue|\brevision|\brev\.?|\bstage|\bcode|\btel\w*|\bphone|\bprovisions?)[\s:.]*$",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"\b(?:appendix|annex|schedule)\s+\w+[\s,:(]*$", re.IGNORECASE)
_DATED = re.compile(
    r"(?:\bdated?|\bupdated|\breviewed|\bapproved|\bpublished|\beffective|\bon|\bfrom|\bsince|\buntil|\bby)[\s:]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Sections or pages named in a text, and where."""

    start: int
    end: int
    sections: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    bare: bool = False


def find_places(text: str, names: Sequence[Name]) -> list[Place]:
    """Return all places, in order; numbers without a word in front only if they have a point in them."""
    places: list[Place] = []
    for match in _SECTIONS.finditer(text):
        numbers = re.sub(r"\s\([^()]*\)", "", match["list"])
        sections = tuple(_one(item.group()) for item in _ONE.finditer(numbers))
        if not _VERSION.search(text[: match.start()]) and not _APPENDIX.search(text[: match.start()]):
            places.append(Place(match.start(), match.end(), sections))
    for match in _PAGES.finditer(text):
        pages = tuple(int(item) for item in re.findall(r"\d+", match["list"]))
        places.append(Place(match.start(), match.end(), pages=pages))
    taken = [(place.start, place.end) for place in places] + [(name.start, name.end) for name in names]
    for match in _BARE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken) or _is_other_number(match, text):
            continue
        sections = tuple(_one(item.group()) for item in _ONE.finditer(match["list"]))
        places.append(Place(match.start(), match.end(), sections, bare=True))
    return sorted(places, key=lambda place: place.start)


def _one(number: str) -> str:
    return number.strip().rstrip(".")


def _is_other_number(match: re.Match[str], text: str) -> bool:
    """Tell whether a number with a point in it is a version, a date or an amount."""
    before = text[: match.start()]
    if _VERSION.search(before) or re.search(r"(?:£|\bscore of|\brating of|\baverage (?:of)?)\s*$", before):
        return True
    parts = match.group().split(".")
    return bool(_DATED.search(before)) and len(parts) == 3
