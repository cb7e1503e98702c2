"""The lexicon: concepts, each a list of phrases, and their hits in a run of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codecheck.language import phrases
from codecheck.language.phrases import PhraseError
from codecheck.language.tokens import PUNCTUATION, Token
from codecheck.language.words import inflection_key

_NEGATORS = frozenset("not never no nor neither without none nobody unable".split())
_NEGATOR_KEYS = frozenset(inflection_key(word) for word in ("fail", "refuse", "decline", "cease"))
_NEGATION_REACH = 5
# After these, "not" denies nothing: "whether or not", "if not", "not only", "not just".
_IDLE_BEFORE = frozenset({"or", "if"})
_IDLE_AFTER = frozenset({"only", "just", "least"})
_BARRIERS = PUNCTUATION | frozenset({"but", "unless", "until", "except", "because", "however"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A match from token ``start`` to before token ``end``; ``negated`` if a denial governs it."""

    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class _Compiled:
    sequence: phrases.Sequence_
    words: frozenset[str]
    keys: frozenset[str]
    prefixes: tuple[str, ...]
    number: bool
    refs: tuple[str, ...]


class Lexicon:
    """Concepts by name. Phrases outside the lexicon may refer to its concepts too."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        """Compile ``concepts``; raise PhraseError, naming concept and phrase, where one is not well formed."""
        self._concepts: dict[str, tuple[_Compiled, ...]] = {}
        self._phrases: dict[str, _Compiled] = {}
        for name, listed in concepts.items():
            try:
                self._concepts[name] = tuple(_compile(phrase) for phrase in listed)
            except PhraseError as error:
                raise PhraseError(f"concept {name!r}: {error}") from None
        for name, compiled in self._concepts.items():
            for one in compiled:
                self._check_refs(one, f"concept {name!r}")
        self._check_cycles()

    def __contains__(self, name: str) -> bool:
        return name in self._concepts

    def names(self) -> tuple[str, ...]:
        """Return the names of all concepts."""
        return tuple(self._concepts)

    def phrase(self, text: str) -> _Compiled:
        """Compile a phrase once and keep it; raise PhraseError if it is not well formed or names no concept."""
        known = self._phrases.get(text)
        if known is None:
            known = _compile(text)
            self._check_refs(known, f"phrase {text!r}")
            self._phrases[text] = known
        return known

    def concept(self, name: str) -> tuple[_Compiled, ...]:
        """Return the compiled phrases of a concept; raise KeyError if there is none of that name."""
        return self._concepts[name]

    def _check_refs(self, compiled: _Compiled, where: str) -> None:
        for ref in phrases.references(compiled.sequence):
            if ref not in self._concepts:
                raise PhraseError(f"{where}: there is no concept <{ref}>")

    def _check_cycles(self) -> None:
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> None:
            if name in path:
                raise PhraseError(f"concepts refer to one another in a circle: {' -> '.join((*path, name))}")
            if name in done:
                return
            for compiled in self._concepts[name]:
                for ref in phrases.references(compiled.sequence):
                    visit(ref, (*path, name))
            done.add(name)

        for name in self._concepts:
            visit(name, ())


def _compile(phrase: str) -> _Compiled:
    sequence = phrases.parse(str(phrase))
    words, refs = phrases.first_words(sequence)
    return _Compiled(
        sequence=sequence,
        words=frozenset(w.text for w in words if w.how == "exact"),
        keys=frozenset(w.text for w in words if w.how == "key"),
        prefixes=tuple(w.text for w in words if w.how == "prefix"),
        number=any(w.how == "number" for w in words),
        refs=tuple(refs),
    )


class Run:
    """One run of tokens (a sentence, or a lead-in with the bullet that completes it) with the hits found in it."""

    __slots__ = ("_by_key", "_by_word", "_concepts", "_lexicon", "_matcher", "_negated", "_numbers", "_phrases", "tokens")

    def __init__(self, tokens: tuple[Token, ...], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self._lexicon = lexicon
        self._concepts: dict[str, dict[int, tuple[int, ...]]] = {}
        self._phrases: dict[str, tuple[Hit, ...]] = {}
        self._matcher = phrases.Matcher(tokens, self._spans)
        self._by_key: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._numbers: list[int] = []
        for at, token in enumerate(tokens):
            self._by_key.setdefault(token.key, []).append(at)
            self._by_word.setdefault(token.word, []).append(at)
            if token.word[0].isdigit():
                self._numbers.append(at)
        self._negated: list[bool] | None = None

    def hits(self, phrase: str) -> tuple[Hit, ...]:
        """Return the hits of ``phrase``, longest first at each start, with their polarity."""
        known = self._phrases.get(phrase)
        if known is None:
            known = self._hits(self._match(self._lexicon.phrase(phrase)))
            self._phrases[phrase] = known
        return known

    def concept(self, name: str) -> tuple[Hit, ...]:
        """Return the hits of the concept ``name``."""
        return self._hits(self._spans(name))

    def has(self, *names: str) -> bool:
        """Tell whether any of the concepts occurs, denied or not."""
        return any(self._spans(name) for name in names)

    def _hits(self, spans: Mapping[int, Iterable[int]]) -> tuple[Hit, ...]:
        return tuple(Hit(start, max(ends), self._is_negated(start)) for start, ends in sorted(spans.items()))

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

    def _match(self, compiled: _Compiled) -> dict[int, set[int]]:
        found = {}
        for start in self._starts(compiled):
            ends = self._matcher.ends(compiled.sequence, start)
            if ends:
                found[start] = ends
        return found

    def _starts(self, compiled: _Compiled) -> set[int]:
        starts: set[int] = set()
        for key in compiled.keys:
            starts.update(self._by_key.get(key, ()))
        for word in compiled.words:
            starts.update(self._by_word.get(word, ()))
        if compiled.prefixes:
            for word, places in self._by_word.items():
                if word.startswith(compiled.prefixes):
                    starts.update(places)
        if compiled.number:
            starts.update(self._numbers)
        for ref in compiled.refs:
            starts.update(self._spans(ref))
        return starts

    def _is_negated(self, start: int) -> bool:
        if self._negated is None:
            self._negated = _negation(self.tokens)
        return self._negated[start] if start < len(self.tokens) else False


def _negation(tokens: Sequence[Token]) -> list[bool]:
    """For each token, tell whether a denial stands close before it with nothing between that ends its reach."""
    governed = [False] * len(tokens)
    reach = 0
    for at, token in enumerate(tokens):
        if token.word in _BARRIERS:
            reach = 0
        governed[at] = reach > 0
        reach -= 1
        if token.word in _NEGATORS or token.key in _NEGATOR_KEYS:
            before = tokens[at - 1].word if at else ""
            after = tokens[at + 1].word if at + 1 < len(tokens) else ""
            if before not in _IDLE_BEFORE and after not in _IDLE_AFTER:
                reach = _NEGATION_REACH
    return governed
