"""What the evidence in a form cites: "Complaints policy section 2.3.1", "para 4.2", "page 6 of the procedure"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from codecheck.forms.names import Name, find_names

_LONGEST_QUOTE = 25  # words

CitedDocument = Literal["policy", "procedure", "self-assessment", "website", "other", "unnamed"]

_NUMBER = r"(?<![\d£$])(?<!\d\.)\d{1,2}(?:\.[1-9]\d{0,2}|\.0(?!\d)){0,4}(?:\([a-z0-9]{1,4}\))*(?:(?<=\d)[a-h](?![\w]))?"
_DOTTED = r"(?<![\w.£$/])\d{1,2}(?:\.[1-9]\d{0,2}){1,4}(?:\([a-z0-9]{1,4}\))*(?:(?<=\d)[a-h](?![\w]))?"
_NOT_AFTER = (
    r"(?!\.?\d|\s?%|\s?(?:per\s?cent|percent)|\s?(?:am|pm)\b|\s*(?:working\s+|calendar\s+)?"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|stars?|out of|million|k)\b|/\d|"
    r"\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)"
)
_JOIN = r"\s*(?:,\s*and\b|,\s*or\b|,|;|&|/|\band\b|\bor\b|\bto\b|-|–|—|\bthrough\b)\s*"
_WORD = (
    r"(?:sub-?sections?|sections?|sect?s?\.?|s{1,2}\.|§{1,2}|paragraphs?|paras?\.?|clauses?|points?|parts?|items?|"
    r"bullets?|chapters?)"
)
_SECTIONS = re.compile(
    rf"(?<![\w])(?P<word>{_WORD}|\bs(?=\d))\s*(?:no\.?\s*|number\s*|numbers\s*|[:.]\s*)?"
    rf"(?P<list>{_NUMBER}{_NOT_AFTER}(?:{_JOIN}(?:{_WORD}\s*)?{_NUMBER}{_NOT_AFTER})*)",
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
_DATED = re.compile(
    r"(?:\bdated?|\bupdated|\breviewed|\bapproved|\bpublished|\beffective|\bon|\bfrom|\bsince|\buntil|\bby)[\s:]*$",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"[\s,:;.()\[\]–—-]*(?:(?:at|in|under|see|on|and|also|and also|which is|is|as|states?|which states?|refer to|"
    r"(?:we\s+(?:also\s+)?)?states?(?:\s+at|\s+in)?)\b[\s,:(]*){0,3}"
)
_SENTENCE = re.compile(r"(?<=[a-z)\d])[.!?]\s+(?=[A-Z])|\n+")
_FORM_BEFORE = re.compile(
    r"(?:\bas per|\bsame as|\bas (?:at|in|for|set out in)|\bas|"
    r"\b(?:answer|response|commentary|comments?|evidence)\s+(?:to|at|for|under|in))\s*(?:points?\s*|sections?\s*)?$",
    re.IGNORECASE,
)
_FORM_AFTER = re.compile(
    r"^\s*\)?\s*,?\s*(?:above|below|of this (?:form|self[- ]assessment|document)|in this (?:form|self[- ]assessment))",
    re.IGNORECASE,
)
_SEE = re.compile(r"\b(?:see|refer to|per|point|ref\.?|reference|at|in|under)\s*(?:also\s*)?$|[(:]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that evidence points to. ``name`` is the document's name as printed, "" where none is.

    ``section`` and ``page`` are None where only the document is named. ``quote`` is the text's own words.
    """

    document: CitedDocument
    name: str
    section: str | None
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Sections or pages named in a text, and where."""

    start: int
    end: int
    sections: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    bare: bool = False


def cited_sections(text: str) -> tuple[Citation, ...]:
    """Return what ``text``, an entry's evidence or commentary, cites, in order.

    One citation a section or page; of a range, both ends. A document named without a place in it gives one without
    section. A policy other than that on complaints is "other". Sections of the Code itself, dates, versions,
    percentages, telephone numbers and lengths of time are not citations.
    """
    names = find_names(text)
    found: list[tuple[int, Citation]] = []
    used: set[int] = set()
    previous: tuple[_Place, Name | None] | None = None
    for place in _places(text, names):
        name = _name_for(place, names, text, previous)
        previous = (place, name)
        if name is not None:
            used.add(name.start)
        if name is None and place.bare and not _may_stand_alone(place, text):
            continue
        document = _document(name) if name else _unnamed(place, text)
        if document is None:
            continue
        shown = name.name if name else ""
        quote = _quote(text, place, name)
        found += [(place.start, Citation(document, shown, section, None, quote)) for section in place.sections]
        found += [(place.start, Citation(document, shown, None, page, quote)) for page in place.pages]
    for name in names:
        document = _document(name)
        if document is not None and name.start not in used and name.document != "act" and not name.refers_back:
            found.append((name.start, Citation(document, name.name, None, None, text[name.start : name.end])))
    return tuple(_each_once([citation for _, citation in sorted(found, key=lambda item: item[0])]))


def _document(name: Name) -> CitedDocument | None:
    """Return what kind of document a name is of; None for the Code, which is what the form is held against."""
    if name.document == "code":
        return None
    return "other" if name.document == "act" else name.document


def _places(text: str, names: Sequence[Name]) -> list[_Place]:
    """Return all places, in order; numbers without a word in front only if they have a point in them."""
    places: list[_Place] = []
    for match in _SECTIONS.finditer(text):
        sections = tuple(_one(item.group()) for item in _ONE.finditer(match["list"]))
        if not _VERSION.search(text[: match.start()]):
            places.append(_Place(match.start(), match.end(), sections))
    for match in _PAGES.finditer(text):
        pages = tuple(int(item) for item in re.findall(r"\d+", match["list"]))
        places.append(_Place(match.start(), match.end(), pages=pages))
    taken = [(place.start, place.end) for place in places] + [(name.start, name.end) for name in names]
    for match in _BARE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken) or _is_other_number(match, text):
            continue
        sections = tuple(_one(item.group()) for item in _ONE.finditer(match["list"]))
        places.append(_Place(match.start(), match.end(), sections, bare=True))
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


def _name_for(
    place: _Place, names: Sequence[Name], text: str, previous: tuple[_Place, Name | None] | None
) -> Name | None:
    """Return the document that a place is in: what follows "of", what stands right before, or in the sentence."""
    after = next((name for name in names if name.start >= place.end), None)
    if after is not None and _is_of(text[place.end : after.start]):
        return _resolved(after, names)
    before = next((name for name in reversed(names) if name.end <= place.start), None)
    if previous is not None and previous[0].end <= place.start:
        between = text[previous[0].end : place.start]
        if (before is None or before.end <= previous[0].end) and re.fullmatch(
            r"[\s,;:()&–-]*(?:(?:and|or|also|at|on|in|see)\b[\s,]*){0,3}", between
        ):
            return previous[1]
    if before is not None and _same_sentence(text, before.end, place.start):
        near = _GAP.fullmatch(text[before.end : place.start]) is not None
        if near or not place.bare:
            return _resolved(before, names)
    if (
        after is not None
        and not place.bare
        and after.document not in ("code", "website")
        and _same_sentence(text, place.end, after.start)
    ):
        return _resolved(after, names) if len(text[place.end : after.start].split()) <= 4 else None
    return None


def _is_of(between: str) -> bool:
    return (
        re.match(r"\s*\)?\s*,?\s*(?:of|in|within|from|under|on)\b", between, re.IGNORECASE) is not None
        and len(between.split()) <= 4
    )


def _resolved(name: Name, names: Sequence[Name]) -> Name:
    """Return the document meant by "that policy": the last one of its kind named before, if there is one."""
    if not name.refers_back:
        return name
    return next((other for other in reversed(names) if other.end <= name.start and not other.refers_back), name)


def _same_sentence(text: str, start: int, end: int) -> bool:
    return _SENTENCE.search(text[start:end]) is None


def _may_stand_alone(place: _Place, text: str) -> bool:
    """Tell whether a number without a word or a document beside it is a reference at all ("see 6.2 above")."""
    before = text[: place.start]
    alone = not before.strip(" (") and not text[place.end :].strip(" ).;")
    return bool(alone or _SEE.search(before) or _FORM_BEFORE.search(before) or _FORM_AFTER.match(text[place.end :]))


def _unnamed(place: _Place, text: str) -> CitedDocument:
    """Return "self-assessment" for a reference to another row of the form, else "unnamed"."""
    before = text[: place.start]
    if _FORM_AFTER.match(text[place.end :]) or _FORM_BEFORE.search(before):
        return "self-assessment"
    return "unnamed"


def _quote(text: str, place: _Place, name: Name | None) -> str:
    """Return the words from the document's name to the place if they stand near each other, else the place's own."""
    if name is None:
        return text[place.start : place.end].strip()
    start, end = min(name.start, place.start), max(name.end, place.end)
    if len(text[start:end].split()) > _LONGEST_QUOTE:
        start, end = place.start, place.end
    if text[end : end + 1] == ")" and text[start:end].count("(") > text[start:end].count(")"):
        end += 1
    return text[start:end].strip()


def _each_once(citations: Sequence[Citation]) -> Iterator[Citation]:
    seen: set[tuple[str, str, str | None, int | None]] = set()
    for citation in citations:
        key = (citation.document, citation.name.casefold(), citation.section, citation.page)
        if key not in seen:
            seen.add(key)
            yield citation
