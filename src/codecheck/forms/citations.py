"""What the evidence in a form cites: "Complaints policy section 2.3.1", "para 4.2", "page 6 of the procedure"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from codecheck.forms.names import Name, find_names
from codecheck.forms.places import Place, find_places

_LONGEST_QUOTE = 25  # words

CitedDocument = Literal["policy", "procedure", "self-assessment", "website", "other", "unnamed"]

_GAP = re.compile(
    r"(?:\s*\([^()]{0,30}\))?[\s,:;.()\[\]–—-]*"
    r"(?:(?:at|in|under|see|on|and|also|and also|which is|is|as|states?|which states?|refer to|"
    r"(?:we\s+(?:also\s+)?)?states?(?:\s+at|\s+in)?)\b[\s,:(]*){0,3}"
)
_DIRECT = re.compile(r"[^\S\n]*[-–—:,(]{0,2}[^\S\n]*(?:the\s+|our\s+)?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
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


def cited_sections(text: str) -> tuple[Citation, ...]:
    """Return what ``text``, an entry's evidence or commentary, cites, in order.

    One citation a section or page; of a range, both ends. A document named without a place in it gives one without
    section. A policy other than that on complaints is "other". Sections of the Code itself, dates, versions,
    percentages, telephone numbers and lengths of time are no citations; nor are sections named by their headings.
    """
    shown = text
    text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    names = find_names(text)
    found: list[tuple[int, Citation]] = []
    used: set[int] = set()
    previous: tuple[Place, Name | None] | None = None
    places = find_places(text, names)
    number_first = bool(places and names) and names[0] == _name_right_after(places[0], names, text)
    for place in places:
        name = _name_right_after(place, names, text) if number_first else None
        name = name or _name_for(place, names, text, previous)
        previous = (place, name)
        if name is not None:
            used.add(name.start)
        if name is None and place.bare and not _may_stand_alone(place, text):
            continue
        document = _document(name) if name else _unnamed(place, text)
        if document is None:
            continue
        called, quote = name.name if name else "", _quote(shown, place, name)
        found += [(place.start, Citation(document, called, section, None, quote)) for section in place.sections]
        found += [(place.start, Citation(document, called, None, page, quote)) for page in place.pages]
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


def _name_right_after(place: Place, names: Sequence[Name], text: str) -> Name | None:
    """Return the document that follows a place at once: "Section 5.3 - Complaints Policy"."""
    after = next((name for name in names if name.start >= place.end), None)
    return after if after is not None and _DIRECT.fullmatch(text[place.end : after.start]) else None


def _name_for(
    place: Place, names: Sequence[Name], text: str, previous: tuple[Place, Name | None] | None
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


def _may_stand_alone(place: Place, text: str) -> bool:
    """Tell whether a number without a word or a document beside it is a reference at all ("see 6.2 above")."""
    before = text[: place.start]
    alone = not before.strip(" (") and not text[place.end :].strip(" ).;")
    return bool(alone or _SEE.search(before) or _FORM_BEFORE.search(before) or _FORM_AFTER.match(text[place.end :]))


def _unnamed(place: Place, text: str) -> CitedDocument:
    """Return "self-assessment" for a reference to another row of the form, else "unnamed"."""
    before = text[: place.start]
    if _FORM_AFTER.match(text[place.end :]) or _FORM_BEFORE.search(before):
        return "self-assessment"
    return "unnamed"


def _quote(text: str, place: Place, name: Name | None) -> str:
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
