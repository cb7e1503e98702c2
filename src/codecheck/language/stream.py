"""Hits: where the phrases of a lexicon occur in the statements of a document, denied or not.

A phrase is looked for once, in all statements of a document together; the hits in a statement are made when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from codecheck.language.lexicon import Lexicon
from codecheck.language.matching import Found, Matcher
from codecheck.language.passages import Passage
from codecheck.language.places import members
from codecheck.language.tokens import PUNCTUATION, Token, words
from codecheck.language.words import inflection_key
from codecheck.model import Clause

_NEGATORS = frozenset("not never no nor neither without none nobody unable".split())
_NEGATOR_KEYS = frozenset(inflection_key(word) for word in ("fail", "refuse", "decline", "cease"))
_NEGATION_REACH = 5
# "not happy with the response" denies no response.
_FEELINGS = frozenset({"happy", "satisfied", "content", "pleased"})
# After these, "not" denies nothing: "whether or not", "if not", "not only", "not just".
_IDLE_BEFORE = frozenset({"or", "if"})
_IDLE_AFTER = frozenset({"only", "just", "least"})
_BARRIERS = PUNCTUATION | frozenset({"but", "unless", "until", "except", "because", "however"})


class Hit(NamedTuple):
    """A match from token ``start`` to before token ``end``; ``negated`` if a denial governs it."""

    start: int
    end: int
    negated: bool


_NOWHERE = Clause(index=0, text="", start=0, end=0, kind="paragraph")


@dataclass(frozen=True, slots=True)
class _Part:
    """A run that is part of a joined run: its tokens before ``own`` stand there first, the others from ``offset``."""

    run: int
    own: int
    offset: int


class Stream:
    """The passages of a document as runs of tokens, with the hits found in them, counted from their run's start.

    Phrases are looked for in single passages only; the hits of joined passages are those of their parts. A run is known
    by its number in the list of passages; the matcher counts single runs only.
    """

    def __init__(self, passages: Sequence[Passage], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._passages = passages
        self._parts: dict[int, list[_Part]] = {}
        singles = self._singles = [number for number, passage in enumerate(passages) if not passage.parts]
        self._matcher = Matcher([passages[number].tokens for number in singles], lexicon.concept, lexicon.plan)
        self._single_of = {number: single for single, number in enumerate(singles)}
        self._within = {number: 1 << number for number in singles}
        for number, passage in enumerate(passages):
            if passage.parts:
                self._join(number, passage)
        self._phrases: dict[str, Occurrences] = {}
        self._concepts: dict[str, Occurrences] = {}
        self._negated: dict[int, list[bool]] = {}

    def _join(self, number: int, passage: Passage) -> None:
        offset = 0
        parts = self._parts[number] = []
        for at, part in enumerate(passage.parts):
            own = self._passages[part].own
            length = len(self._passages[part].tokens)
            parts.append(_Part(part, own, own if at == 0 else offset))
            self._within[part] |= 1 << number
            offset = length if at == 0 else offset + length - own

    def run(self, number: int) -> Run:
        """Return a view of one run."""
        return Run(self, number, self._passages[number].tokens)

    def phrase(self, phrase: str) -> Occurrences:
        """Return where a phrase occurs."""
        known = self._phrases.get(phrase)
        if known is None:
            nodes = self._lexicon.phrase(phrase)
            possible = self._matcher.possible(nodes)
            known = self._phrases[phrase] = Occurrences(self, possible, partial(self._matcher.phrase, nodes))
        return known

    def concept(self, name: str) -> Occurrences:
        """Return where a concept occurs."""
        known = self._concepts.get(name)
        if known is None:
            possible = self._matcher.possible_concept(name)
            known = self._concepts[name] = Occurrences(self, possible, partial(self._matcher.concept, name))
        return known

    def numbers(self, singles: int) -> list[int]:
        """Return the numbers of single runs, in order, given the set of them as the matcher counts."""
        return [self._singles[single] for single in members(singles)]

    def with_joined(self, singles: int) -> int:
        """Return the set of the numbers of single runs and of the joined ones that they are part of."""
        found = 0
        for single in members(singles):
            found |= self._within[self._singles[single]]
        return found

    def among(self, starts: int, singles: int) -> int:
        """Return those of the single runs ``singles`` in which any of the places ``starts`` lies."""
        found, spans = 0, self._matcher.spans
        for single in members(singles):
            if starts & spans[single]:
                found |= 1 << single
        return found

    def span_of(self, single: int) -> int:
        """Return the places of a single run, which is given as the matcher counts."""
        return self._matcher.spans[single]

    def single_of(self, run: int) -> int | None:
        """Return the number of a single run as the matcher counts, None for a joined one."""
        return self._single_of.get(run)

    def hits(self, occurrences: Occurrences, run: int) -> tuple[Hit, ...]:
        """Return the hits in a run, which must have some."""
        if run in self._parts:
            moved = {_moved(hit, part) for part in self._parts[run] for hit in occurrences.hits(part.run)}
            return tuple(sorted(moved))
        found, begin, negated = occurrences.found, self._begin(run), self._negation(run)
        starts = self._starts(occurrences, run)
        return tuple([Hit(at, at + found.longest(begin + at), negated[at]) for at in starts])

    def polarities(self, occurrences: Occurrences, run: int) -> set[bool]:
        """Return whether the hits in a run, which must have some, are denied, are not, or both."""
        if run in self._parts:
            parts = (part.run for part in self._parts[run] if occurrences.within(part.run))
            return {one for part in parts for one in self.polarities(occurrences, part)}
        negated = self._negation(run)
        return {negated[at] for at in self._starts(occurrences, run)}

    def _starts(self, occurrences: Occurrences, run: int) -> Iterator[int]:
        """Yield the tokens of a single run at which there is a hit."""
        single = self._single_of[run]
        return members((occurrences.found.starts & self._matcher.spans[single]) >> self._matcher.begins[single])

    def _begin(self, run: int) -> int:
        return self._matcher.begins[self._single_of[run]]

    def _negation(self, run: int) -> list[bool]:
        known = self._negated.get(run)
        if known is None:
            known = self._negated[run] = _negation(self._passages[run].tokens)
        return known


class Occurrences:
    """Where one phrase or concept occurs.

    ``possible`` are the single runs, as the matcher counts, that have all its words; it is looked for in earnest only
    when one of them matters.
    """

    def __init__(self, stream: Stream, possible: int, find: Callable[[], Found]) -> None:
        self._stream = stream
        self._find = find
        self._hits: dict[int, tuple[Hit, ...]] = {}
        self.possible = possible

    @cached_property
    def found(self) -> Found:
        """Its matches."""
        return self._find()

    def among(self, singles: int) -> int:
        """Return those of the single runs ``singles`` that have it; both are counted as the matcher does."""
        singles &= self.possible
        return self._stream.among(self.found.starts, singles) if singles else 0

    @cached_property
    def runs(self) -> int:
        """The numbers of all runs that have it, as a set."""
        return self._stream.with_joined(self.among(self.possible))

    @cached_property
    def possible_runs(self) -> int:
        """The numbers of all runs that may have it, as a set."""
        return self._stream.with_joined(self.possible)

    def within(self, run: int) -> bool:
        """Tell whether it occurs in a run."""
        if not self.possible:
            return False
        single = self._stream.single_of(run)
        if single is None:
            return bool(self.runs >> run & 1)
        return bool(self.possible >> single & 1 and self.found.starts & self._stream.span_of(single))

    def has(self, run: int, *, negated: bool) -> bool:
        """Tell whether it occurs in a run, denied or not denied; how long it is there need not be known for that."""
        return self.within(run) and negated in self._stream.polarities(self, run)

    def hits(self, run: int) -> tuple[Hit, ...]:
        """Return the hits in a run in order, the longest at each start."""
        known = self._hits.get(run)
        if known is None:
            known = self._hits[run] = self._stream.hits(self, run) if self.within(run) else ()
        return known


def _moved(hit: Hit, part: _Part) -> Hit:
    """Return where the hit of a part stands in the joined run."""
    start = hit.start if hit.start < part.own else hit.start - part.own + part.offset
    end = hit.end if hit.end <= part.own else hit.end - part.own + part.offset
    return Hit(start, end, hit.negated)


class Run:
    """One run of a stream: a sentence, a paragraph, or a lead-in with the bullet that completes it."""

    __slots__ = ("_stream", "number", "tokens")

    def __init__(self, stream: Stream, number: int, tokens: tuple[Token, ...]) -> None:
        self._stream = stream
        self.number = number
        self.tokens = tokens

    @classmethod
    def of(cls, tokens: Sequence[Token], lexicon: Lexicon) -> Run:
        """Return ``tokens`` as a run of its own, for a heading or another piece of text that stands alone."""
        return Stream([Passage(_NOWHERE, "", tuple(tokens), 0)], lexicon).run(0)

    def hits(self, phrase: str) -> tuple[Hit, ...]:
        """Return the hits of ``phrase`` in order, the longest at each start, with their polarity."""
        return self._stream.phrase(phrase).hits(self.number)

    def said(self, phrase: str, *, negated: bool | None = None) -> bool:
        """Tell whether ``phrase`` occurs; with ``negated``, whether it does so denied (True) or not denied (False)."""
        occurrences = self._stream.phrase(phrase)
        if negated is None:
            return occurrences.within(self.number)
        return occurrences.has(self.number, negated=negated)

    def concept(self, name: str) -> tuple[Hit, ...]:
        """Return the hits of the concept ``name``."""
        occurrences = self._stream.concept(name)
        # Concepts are asked for of every run, and most runs have none.
        return occurrences.hits(self.number) if occurrences.runs >> self.number & 1 else ()

    def has(self, *names: str) -> bool:
        """Tell whether any of the concepts occurs, denied or not."""
        return any(self._stream.concept(name).runs >> self.number & 1 for name in names)


def runs_of(texts: Iterable[str], lexicon: Lexicon) -> dict[str, Run]:
    """Return each of ``texts``, headings mostly, as a run of its own; phrases are looked for in all together."""
    different = list(dict.fromkeys(texts))
    stream = Stream([Passage(_NOWHERE, "", words(text), 0) for text in different], lexicon)
    return {text: stream.run(number) for number, text in enumerate(different)}


def _new_subject(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a new clause begins: "If part of it is not clear we will ask you" denies no asking."""
    return (
        tokens[at].word in {"we", "they", "you"} and at + 1 < len(tokens) and tokens[at + 1].word in {"will", "shall"}
    )


def _main_verb(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the main clause goes on after a relative one: "somebody who was not involved will give it"."""
    if tokens[at].word not in {"will", "shall"}:
        return False
    before = [token.word for token in tokens[max(0, at - _NEGATION_REACH) : at]]
    return "not" in before[:-1] and any(t.word == "who" for t in tokens[max(0, at - _NEGATION_REACH - 3) : at])


def _negation(tokens: Sequence[Token]) -> list[bool]:
    """For each token, tell whether a denial stands close before it with nothing between that ends its reach."""
    governed = [False] * len(tokens)
    reach = 0
    for at, token in enumerate(tokens):
        if token.word in _BARRIERS or _new_subject(tokens, at) or _main_verb(tokens, at):
            reach = 0
        governed[at] = reach > 0
        reach -= 1
        if token.word in _NEGATORS or (token.key in _NEGATOR_KEYS and token.word != "failings"):
            before = tokens[at - 1].word if at else ""
            after = tokens[at + 1].word if at + 1 < len(tokens) else ""
            if before not in _IDLE_BEFORE and after not in _IDLE_AFTER:
                reach = 1 if after in _FEELINGS else _NEGATION_REACH
    return governed
