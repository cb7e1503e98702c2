"""The words of a paragraph out of its lines: divided words rejoined, marks at the start told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from codecheck.documents.cleaning import clean
from codecheck.documents.pdf_lines import HYPHEN, Line

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W_]+(?:[-‐‑][^\W_]+)*)$")
_FIRST_PART = re.compile(r"^([^\W_]+(?:[-‐‑][^\W_]+)*)")
# Before these a hyphen belongs to the word, unless the document writes it in one.
_PREFIXES = frozenset({"self", "non", "ex", "well", "post", "pre", "co", "follow", "face", "cross", "all"})


class Vocabulary:
    """The words that occur in a document, hyphenated and not, to tell a divided word from a compound one."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: set[str] = set()
        for line in lines:
            text = line.text.lower()
            # The halves of a divided word are no words.
            text = text.rsplit(None, 1)[0] if text.endswith(HYPHEN) and " " in text else text.rstrip(HYPHEN)
            for word in _WORD.findall(text):
                self._words.add(word.replace("‐", "-").replace("‑", "-"))

    def join(self, before: str, after: str) -> str:
        """Join two lines, the first of which ends with a divided word (without its hyphen)."""
        head, tail = _LAST_PART.search(before), _FIRST_PART.search(after)
        if not head or not tail:
            return f"{before}-{after}"
        return before + ("-" if self._keeps_hyphen(head[1].lower(), tail[1].lower()) else "") + after

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        if any(part.isdigit() for part in (head[-1], tail[0])):
            return True
        if f"{head}-{tail}" in self._words:
            return True
        if head + tail in self._words:
            return False
        if "-" in head or head in _PREFIXES:
            return True
        return len(head) > 2 and len(tail) > 2 and head in self._words and tail in self._words


def join_lines(lines: Sequence[Line], words: Vocabulary) -> str:
    """Return the text of a paragraph, clean, with the mark at its start still in it."""
    text = ""
    for line in lines:
        if text.endswith(HYPHEN):
            text = words.join(text[:-1], line.text)
        elif text.endswith(("-", "‐")) and not text.endswith((" -", "--")) and line.text[:1].isalnum():
            text = text + line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    if text.endswith(HYPHEN):
        text = text[:-1] + "-"
    return clean(text.replace(HYPHEN, "-"))
