"""Hits: where the phrases of a lexicon occur in the statements of a document, denied or not.

All statements of a document stand in one stream of tokens, so that a phrase is looked for once, at the places where
its first word occurs, and not once for every statement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from codecheck.language import phrases
from codecheck.language.lexicon import Compiled, Lexicon
from codecheck.language.passages import Passage
from codecheck.language.tokens import PUNCTUATION, Token
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


RunHits = Mapping[int, tuple[Hit, ...]]
_NO_HITS: tuple[Hit, ...] = ()
_NOWHERE = Clause(index=0, text="", start=0, end=0, kind="paragraph")


@dataclass(frozen=True, slots=True)
class _Member:
    """A run that is part of a joined run: its tokens before ``own`` stand there first, the others from ``offset``."""

    joined: int
    own: int
    offset: int


class Stream:
    """The passages of a document as runs of tokens, with the hits found in them, counted from their run's start.

    Phrases are looked for in single passages only; the hits of joined passages are those of their parts.
    """

    def __init__(self, passages: Sequence[Passage], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._passages = passages
        self._tokens: list[Token] = []
        self._offsets: dict[int, int] = {}
        self._run_of: list[int] = []
        self._members: dict[int, list[_Member]] = {}
        for number, passage in enumerate(passages):
            if passage.parts:
                self._join(number, passage)
            else:
                self._offsets[number] = len(self._tokens)
                self._tokens.extend(passage.tokens)
                self._run_of.extend([number] * len(passage.tokens))
        self._bit_of = [1 << number for number in self._run_of]
        self._matcher = phrases.Matcher(self._tokens, self._spans, self._word_places)
        self._by_key: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._numbers: list[int] = []
        for at, token in enumerate(self._tokens):
            self._by_key.setdefault(token.key, []).append(at)
            self._by_word.setdefault(token.word, []).append(at)
            if token.word[0].isdigit():
                self._numbers.append(at)
        self._vocabulary = sorted(self._by_word)
        self._concepts: dict[str, dict[int, tuple[int, ...]]] = {}
        self._hits: dict[tuple[str, str], RunHits] = {}
        self._places: dict[phrases.Word, list[int]] = {}
        # By the identity of a word, which lives as long as the lexicon: hashing it each time would cost more.
        self._masks: dict[int | str, int] = {}
        self._concept_masks: dict[str, int] = {}
        self._negated: list[bool] | None = None

    def _join(self, number: int, passage: Passage) -> None:
        offset = 0
        for at, part in enumerate(passage.parts):
            own = self._passages[part].own
            length = len(self._passages[part].tokens)
            self._members.setdefault(part, []).append(_Member(number, own, own if at == 0 else offset))
            offset = length if at == 0 else offset + length - own

    def run(self, number: int) -> Run:
        """Return a view of one run."""
        return Run(self, number, self._passages[number].tokens)

    def hits(self, phrase: str) -> RunHits:
        """Return the hits of a phrase, by the number of their run."""
        known = self._hits.get(("phrase", phrase))
        if known is None:
            known = self._hits["phrase", phrase] = self._by_run(self._match(self._lexicon.phrase(phrase)))
        return known

    def concept(self, name: str) -> RunHits:
        """Return the hits of a concept, by the number of their run."""
        known = self._hits.get(("concept", name))
        if known is None:
            known = self._hits["concept", name] = self._by_run(self._spans(name))
        return known

    def _by_run(self, spans: Mapping[int, Iterable[int]]) -> RunHits:
        found: dict[int, list[Hit]] = {}
        for start, ends in sorted(spans.items()):
            number = self._run_of[start]
            offset = self._offsets[number]
            limit = offset + len(self._passages[number].tokens)
            inside = [end for end in ends if end <= limit]
            if not inside:
                continue
            hit = Hit(start - offset, max(inside) - offset, self._is_negated(start))
            found.setdefault(number, []).append(hit)
            for member in self._members.get(number, ()):
                found.setdefault(member.joined, []).append(_moved(hit, member))
        return {number: _in_order(hits) if len(hits) > 1 else tuple(hits) for number, hits in found.items()}

    def _spans(self, name: str) -> dict[int, tuple[int, ...]]:
        known = self._concepts.get(name)
        if known is None:
            found: dict[int, set[int]] = {}
            for compiled in self._lexicon.concept(name):
                for start, ends in self._match(compiled).items():
                    found.setdefault(start, set()).update(ends)
            known = {start: tuple(sorted(ends)) for start, ends in found.items()}
            self._concepts[name] = known
        return known

    def _match(self, compiled: Compiled) -> dict[int, set[int]]:
        # A phrase is tried only in runs that hold every word it cannot do without.
        mask = self._mask(compiled.sequence)
        if not mask:
            return {}
        found = {}
        bits = self._bit_of
        for start in self._starts(compiled):
            if mask & bits[start]:
                ends = self._matcher.ends(compiled.sequence, start)
                if ends:
                    found[start] = ends
        return found

    def _mask(self, sequence: phrases.Sequence_) -> int:
        """Return the runs, as bits of a number, in which all that ``sequence`` needs occurs somewhere."""
        mask = -1
        for node in sequence:
            if isinstance(node, phrases.Word):
                mask &= self._word_mask(node)
            elif isinstance(node, phrases.Words):
                if not node.optional:
                    mask &= self._any_mask(node)
            elif isinstance(node, phrases.Ref):
                mask &= self._concept_mask(node.name)
            elif isinstance(node, phrases.Choice) and not node.optional:
                either = 0
                for option in node.options:
                    either |= self._mask(option)
                mask &= either
            if not mask:
                return 0
        return mask

    def _word_mask(self, word: phrases.Word) -> int:
        known = self._masks.get(id(word))
        if known is None:
            known = self._masks[id(word)] = self._bits(self._word_places(word))
        return known

    def _any_mask(self, words: phrases.Words) -> int:
        """Return the runs in which any of ``words`` occurs; only those that the document has are looked at."""
        mask = 0
        for key in words.keys & self._by_key.keys():
            mask |= self._key_mask(key)
        if len(words.keys) < len(words.options):
            for word in words.options:
                if word.how != "key":
                    mask |= self._word_mask(word)
        return mask

    def _key_mask(self, key: str) -> int:
        known = self._masks.get(key)
        if known is None:
            known = self._masks[key] = self._bits(self._by_key[key])
        return known

    def _concept_mask(self, name: str) -> int:
        known = self._concept_masks.get(name)
        if known is None:
            known = self._concept_masks[name] = self._bits(self._spans(name))
        return known

    def _bits(self, places: Iterable[int]) -> int:
        mask = 0
        for place in places:
            mask |= self._bit_of[place]
        return mask

    def _word_places(self, word: phrases.Word) -> list[int]:
        known = self._places.get(word)
        if known is None:
            if word.how == "key":
                known = self._by_key.get(word.text, [])
            elif word.how == "exact":
                known = self._by_word.get(word.text, [])
            elif word.how == "prefix":
                known = [at for one in self._beginning(word.text) for at in self._by_word[one]]
            else:
                known = self._numbers
            self._places[word] = known
        return known

    def _beginning(self, prefix: str) -> list[str]:
        """Return the words of the document that begin with ``prefix``."""
        first = bisect_left(self._vocabulary, prefix)
        return self._vocabulary[first : bisect_left(self._vocabulary, prefix + "\uffff", first)]

    def _starts(self, compiled: Compiled) -> set[int]:
        starts: set[int] = set()
        for word in compiled.first_words:
            starts.update(self._word_places(word))
        for ref in compiled.first_refs:
            starts.update(self._spans(ref))
        return starts

    def _is_negated(self, start: int) -> bool:
        if self._negated is None:
            self._negated = [
                governed for number in self._offsets for governed in _negation(self._passages[number].tokens)
            ]
        return self._negated[start]


def _moved(hit: Hit, member: _Member) -> Hit:
    """Return where the hit of a part stands in the joined run."""
    start = hit.start if hit.start < member.own else hit.start - member.own + member.offset
    end = hit.end if hit.end <= member.own else hit.end - member.own + member.offset
    return Hit(start, end, hit.negated)


def _in_order(hits: list[Hit]) -> tuple[Hit, ...]:
    return tuple(dict.fromkeys(sorted(hits)))


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
        return self._stream.hits(phrase).get(self.number, _NO_HITS)

    def concept(self, name: str) -> tuple[Hit, ...]:
        """Return the hits of the concept ``name``."""
        return self._stream.concept(name).get(self.number, _NO_HITS)

    def has(self, *names: str) -> bool:
        """Tell whether any of the concepts occurs, denied or not."""
        return any(self.number in self._stream.concept(name) for name in names)


def _new_subject(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a new clause begins: "If part of it is not clear we will ask you" denies no asking."""
    return (
        tokens[at].word in {"we", "they", "you"} and at + 1 < len(tokens) and tokens[at + 1].word in {"will", "shall"}
    )


def _negation(tokens: Sequence[Token]) -> list[bool]:
    """For each token, tell whether a denial stands close before it with nothing between that ends its reach."""
    governed = [False] * len(tokens)
    reach = 0
    for at, token in enumerate(tokens):
        if token.word in _BARRIERS or _new_subject(tokens, at):
            reach = 0
        governed[at] = reach > 0
        reach -= 1
        if token.word in _NEGATORS or (token.key in _NEGATOR_KEYS and token.word != "failings"):
            before = tokens[at - 1].word if at else ""
            after = tokens[at + 1].word if at + 1 < len(tokens) else ""
            if before not in _IDLE_BEFORE and after not in _IDLE_AFTER:
                reach = 1 if after in _FEELINGS else _NEGATION_REACH
    return governed
