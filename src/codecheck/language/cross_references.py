"""Clauses referred to: "every notice given under clause 23" is read together with what clause 23 says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from codecheck.model import Clause, Document

_NUMBER = r"(?:[A-Z]{1,2}\.?)?\d+(?:\.\d+)*(?:\([a-z]{1,3}\))?"
_AND = r"(?:\s*,\s*|\s+(?:and|or)\s+)"
_REFERENCE = re.compile(
    rf"(?:\b(?:clauses?|paragraphs?|paras?\.?|sections?|sub-?sections?|rules?|articles?|points?|steps?|regulations?)\s+|§\s*"
    r"|\b(?:in|under|at|see|by|with|from)\s+(?=\d+\.\d))"
    rf"(?P<numbers>§?\s*{_NUMBER}(?:{_AND}§?\s*{_NUMBER})*)",
    re.IGNORECASE,
)
# What belongs to another text: "section 5 of the Equality Act", "paragraph 42 of the Scheme".
_ELSEWHERE = re.compile(r"\s*(?:of|in|to|from)\s+(?!this\b|our own\b|these\b)", re.IGNORECASE)
_ANYTHING = re.compile("")
_MOST_WORDS = 90


# "Clauses 6.6 and 6.8 apply to the second stage as they apply to the first", "what section 5 says of delays applies".
_APPLIES = re.compile(r"(?:\s+(?!not\b)[a-z]+){0,6}?\s+(?:appl(?:y|ies)|govern|hold)\b", re.IGNORECASE)
# "The same applies at stage 2", "All of this holds for the review as well": of what has just been said.
_THE_SAME = re.compile(
    r"^\W*(?:exactly |much )?(?:the same|(?:all (?:of )?)?(?:this|that|these|those|the above))"
    r"(?:\s+(?!not\b)[a-z]+){0,5}?\s+(?:appl(?:y|ies)|goes|go|holds?|is true|are true|happens?|is done)\b",
    re.IGNORECASE,
)


def says_the_same(text: str) -> bool:
    """Tell whether a sentence says that what stands before it applies to something else as well."""
    return _THE_SAME.match(text) is not None


class CrossReferences:
    """The numbered clauses of a document, and those of them that a text refers to."""

    def __init__(self, document: Document) -> None:
        self._clauses: dict[str, list[Clause]] = {}
        for clause in document.clauses:
            if clause.kind != "heading" and clause.section:
                self._clauses.setdefault(_plain(clause.section), []).append(clause)

    def of(self, clause: Clause, text: str) -> tuple[Clause, ...]:
        """Return the other clauses that ``text``, words of ``clause``, refers to; none where they are long."""
        return self._meant(clause, _numbers(text))

    def applied(self, clause: Clause, text: str) -> tuple[Clause, ...]:
        """Return the other clauses of which ``text``, words of ``clause``, says that they apply here as well."""
        return self._meant(clause, _numbers(text, followed_by=_APPLIES))

    def _meant(self, clause: Clause, numbers: Iterable[str]) -> tuple[Clause, ...]:
        found: list[Clause] = []
        for number in numbers:
            meant = [one for one in self._clauses.get(number, ()) if one.section != clause.section]
            if sum(len(one.text.split()) for one in meant) <= _MOST_WORDS:
                found += [one for one in meant if one not in found]
        return tuple(found)


def _numbers(text: str, followed_by: re.Pattern[str] = _ANYTHING) -> Iterator[str]:
    for match in _REFERENCE.finditer(text):
        if followed_by.match(text, match.end()) and not _ELSEWHERE.match(text, match.end()):
            yield from (_plain(number.partition("(")[0]) for number in re.findall(_NUMBER, match["numbers"]))


def _plain(number: str) -> str:
    return number.strip(" .§()").lower()
