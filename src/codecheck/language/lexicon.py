"""The lexicon: concepts, each a list of phrases in the phrase language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codecheck.language import phrases
from codecheck.language.phrases import PhraseError


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase ready to be matched, with the words and the concepts that a match of it can begin with."""

    sequence: phrases.Sequence_
    first_words: tuple[phrases.Word, ...]
    first_refs: tuple[str, ...]


class Lexicon:
    """Concepts by name. Phrases outside the lexicon may refer to its concepts too."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        """Compile ``concepts``; raise PhraseError, naming concept and phrase, where one is not well formed."""
        self._concepts: dict[str, tuple[Compiled, ...]] = {}
        self._phrases: dict[str, Compiled] = {}
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

    def phrase(self, text: str) -> Compiled:
        """Compile a phrase once and keep it; raise PhraseError if it is not well formed or names no concept."""
        known = self._phrases.get(text)
        if known is None:
            known = _compile(text)
            self._check_refs(known, f"phrase {text!r}")
            self._phrases[text] = known
        return known

    def concept(self, name: str) -> tuple[Compiled, ...]:
        """Return the compiled phrases of a concept; raise KeyError if there is none of that name."""
        return self._concepts[name]

    def _check_refs(self, compiled: Compiled, where: str) -> None:
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


def _compile(phrase: str) -> Compiled:
    sequence = phrases.parse(str(phrase))
    words, refs = phrases.first_words(sequence)
    return Compiled(sequence, tuple(words), tuple(refs))
