"""Whose contact details stand at a place: the body's own, another body's, or the landlord's.

A detail belongs to whoever is named last before it: in the same clause, else after it in the same sentence, else in the
cells that govern it, else above it under the same heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from codecheck.model import Clause, Document
from codecheck.rules.contacts import ContactDetails

Who = Literal["body", "other", "own"]

# All of one character, so that offsets stay true. (Of all letters only "İ" becomes two in lower case.)
_PLAIN = {"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "İ": "I"} | dict.fromkeys("‐‑‒–—−", "-")
# A name within an address ("info@housing-ombudsman.org.uk") names nobody.
_BEFORE, _BEHIND = r"(?<![\w@./-])", r"(?![\w@]|-\w|\.\w)"
_STOP = re.compile(r"[.;?!](?:\s|$)|\n")
_REACH = 12  # clauses above a detail in which its owner may be named
_AFTER = 60  # characters after it


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is named."""

    start: int
    end: int
    who: Who


def plain(text: str) -> str:
    """Return ``text`` with plain spaces, hyphens and apostrophes, all offsets unchanged."""
    for character, simple in _PLAIN.items():
        text = text.replace(character, simple)
    return text


class Mentions:
    """Who is named where in a document."""

    def __init__(self, document: Document, details: ContactDetails) -> None:
        self._document = document
        self._details = details
        self._text = plain(document.text)
        self._clause_starts = [clause.start for clause in document.clauses]
        self._headings = [clause.index for clause in document.clauses if clause.kind == "heading"]

    @cached_property
    def found(self) -> list[Mention]:
        """All mentions, in order; a document without a doubtful detail needs none."""
        return _mentions(self._text, self._details)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.found]

    def clause_at(self, offset: int) -> Clause:
        """Return the clause that holds the character ``offset``."""
        return self._document.clauses[max(0, bisect_right(self._clause_starts, offset) - 1)]

    def owner(self, start: int, end: int, *, own: bool = True) -> Mention | None:
        """Return the mention to which the detail at ``start`` to ``end`` belongs; without ``own``, not the landlord."""
        clause = self.clause_at(start)
        return (
            self._last(clause.start, start, own=own)
            or self._next(end, clause, own=own)
            or (self._beside(clause, own=own) if clause.cell is not None else None)
            or self._above(clause, own=own)
        )

    def landlord_between(self, start: int, end: int) -> bool:
        """Tell whether the landlord speaks of itself between two places."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(mention.who == "own" for mention in self.found[first:last])

    def next_after(self, end: int, clause: Clause) -> Mention | None:
        """Return who is named next in the same sentence, close by."""
        return self._next(end, clause, own=True)

    def _last(self, start: int, end: int, *, own: bool) -> Mention | None:
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._starts[at] >= start:
            if own or self.found[at].who != "own":
                return self.found[at]
            at -= 1
        return None

    def _next(self, end: int, clause: Clause, *, own: bool) -> Mention | None:
        limit = min(clause.end, end + _AFTER)
        stop = _STOP.search(self._text, end, limit)
        limit = stop.start() if stop else limit
        at = bisect_left(self._starts, end)
        while at < len(self._starts) and self._starts[at] < limit:
            if own or self.found[at].who != "own":
                return self.found[at]
            at += 1
        return None

    def _beside(self, clause: Clause, *, own: bool) -> Mention | None:
        """Return who is named in the cells before a cell in its row, or above it in its column, nearest first."""
        cell = clause.cell
        assert cell is not None
        table = [c for c in self._table(clause) if c.cell is not None]
        row = [c for c in table if c.cell and c.cell.row == cell.row and c.index < clause.index]
        column = [c for c in table if c.cell and c.cell.column == cell.column and c.cell.row < cell.row]
        for other in (*reversed(row), *reversed(column)):
            found = self._last(other.start, other.end, own=own)
            if found:
                return found
        return None

    def _table(self, clause: Clause) -> Iterable[Clause]:
        """Return the clauses before ``clause`` in its table."""
        table = clause.cell.table if clause.cell else None
        at = clause.index - 1
        while at >= 0:
            other = self._document.clauses[at]
            if other.cell is None or other.cell.table != table:
                return
            yield other
            at -= 1

    def _above(self, clause: Clause, *, own: bool) -> Mention | None:
        """Return who is named last above ``clause`` under the same heading, or in that heading and those above it."""
        clauses = self._document.clauses
        at, left = clause.index - 1, _REACH
        while at >= 0 and left and clauses[at].kind != "heading":
            other = clauses[at]
            if other.cell is None:  # what a table's cells name is theirs
                found = self._last(other.start, other.end, own=own)
                if found:
                    return found
                left -= 1
            at -= 1
        above = bisect_right(self._headings, at) - 1
        for heading in reversed(clause.headings):
            while above >= 0 and clauses[self._headings[above]].text != heading:
                above -= 1
            if above < 0:
                return None
            named = clauses[self._headings[above]]
            found = self._last(named.start, named.end, own=own)
            if found:
                return found
        return None


def _mentions(text: str, details: ContactDetails) -> list[Mention]:
    spans: list[Mention] = []
    groups: tuple[tuple[Who, Sequence[str]], ...] = (
        ("body", details.names), ("other", details.others), ("own", details.own), ("body", ("ombudsman",)),
    )  # fmt: skip
    small = text.lower()
    for who, names in groups:
        # A name in capitals is looked for as it stands, others in any case.
        capitals = tuple(name for name in names if name.isupper())
        others = tuple(name.lower() for name in names if not name.isupper())
        for some, within in ((capitals, text), (others, small)):
            there = names_in(within, some)
            spans += [Mention(*match.span(), who) for match in _pattern(there).finditer(within)] if there else []
    # The longest name at a place is meant: "Local Government Ombudsman" names nobody else within it.
    chosen: list[Mention] = []
    for mention in sorted(spans, key=lambda m: (m.start, m.start - m.end)):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return _resolved(chosen, text)


def _resolved(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Return ``mentions`` with "the Ombudsman" meaning the one named last."""
    last: Who = "body"
    found = []
    for mention in mentions:
        name = text[mention.start : mention.end].lower()
        if name == "ombudsman":
            mention = Mention(mention.start, mention.end, last)
        elif "ombudsman" in name or mention.who == "body":
            last = mention.who
        found.append(mention)
    return found


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``names`` that ``text`` can hold, as it has their first word: a quick look for most of them."""
    return tuple(name for name in names if plain(name).split()[0] in text)


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of ``names`` as they stand, the longest first."""
    either = "|".join(spaced(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"{_BEFORE}(?:{either}){_BEHIND}")


def spaced(name: str) -> str:
    """Return a pattern for a name, however its words are spaced."""
    return r"\s+".join(re.escape(word) for word in plain(name).split())
