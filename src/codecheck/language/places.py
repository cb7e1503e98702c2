"""The places of a document's words, as sets that can be reckoned with.

The tokens of all runs (sentences, mostly) stand in one line, each run followed by a place that holds no word, its end.
A set of places is an integer, bit p standing for place p.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from codecheck.language.nodes import Word, Words
from codecheck.language.tokens import SENTENCE_END, Token

# Up to two of these may stand before any word of a phrase but the first.
FILLERS = frozenset(
    (
        "the a an your their our his her its my this that these those such also then clearly fully promptly always "
        "simply directly properly carefully personally immediately quickly please ,"
    ).split()
)
# Lengths, each with the places from which it may be gone or not, one after the other.
Strides = list[tuple[int, int]]


class Places:
    """Where the words of some runs stand. ``everywhere`` is every place, ``begins`` and ``spans`` where each
    run begins and its places.

    ``runs`` is the number of runs, ``all_runs`` the set of their numbers.
    """

    def __init__(self, runs: Sequence[Sequence[Token]]) -> None:
        by_key: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._runs_by_key: dict[str, int] = {}
        self._runs_by_word: dict[str, int] = {}
        self.runs = len(runs)
        self.all_runs = (1 << len(runs)) - 1
        self.begins: list[int] = []
        self.spans: list[int] = []
        ends: list[int] = []
        place, run = 0, 1
        for tokens in runs:
            self.begins.append(place)
            self.spans.append((1 << len(tokens)) - 1 << place)
            for word, key, _, _ in tokens:
                by_key.setdefault(key, []).append(place)
                self._by_word.setdefault(word, []).append(place)
                self._runs_by_key[key] = self._runs_by_key.get(key, 0) | run
                self._runs_by_word[word] = self._runs_by_word.get(word, 0) | run
                place += 1
            ends.append(place)
            place, run = place + 1, run << 1
        self._size = place
        self.everywhere = (1 << place) - 1
        self._inside = self.everywhere & ~self._set(ends)
        self._vocabulary = sorted(self._by_word)
        self._by_key = {key: self._set(places) for key, places in by_key.items()}
        self._keys = frozenset(by_key)
        self._fillers = self._of_words(FILLERS)
        self._known: dict[Word, int] = {}
        self._before: list[int] = [self.everywhere]
        self._strides: dict[int, Strides] = {}

    def of(self, node: Word | Words) -> int:
        """Return the places of a word, or of any of several."""
        if isinstance(node, Words):
            found = 0
            for key in node.keys & self._keys:
                found |= self._by_key[key]
            for word in node.others:
                found |= self._of_word(word)
            return found
        return self._by_key.get(node.text, 0) if node.how == "key" else self._of_word(node)

    def runs_of(self, node: Word | Words) -> int:
        """Return the runs that have a word, or any of several."""
        if isinstance(node, Word):
            return self.runs_with(node.how, node.text)
        found = 0
        for key in node.keys & self._keys:
            found |= self._runs_by_key[key]
        for word in node.others:
            found |= self.runs_with(word.how, word.text)
        return found

    def runs_with(self, how: str, text: str) -> int:
        """Return the runs that have a word, given as in ``Word``."""
        if how == "key":
            return self._runs_by_key.get(text, 0)
        found = 0
        for word in self._words(how, text):
            found |= self._runs_by_word.get(word, 0)
        return found

    def before_words(self, count: int) -> int:
        """Return the places from which ``count`` words follow within the sentence."""
        while len(self._before) <= count:
            if len(self._before) == 1:
                self._before.append(self._inside & ~self._of_words(SENTENCE_END))
            else:
                self._before.append(self._before[-1] & self._before[1] >> len(self._before) - 1)
        return self._before[count]

    def strides(self, most: int) -> Strides:
        """Return what may stand between two nodes: any words, ``most`` at most, then up to two that mean nothing."""
        known = self._strides.get(most)
        if known is None:
            known, left, length = [], most, 1
            while left:
                # Strides of 1, 2, 4 and so on, each taken or not, make up every length.
                length = min(length, left)
                known.append((length, self.before_words(length)))
                left, length = left - length, length * 2
            known += [(1, self._fillers), (1, self._fillers)]
            self._strides[most] = known
        return known

    def _of_word(self, word: Word) -> int:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._of_words(self._words(word.how, word.text))
        return known

    def _words(self, how: str, text: str) -> Sequence[str]:
        """Return the words of the document that a word of a phrase stands for, other than by its key."""
        if how == "exact":
            return (text,)
        return self._beginning(text) if how == "prefix" else self._numbers

    @cached_property
    def _numbers(self) -> list[str]:
        return [word for word in self._vocabulary if word[0].isdigit()]

    def _of_words(self, words: Iterable[str]) -> int:
        return self._set([place for word in words for place in self._by_word.get(word, ())])

    def _beginning(self, prefix: str) -> list[str]:
        """Return the words of the document that begin with ``prefix``."""
        first = bisect_left(self._vocabulary, prefix)
        return self._vocabulary[first : bisect_left(self._vocabulary, prefix + "\uffff", first)]

    def _set(self, places: Sequence[int]) -> int:
        if not places:
            return 0
        bits = bytearray(self._size // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")


def members(places: int) -> Iterator[int]:
    """Yield the members of a set in order."""
    while places:
        yield (places & -places).bit_length() - 1
        places &= places - 1
