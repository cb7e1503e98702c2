"""The glossary of a document: the definitions that it states, in a table, a list, a sentence or a bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codecheck.language.tokens import PUNCTUATION, Token, sentences, words
from codecheck.model import Clause, Document

_MOST_WORDS_OF_TERM = 6
_MOST_WORDS_OF_MEANING = 70
ARTICLES = frozenset({"a", "an", "the", "our", "its", "any", "each"})

# The opening quotation mark may have stayed with the sentence before.
_QUOTED = r"""["“‘']?(?P<term>[^"”’]{3,60})["”’']"""
_IN_MARKS = re.compile(r"""\W*["“‘'][^"“”‘’]{3,60}["”’']\W*$""")
_BARE = r"(?P<term>[A-Za-z][\w’' /-]{2,60}?)"
_VERB = (
    r"(?:\s+(?:means?|shall mean|has the meaning|refers? to|denotes?|is defined as|is short for)\b|\s*[:–—=]|\s+-\s)"
)
_BEFORE_TERM = r"(?:the|a|an|(?:the )?(?:terms?|expressions?|words?|phrases?)|references to|in this \w+,?)\s+"
_MEANS = re.compile(rf"^\W*(?:{_BEFORE_TERM})*{_QUOTED},?(?:{_VERB}|\s+(?:is|are)\b)\s*(?P<meaning>.+)", re.S | re.I)
_PLAINLY_MEANS = re.compile(
    rf"^\W*(?:(?:the|a|an)\s+)?{_BARE}\s+(?:means|shall mean|is defined as)\s+(?P<meaning>.+)", re.S | re.I
)
_LISTED = re.compile(rf"^\W*(?:(?:the|a|an)\s+)?{_BARE}{_VERB}\s*(?P<meaning>.+)", re.S | re.I)
_IN_BRACKETS = re.compile(
    r"""\(\s*(?:(?:referred to|known|described|defined|called)\b[^"“‘')]{0,30})?(?:(?:the|our|a|an|each an?)\s+)?"""
    r"""["“‘'](?:the\s+)?(?P<term>[^"”’)]{3,60})["”’']\s*\)""",
    re.I,
)
_INITIALS = re.compile(r"\(\s*(?P<term>[A-Z]{2,6})\s*\)")
_GLOSSARY = re.compile(
    r"\b(?:definitions?|defined|interpretation|glossary|key (?:terms|words)|terms (?:used|we use|in this)|jargon"
    r"|what (?:we|these|the|our) \w*\s*(?:mean|words|terms)|(?:words|phrases|expressions) (?:used|we use)|meanings?)\b",
    re.I,
)
_MEANING_HEADER = re.compile(
    r"^(?:meanings?|definitions?|what .*\b(?:means?|meant)\b.*|explanation|description|means?)$", re.I
)
_CODE = re.compile(r"^(?:[A-Z]{1,5}[-/ ]?\d{1,3}[A-Z]?\d?|[A-Z]\d[A-Z]{1,2})$")
# No term begins with one of these, and no meaning with one of those: they only point at what does define.
_NO_TERMS = frozenset(
    "this that it which these those there what who he she they we you below above where when whenever if unless for by "
    "in on at to and or not nobody no".split()
)
_NO_MEANINGS = frozenset("see that as following given this these whatever not".split())
_VERBS = frozenset("may will must shall can is are be do does defines define as if".split())
# Before a bracket that names it, a time begins with its number; another thing with its article.
_BEFORE_TIME = frozenset({"within", "in", "of", "than", "to", "by", "exceed", "exceeding"})
_SMALL = frozenset({"of", "and", "for", "the", "in", "on", "to", "-"})
_DAYS = frozenset({"day", "week", "month", "hour"})
_BREAKS = frozenset("will shall must is are with give gives send include includes means mean".split()) | PUNCTUATION


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, as it is written and by the inflection keys of its words, with its meaning, which ``clause`` gives.

    ``meaning`` are tokens of ``text``.
    """

    name: str
    term: tuple[str, ...]
    meaning: tuple[Token, ...]
    text: str
    clause: Clause

    @property
    def is_time(self) -> bool:
        """Whether the meaning gives a length of time, itself or by another term."""
        return any(token.key in _DAYS or token.key == "period" for token in self.meaning)


def stated_definitions(document: Document) -> Iterator[Definition]:
    """Yield the definitions that a document states, whatever they define."""
    for clause in document.clauses:
        if clause.kind == "heading":
            continue
        if clause.cell is not None:
            cell = clause.cell
            headed = _MEANING_HEADER.match(cell.column_header.strip()) if cell.column_header else _of_terms(clause)
            if cell.column and not cell.is_header and headed and cell.row_header:
                yield from _definition(cell.row_header, clause.text, clause)
            elif cell.column == 1 and _CODE.match(cell.row_header.strip()):
                # A letter known by its code, "S1A": "Acknowledgement, stage 1", read as one thing.
                yield from _definition(cell.row_header, clause.text.replace(",", ""), clause)
            continue
        for sentence in sentences(clause.text):
            text = sentence.text_in(clause.text)
            found = _MEANS.match(text) or _PLAINLY_MEANS.match(text)
            if found is None and any(_GLOSSARY.search(heading) for heading in clause.headings[-2:]):
                found = _LISTED.match(text)
            if found is not None:
                yield from _definition(found["term"], found["meaning"], clause)
            for bracket in _IN_BRACKETS.finditer(text):
                before = text[: bracket.start()]
                yield from _of_tokens(bracket["term"], _named(words(before)), before, clause)
            for bracket in _INITIALS.finditer(text):
                before = text[: bracket.start()]
                yield from _of_tokens(bracket["term"], _with_initials(words(before), bracket["term"]), before, clause)


def _of_terms(clause: Clause) -> bool:
    """Tell whether a cell of a table without headers stands beside a term: in quotation marks, or in a glossary."""
    cell = clause.cell
    if cell is None or cell.column != 1:
        return False
    return bool(_IN_MARKS.match(cell.row_header)) or any(_GLOSSARY.search(heading) for heading in clause.headings[-2:])


def _definition(term: str, meaning: str, clause: Clause) -> Iterator[Definition]:
    first = sentences(meaning)[:1]
    if first:
        yield from _of_tokens(term, first[0].tokens, meaning, clause)


def _of_tokens(term: str, meaning: Sequence[Token], text: str, clause: Clause) -> Iterator[Definition]:
    named = [token for token in words(term) if token.word not in PUNCTUATION]
    while named and named[0].word in ARTICLES:
        named = named[1:]
    said = tuple(meaning)
    while said and said[-1].word in PUNCTUATION:
        said = said[:-1]
    if not named or len(named) > _MOST_WORDS_OF_TERM or named[0].word in _NO_TERMS:
        return
    if any(token.word in _VERBS for token in named):
        return
    begins = next((token.word for token in said if token.word not in ARTICLES), "")
    if begins and begins not in _NO_MEANINGS and len(said) <= _MOST_WORDS_OF_MEANING:
        name = " ".join(token.word for token in named)
        yield Definition(name, tuple(token.key for token in named), said, text, clause)


def _named(before: Sequence[Token]) -> tuple[Token, ...]:
    """Return what a bracket names: "within [five working days of receipt] (the 'Acknowledgement Period')"."""
    window = before[-14:]
    times = [at for at, token in enumerate(window) if token.key in _DAYS]
    if times:
        start = next((at + 1 for at in range(times[0], -1, -1) if window[at].word in _BEFORE_TIME), None)
        return tuple(window[start:]) if start is not None else ()
    start = next((at + 1 for at in range(len(window) - 1, -1, -1) if window[at].word in _BREAKS), 0)
    return tuple(window[start:]) if len(window) - start <= 10 else ()


def _with_initials(before: Sequence[Token], letters: str) -> tuple[Token, ...]:
    """Return the last words before a bracket that begin with its letters: "[Customer Relations Team] (CRT)"."""
    at = len(before)
    for letter in reversed(letters.lower()):
        at -= 1
        while at >= 0 and before[at].word in _SMALL and before[at].word[0] != letter:
            at -= 1
        if at < 0 or before[at].word[0] != letter:
            return ()
    return tuple(before[at:])
