"""The vocabulary of a network: a text as the numbers of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

PADDING, UNKNOWN, NUMBER = range(3)
SPECIAL = ("<pad>", "<unk>", "<num>")
MOST_TOKENS = 70  # of a part
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[^\w\s]")


def words_of(text: str) -> list[str]:
    """Return the words, numbers and marks of a text as the vocabulary has them."""
    return _WORD.findall(text.lower().replace("’", "'"))


class Vocabulary:
    """Words by number: first the padding, the unknown word and the number that is not a word of its own."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._number = {word: number for number, word in enumerate(self.words)}

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's words, no more than ``MOST_TOKENS``; never none."""
        return [self._of(word) for word in words_of(text)[:MOST_TOKENS]] or [UNKNOWN]

    def _of(self, word: str) -> int:
        found = self._number.get(word)
        if found is None and word.endswith("'s"):
            found = self._number.get(word[:-2])
        if found is None:
            found = NUMBER if word.isdigit() else UNKNOWN
        return found
