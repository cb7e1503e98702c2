"""Clauses referred to: "every notice given under clause 23" is read together with what clause 23 says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codecheck.model import Clause, Document

_NUMBER = r"(?:[A-Z]{1,2}\.?)?\d+(?:\.\d+)*(?:\([a-z]{1,3}\)(?:\s*(?:to|-|–)\s*\([a-z]{1,3}\))?)?"
_AND = r"(?:\s*,\s*|\s+(?:and|or)\s+)"
_NAMED = r"(?:\b(?:clauses?|paragraphs?|paras?\.?|sections?|sub-?sections?|rules?|articles?)\s+§?|§)\s*"
# "As at 8.1", but no price, no time of day, no version, and no provision of the Code.
_BARE = r"(?<![£\d.])(?<!code )(?<!provision )(?<!version )\b(?=\d+\.\d+(?!\s*(?:%|am\b|pm\b|million|hours|\d)))"
_REFERENCE = re.compile(rf"(?:{_NAMED}|{_BARE})(?P<numbers>{_NUMBER}(?:{_AND}§?\s*{_NUMBER})*)", re.IGNORECASE)
# What belongs to another text: "section 5 of the Equality Act", "paragraph 42 of the Scheme".
_ELSEWHERE = re.compile(r"\s*(?:of|in|to|from)\s+(?!this\b|our own\b|these\b)", re.IGNORECASE)
# "Clauses 6.6 and 6.8 apply to the second stage as they apply to the first", "what section 5 says of delays applies".
_APPLIES = re.compile(r"(?:\s+(?!not\b)[a-z]+){0,6}?\s+(?:appl(?:y|ies)|govern|hold)\b", re.IGNORECASE)
# "Logging is as at 8.1", "explained as above (8.4)", "in the same way as under clause 5".
_AS_THERE = re.compile(
    r"\b(?:as|same)\s+(?:is\s+|are\s+)?(?:[a-z]+\s+){0,2}(?:at|in|above|under|by|for)\W*$", re.IGNORECASE
)
# "We do again everything that is described in 6.2", "we then repeat the steps in clause 4".
_DONE_AGAIN = re.compile(
    r"\b(?<!not )(?<!never )"
    r"(?:(?:do|does|doing|done|go(?:es)? through|follow(?:s|ed)?|take(?:s|n)?)\s+again|repeat(?:s|ed|ing)?)\s+"
    r"(?:(?!not\b)[a-z]+\s+){0,8}?(?:in|at|under|of|by)\W*$",
    re.IGNORECASE,
)
# "It shall contain each of the matters required by clause 6.3(a) to (c)", "we give you the information listed in 5.2".
_GIVEN_THERE = re.compile(
    r"\b(?<!not )(?<!never )"
    r"(?:contain|include|incorporate|give|provide|state|cover|repeat|set out)s?\s+"
    r"(?:(?!not\b)[a-z]+\s+){0,5}?(?:matters|particulars|information|details|items|points|statements|contents?)\s+"
    r"(?:(?:which|that|as)\s+)?(?:(?:is|are|were)\s+)?"
    r"(?:(?:required|listed|specified|described|mentioned|named|prescribed|called for|set out)\s+)?"
    r"(?:by|in|at|under)\W*$",
    re.IGNORECASE,
)
# "The steps in 6.2 are repeated", "everything in clause 4 is done again".
_IS_REPEATED = re.compile(
    r"(?:\s+(?!not\b)[a-z]+){0,3}?\s+(?:is|are|will be|shall be)\s+(?:then\s+|all\s+)?"
    r"(?:repeated|(?:done|followed|taken|given|gone through)\s+again)\b",
    re.IGNORECASE,
)
# "The same applies at stage 2", "All of this holds for the review as well": of what has just been said.
_THE_SAME = re.compile(
    r"^\W*(?:exactly |much )?(?:the same|(?:all (?:of )?)?(?:this|that|these|those|the above))"
    r"(?:\s+(?!not\b)[a-z]+){0,5}?\s+"
    r"(?:appl(?:y|ies)|goes|go|holds?|(?:is|are) true|happens?"
    r"|(?:is|are|will be|shall be)\s+(?:(?:also|then)\s+)?(?:done|said|given|sent|repeated|followed))\b"
    # "We do the same within five days of your request for stage 2".
    r"|^\W*(?:we|they|(?:the|our)\s+[a-z]+)\s+(?:(?:will|shall|then|also)\s+)*do(?:es)?\s+(?:exactly\s+)?the same"
    r"(?=\s*(?:[.,;]|(?:again|at|by|for|if|on|when|within)\b))"
    # "It works the same way at stage 2".
    r"|^\W*(?:it|this|that|things|everything)\s+(?:all\s+)?(?:works?|goes|happens?|is done|is handled)\s+"
    r"(?:(?:in|exactly|just|much)\s+)*the same(?:\s+way)?\b",
    re.IGNORECASE,
)
# A longer clause is about more than what is referred to.
_MOST_WORDS = 90


def says_the_same(text: str) -> bool:
    """Tell whether a sentence says that what stands before it applies to something else as well."""
    return _THE_SAME.match(text) is not None


def plain_number(number: str) -> str:
    """Return the number of a clause without what is printed around it: "§23" and "23." are 23."""
    return number.strip(" .§()").lower()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to other clauses; ``applies`` where what they say is said to apply here as well."""

    clauses: tuple[Clause, ...]
    applies: bool


class CrossReferences:
    """The numbered clauses of a document, and those of them that a text refers to."""

    def __init__(self, document: Document) -> None:
        self._clauses: dict[str, list[Clause]] = {}
        for clause in document.clauses:
            if clause.kind != "heading" and clause.section:
                self._clauses.setdefault(plain_number(clause.section), []).append(clause)

    def found_in(self, clause: Clause, text: str) -> list[Reference]:
        """Return the references in ``text``, words of ``clause``, to other clauses; those to long ones name none."""
        return [
            Reference(tuple(self._meant(clause, match)), applies=_applies(text, match)) for match in _references(text)
        ]

    def _meant(self, clause: Clause, match: re.Match[str]) -> Iterator[Clause]:
        for number in re.findall(_NUMBER, match["numbers"], re.IGNORECASE):
            meant = self._clauses.get(plain_number(number.partition("(")[0]), [])
            meant = [one for one in meant if one.section != clause.section]
            if sum(len(one.text.split()) for one in meant) <= _MOST_WORDS:
                yield from meant


def _references(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _REFERENCE.finditer(text) if not _ELSEWHERE.match(text, match.end()))


def _applies(text: str, match: re.Match[str]) -> bool:
    """Tell whether what is referred to is said to apply, or to be done, here as well."""
    after = any(form.match(text, match.end()) for form in (_APPLIES, _IS_REPEATED))
    return after or any(form.search(text[: match.start()]) for form in (_AS_THERE, _DONE_AGAIN, _GIVEN_THERE))
