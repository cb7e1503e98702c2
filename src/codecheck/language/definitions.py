"""Defined terms: what a document says that its own expressions mean, and sentences read with the meaning in their place.

Legal drafting says "the Acknowledgement Period" throughout and once, in a glossary, that this is five working days. A
sentence with such a term is read a second time with the meaning in place of the term; its quotation stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codecheck.language.lexicon import Lexicon
from codecheck.language.stream import Run, runs_of
from codecheck.language.tokens import PUNCTUATION, Token, sentences, words
from codecheck.model import Clause, Document

_MOST_WORDS_OF_TERM = 6
_MOST_WORDS_OF_MEANING = 70
_DEPTH = 2
_ARTICLES = frozenset({"a", "an", "the", "our", "its", "any", "each"})

_QUOTED = r"""["“‘'](?P<term>[^"”’]{3,60})["”’']"""
_BARE = r"(?P<term>[A-Za-z][\w’' /-]{2,60}?)"
_VERB = r"(?:\s+(?:means?|shall mean|has the meaning|refers? to|denotes?|is defined as|is short for)\b|\s*[:–—=]|\s+-\s)"
_MEANS = re.compile(rf"^\W*(?:(?:the|a|an|references to|in this \w+,?)\s+)*{_QUOTED},?(?:{_VERB}|\s+(?:is|are)\b)\s*(?P<meaning>.+)", re.S | re.I)
_PLAINLY_MEANS = re.compile(rf"^\W*(?:(?:the|a|an)\s+)?{_BARE}\s+(?:means|shall mean|is defined as)\s+(?P<meaning>.+)", re.S | re.I)
_LISTED = re.compile(rf"^\W*(?:(?:the|a|an)\s+)?{_BARE}{_VERB}\s*(?P<meaning>.+)", re.S | re.I)
_IN_BRACKETS = re.compile(
    r"""\(\s*(?:(?:referred to|known|described|defined|called)\b[^"“‘')]{0,30})?(?:(?:the|our|a|an|each an?)\s+)?"""
    r"""["“‘'](?:the\s+)?(?P<term>[^"”’)]{3,60})["”’']\s*\)""",
    re.I,
)
_GLOSSARY = re.compile(
    r"\b(?:definitions?|defined|interpretation|glossary|key (?:terms|words)|terms (?:used|we use|in this)|jargon"
    r"|what (?:we|these|the|our) \w*\s*(?:mean|words|terms)|(?:words|phrases|expressions) (?:used|we use)|meanings?)\b",
    re.I,
)
_TERM_HEADER = re.compile(
    r"^(?:the )?(?:defined |key )?(?:terms?|expressions?|words?|phrases?|definitions?|abbreviations?|name)"
    r"(?: or (?:phrase|expression|term|word)| used| we use)?$",
    re.I,
)
_MEANING_HEADER = re.compile(r"^(?:meanings?|definitions?|what (?:it|this|we|they) means?|what we mean.*|explanation|means)$", re.I)
# No term begins with one of these, and no meaning with one of those: they only point at what does define.
_NO_TERMS = frozenset(
    "this that it which these those there what who he she they we you below above where when whenever if unless for by "
    "in on at to and or not nobody no".split()
)
_NO_MEANINGS = frozenset("see that as following given this these whatever not".split())
_VERBS = frozenset("may will must shall can is are be do does defines define as if".split())
_ANYBODY = frozenset({"person", "people", "anyone", "individual", "party", "body", "group"})
# Before a bracket that names it, a time begins with its number; another thing with its article.
_BEFORE_TIME = frozenset({"within", "in", "of", "than", "to", "by", "exceed", "exceeding"})
_DAYS = frozenset({"day", "week", "month", "hour"})
_LIMITING = frozenset({"within", "in", "by", "than", "exceed", "exceeding", "is", "are", "be"})
_BREAKS = frozenset("will shall must is are with give gives send include includes means mean".split()) | PUNCTUATION

# A term that is one of these, and no more, is read as it stands: to put its meaning there would only blur it.
_USUAL = (
    "complaint", "resident", "landlord", "staff", "ombudsman", "third-party", "service-request", "issue", "dissatisfied",
    "stage.1", "stage.2", "stage.both",
)  # fmt: skip
# A meaning that begins with one of these is that: "a resident of the Trust, namely a tenant, a licensee or ...".
_PERSONS = ("resident", "ombudsman", "landlord")


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, as it is written and by the inflection keys of its words, with its meaning, which ``clause`` gives."""

    name: str
    term: tuple[str, ...]
    meaning: tuple[Token, ...]
    clause: Clause

    @property
    def is_time(self) -> bool:
        """Whether the meaning gives a length of time, itself or by another term."""
        return any(token.key in _DAYS or token.key == "period" for token in self.meaning)


class Definitions:
    """The terms that a document defines, of those whose meaning a rule may ask for."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._by_first: dict[str, list[Definition]] = {}
        found = {one.term: one for one in _useful(tuple(_stated(document)), lexicon)}
        self.all = tuple(found.values())
        self._tables = {one.clause.cell.table for one in self.all if one.clause.cell is not None}
        self._clauses = {one.clause.index for one in self.all}
        for one in sorted(self.all, key=lambda one: -len(one.term)):
            self._by_first.setdefault(one.term[0], []).append(one)

    def __bool__(self) -> bool:
        return bool(self.all)

    def meant(self, clause: Clause, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return the tokens of one of the document's clauses with the meaning in place of each defined term."""
        in_glossary = clause.cell is not None and clause.cell.table in self._tables
        if clause.kind == "heading" or in_glossary or clause.index in self._clauses:
            return tokens
        return tuple(self._expanded(tokens, clause.text, _DEPTH))

    def used_in(self, clause: Clause, tokens: Sequence[Token]) -> tuple[Clause, ...]:
        """Return the clauses that give the meaning of the terms in a clause's tokens."""
        found = (one.clause for one, _ in self._terms(tokens, clause.text) if one is not None)
        return tuple(dict.fromkeys(found))

    def _expanded(self, tokens: Sequence[Token], text: str, depth: int) -> Iterator[Token]:
        for one, said in self._terms(tokens, text):
            if one is None or not depth:
                yield from said
            else:
                yield from self._expanded(one.meaning, one.clause.text, depth - 1)

    def _terms(self, tokens: Sequence[Token], text: str) -> Iterator[tuple[Definition | None, Sequence[Token]]]:
        """Yield tokens one by one, with None, and the terms among them, each with its definition."""
        at = 0
        while at < len(tokens):
            one = self._term_at(tokens, at, text)
            length = len(one.term) if one is not None else 1
            meant = one is not None and not (one.is_time and not _limits(tokens, at))
            yield one if meant else None, tokens[at : at + length]
            at += length

    def _term_at(self, tokens: Sequence[Token], at: int, text: str) -> Definition | None:
        for one in self._by_first.get(tokens[at].key, ()):
            length = len(one.term)
            if tuple(token.key for token in tokens[at : at + length]) != one.term:
                continue
            # A single word is the term only where it is written as one, not "your period of notice", and not as the
            # last word of another name.
            if length > 1 or (_capital(tokens, at, text) and not (at > 1 and _capital(tokens, at - 1, text))):
                return one
        return None


def _limits(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a time is what something is to be done in: "within the Response Period", and not "after the expiry of
    the Response Period" or "extend the Response Period".
    """
    before = [token.word for token in tokens[max(0, at - 3) : at] if token.word not in _ARTICLES]
    return bool(before) and before[-1] in _LIMITING


def _capital(tokens: Sequence[Token], at: int, text: str) -> bool:
    return text[tokens[at].start : tokens[at].start + 1].isupper()


def _stated(document: Document) -> Iterator[Definition]:
    """Yield the definitions that a document states, whatever they define."""
    for clause in document.clauses:
        if clause.kind == "heading":
            continue
        if clause.cell is not None:
            cell = clause.cell
            headed = _MEANING_HEADER.match(cell.column_header.strip()) if cell.column_header else None
            if cell.column and not cell.is_header and headed and cell.row_header:
                yield from _definition(cell.row_header, clause.text, clause)
            continue
        for sentence in sentences(clause.text):
            text = sentence.text_in(clause.text)
            found = _MEANS.match(text) or _PLAINLY_MEANS.match(text)
            if found is None and any(_GLOSSARY.search(heading) for heading in clause.headings[-2:]):
                found = _LISTED.match(text)
            if found is not None:
                yield from _definition(found["term"], found["meaning"], clause)
            for bracket in _IN_BRACKETS.finditer(text):
                meaning = _named(words(text[: bracket.start()]))
                yield from _of_tokens(bracket["term"], meaning, clause)


def _definition(term: str, meaning: str, clause: Clause) -> Iterator[Definition]:
    first = sentences(meaning)[:1]
    if first:
        yield from _of_tokens(term, first[0].tokens, clause)


def _of_tokens(term: str, meaning: Sequence[Token], clause: Clause) -> Iterator[Definition]:
    named = [token for token in words(term) if token.word not in PUNCTUATION]
    while named and named[0].word in _ARTICLES:
        named = named[1:]
    said = tuple(meaning)
    while said and said[-1].word in PUNCTUATION:
        said = said[:-1]
    if not named or len(named) > _MOST_WORDS_OF_TERM or named[0].word in _NO_TERMS:
        return
    if any(token.word in _VERBS for token in named):
        return
    begins = next((token.word for token in said if token.word not in _ARTICLES), "")
    if begins and begins not in _NO_MEANINGS and len(said) <= _MOST_WORDS_OF_MEANING:
        name = " ".join(token.word for token in named)
        yield Definition(name, tuple(token.key for token in named), said, clause)


def _named(before: Sequence[Token]) -> tuple[Token, ...]:
    """Return what a bracket names: "within [five working days of receipt] (the 'Acknowledgement Period')"."""
    window = before[-14:]
    times = [at for at, token in enumerate(window) if token.key in _DAYS]
    if times:
        start = next((at + 1 for at in range(times[0], -1, -1) if window[at].word in _BEFORE_TIME), None)
        return tuple(window[start:]) if start is not None else ()
    start = next((at + 1 for at in range(len(window) - 1, -1, -1) if window[at].word in _BREAKS), 0)
    return tuple(window[start:]) if len(window) - start <= 10 else ()


def _useful(stated: Sequence[Definition], lexicon: Lexicon) -> Iterator[Definition]:
    """Leave out the terms that are usual words; of a meaning that begins with a person keep the person only."""
    terms = runs_of((one.name for one in stated), lexicon)
    for one in stated:
        run = terms[one.name]
        if any(_whole(run, name, lexicon) for name in _USUAL) or one.term == ("work", "day"):
            continue
        person = _person(one.meaning, lexicon)
        yield replace(one, meaning=person) if person else one


def _whole(run: Run, name: str, lexicon: Lexicon) -> bool:
    return name in lexicon and any(hit.start == 0 and hit.end == len(run.tokens) for hit in run.concept(name))


def _person(meaning: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    run = Run.of(meaning, lexicon)
    first = 1 if meaning[0].word in _ARTICLES else 0
    for name in _PERSONS:
        for hit in run.concept(name) if name in lexicon else ():
            if hit.start <= first < hit.end and meaning[hit.end - 1].word not in _ANYBODY:
                return tuple(meaning[hit.start : hit.end])
    return ()
