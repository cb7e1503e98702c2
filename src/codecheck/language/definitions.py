"""Defined terms: the sentences of a document with the meaning of its own expressions in their place.

Legal drafting says "the Acknowledgement Period" throughout and once, in a glossary, that this is five working days. A
sentence with such a term is read a second time with the meaning in place of the term; its quotation stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codecheck.language.cross_references import plain_number
from codecheck.language.glossary import ARTICLES, Definition, stated_definitions
from codecheck.language.lexicon import Lexicon
from codecheck.language.stages import SECTION_WORDS
from codecheck.language.stream import Run, runs_of
from codecheck.language.tokens import Token, words
from codecheck.model import Clause, Document

_DEPTH = 2
_MOST_WORDS_OF_TITLE = 10
_ANYBODY = frozenset({"person", "people", "anyone", "individual", "party", "body", "group"})
_LIMITING = frozenset({"within", "in", "by", "than", "exceed", "exceeding", "is", "are", "be"})
# A term that is one of these, and no more, is read as it stands: to put its meaning there would only blur it.
_USUAL = (
    "complaint", "resident", "landlord", "staff", "ombudsman", "third-party", "service-request", "issue",
    "dissatisfied", "stage.1", "stage.2", "stage.both",
)  # fmt: skip
# A meaning that begins with one of these is that: "a resident of the Trust, namely a tenant, a licensee or ...".
_PERSONS = ("resident", "ombudsman", "landlord")
# So is one that begins with one of these and explains it: "a complaint, that is to say any expression of ...".
_EXPLAINED = ("complaint", "service-request")
_EXPLAINS = frozenset({",", ":", ";", "-", "that", "namely", "being", "meaning"})
_DAY = ("day",)
_WORKING = re.compile(
    r"\b(?:working|business|saturdays?|sundays?|mondays?|weekends?|weekdays?|holidays?)\b", re.IGNORECASE
)
_ALL_DAYS = re.compile(r"\b(?:calendar|includ\w+|inclusive)\b", re.IGNORECASE)
# What follows a person who is meant: "a resident of the Trust", but "Customer Relations Team", "the Trust's account".
_GOES_ON = re.compile(
    r"\W|(?:of|in|at|by|to|for|with|from|under|within|who|whose|whom|that|which|and|or|as|is|are)$|.+(?:ing|ed)$"
)
_ATTACHED = re.compile(r"(?P<name>(?:schedule|appendix|annex)\s+\w{1,3})\b[\s:.–—-]+(?P<title>\w.+)", re.IGNORECASE)
_KNOWN_AS = re.compile(
    r"\b(?:known|referred to)\b[^().,;]{0,30}?\bas\s+(?:an?\s+|the\s+)?(?P<name>[^().,;]{3,40})", re.IGNORECASE
)
_BOTH_STAGES = re.compile(
    r"[\s,]+(?:at|in|of|for)\s+(?:either|each|both|any|every)(?:\s+of\s+the)?\s+(?:two\s+)?[\w’'-]+\W*$", re.IGNORECASE
)


class Definitions:
    """The terms that a document defines, of those whose meaning a rule may ask for."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_first: dict[str, list[Definition]] = {}
        defined = tuple(stated_definitions(document))
        stated = (*_sections(document), *_useful(defined, lexicon))
        found = {one.term: one for one in stated}
        self.all = tuple(found.values())
        self.day_is_working = any(
            one.term == _DAY and _WORKING.search(one.text) and not _ALL_DAYS.search(one.text) for one in defined
        )
        self._tables = {one.clause.cell.table for one in self.all if one.clause.cell is not None}
        self._clauses = {one.clause.index for one in self.all}
        for one in sorted(self.all, key=lambda one: -len(one.term)):
            self._by_first.setdefault(one.term[0], []).append(one)

    def __bool__(self) -> bool:
        return bool(self.all)

    def names_of(self, usual: str) -> tuple[str, ...]:
        """Return the terms of one word that stand for the concept ``usual`` and nothing more."""
        return tuple(
            one.name
            for one in self.all
            if len(one.term) == 1 and _whole(Run.of(one.meaning, self._lexicon), usual, self._lexicon)
        )

    def meant(self, clause: Clause, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return the tokens of one of the document's clauses with the meaning in place of each defined term."""
        if not any(token.key in self._by_first for token in tokens):
            return tokens
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
                yield from self._expanded(one.meaning, one.text, depth - 1)

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
    """Tell whether a time is what something is to be done in: "within the Response Period".

    "After the expiry of the Response Period" and "extend the Response Period" give no time for anything.
    """
    before = [token.word for token in tokens[max(0, at - 3) : at] if token.word not in ARTICLES]
    return bool(before) and before[-1] in _LIMITING


def _capital(tokens: Sequence[Token], at: int, text: str) -> bool:
    return text[tokens[at].start : tokens[at].start + 1].isupper()


def _sections(document: Document) -> Iterator[Definition]:
    """Yield for each numbered heading what "section 11" means: "the contact details in section 11", "The Ombudsman".

    So too for "Schedule 3: Particulars of the Ombudsman", whose number is part of its words.
    """
    for clause in document.clauses:
        attached = _ATTACHED.match(clause.text) if clause.kind == "heading" else None
        if attached is not None and len(title := words(attached["title"])) <= _MOST_WORDS_OF_TITLE:
            name = words(attached["name"])
            yield Definition(
                attached["name"].lower(), tuple(token.key for token in name), title, attached["title"], clause
            )
        title = words(clause.text)
        if clause.kind == "heading" and clause.number and title and len(title) <= _MOST_WORDS_OF_TITLE:
            number = plain_number(clause.number)
            for word in SECTION_WORDS:
                yield Definition(f"{word} {number}", (word, number), title, clause.text, clause)


def _useful(stated: Sequence[Definition], lexicon: Lexicon) -> Iterator[Definition]:
    """Leave out the terms that are usual words; of a meaning that begins with a person keep the person only."""
    terms = runs_of((one.name for one in stated), lexicon)
    for one in stated:
        run = terms[one.name]
        if any(_whole(run, name, lexicon) for name in _USUAL) or one.term in (_DAY, ("work", "day")):
            continue
        shorter = _head(one, lexicon) or _known_as(one, lexicon) or _without_stages(one, lexicon)
        yield replace(one, meaning=shorter) if shorter else one


def _whole(run: Run, name: str, lexicon: Lexicon) -> bool:
    return name in lexicon and any(hit.start == 0 and hit.end == len(run.tokens) for hit in run.concept(name))


def _head(one: Definition, lexicon: Lexicon) -> tuple[Token, ...]:
    meaning = one.meaning
    run = Run.of(meaning, lexicon)
    first = 1 if meaning[0].word in ARTICLES else 0
    for name in _PERSONS:
        for hit in run.concept(name) if name in lexicon else ():
            named = hit.start <= first < hit.end and meaning[hit.end - 1].word not in _ANYBODY
            if named and (hit.end == len(meaning) or _GOES_ON.match(meaning[hit.end].word)):
                return tuple(meaning[hit.start : hit.end])
    for name in _EXPLAINED:
        for hit in run.concept(name) if name in lexicon else ():
            if hit.start <= first and hit.end < len(meaning) and meaning[hit.end].word in _EXPLAINS:
                return tuple(meaning[hit.start : hit.end])
    return ()


def _known_as(one: Definition, lexicon: Lexicon) -> tuple[Token, ...]:
    """Return the usual word by which a meaning says that the thing is known elsewhere: "(in the Code a complaint)"."""
    known = _KNOWN_AS.search(one.text)
    if known is None:
        return ()
    said = tuple(token for token in one.meaning if known.start("name") <= token.start < known.end("name"))
    run = Run.of(said, lexicon)
    return said if said and any(_whole(run, name, lexicon) for name in _USUAL) else ()


def _without_stages(one: Definition, lexicon: Lexicon) -> tuple[Token, ...]:
    """Return a meaning without "at either stage" at its end: where the term is used, one of them is meant."""
    ending = _BOTH_STAGES.search(one.text)
    if ending is None:
        return ()
    last = tuple(token for token in one.meaning if token.start >= ending.start())
    if not Run.of(last, lexicon).concept("stage.both"):
        return ()
    return tuple(token for token in one.meaning if token.start < ending.start())
