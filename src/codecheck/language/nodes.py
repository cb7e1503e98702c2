"""Phrases as data: their nodes, each kept once in a table that can be saved as JSON.

The phrases of a pack repeat themselves: "(resident|tenant|customer)" stands in hundreds of them. A table holds every
node once, as a row of plain values, so that a node is looked for in a document once, whatever number of phrases it is
part of, and so that a pack need not be parsed again in the next run. Rows refer to other rows by their number:

    ["key", "complaint"]      a word in any inflection; likewise "exact", "prefix" and "number"
    ["gap", 6]                up to so many words of any kind
    ["ref", "ombudsman"]      a concept
    ["words", false, [0, 4]]  one of several words; true if none of them will do as well
    ["choice", true, [[0, 4], [7]]]  one of several sequences, likewise
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

_WORD_KINDS = frozenset({"key", "exact", "prefix", "number"})

# A node is itself, not what it says: it is looked up for every phrase that has it, and its identity is quickly hashed.


@dataclass(slots=True, eq=False)
class Word:
    """A word: ``how`` is "key" (any inflection), "exact", "prefix" or "number"."""

    text: str
    how: str
    optional: ClassVar[bool] = False


@dataclass(slots=True, eq=False)
class Words:
    """One of several single words, those in any inflection by their ``keys``; ``optional`` if it may be missing."""

    keys: frozenset[str]
    others: tuple[Word, ...]
    optional: bool


@dataclass(slots=True, eq=False)
class Choice:
    """One of several sequences; ``optional`` if none of them will do as well."""

    options: tuple[tuple[Node, ...], ...]
    optional: bool


@dataclass(slots=True, eq=False)
class Gap:
    """Up to ``most`` words of any kind within the sentence."""

    most: int
    optional: ClassVar[bool] = True


@dataclass(slots=True, eq=False)
class Ref:
    """Any phrase of a concept."""

    name: str
    optional: ClassVar[bool] = False


Node = Word | Words | Choice | Gap | Ref
Nodes = tuple[Node, ...]
Row = Sequence[Any]


class NodeTable:
    """Every node of some phrases once, by number; a node is made from its row when it is first asked for."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows: list[Row] = list(rows)
        self._made: list[Node | None] = [None] * len(self.rows)
        self._numbers: dict[Row, int] | None = None if rows else {}

    def add(self, row: Row) -> int:
        """Return the number of ``row``, adding it if it is new; rows are tuples all the way down."""
        if self._numbers is None:
            self._numbers = {_frozen(known): number for number, known in enumerate(self.rows)}
        number = self._numbers.setdefault(row, len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
            self._made.append(None)
        return number

    def single_words(self, sequences: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], list[Sequence[int]]]:
        """Part sequences into single words, which can be looked for together, and the others."""
        words: list[int] = []
        others: list[Sequence[int]] = []
        for numbers in sequences:
            kind, *rest = self.rows[numbers[0]]
            if len(numbers) == 1 and kind in _WORD_KINDS:
                words.append(numbers[0])
            elif len(numbers) == 1 and kind == "words" and not rest[0]:
                words += rest[1]
            else:
                others.append(numbers)
        return tuple(dict.fromkeys(words)), others

    def nodes(self, numbers: Sequence[int]) -> Nodes:
        """Return the nodes of a sequence."""
        made = self._made
        return tuple([made[number] or self._node(number) for number in numbers])

    def _node(self, number: int) -> Node:
        kind, *rest = self.rows[number]
        node: Node
        if kind == "words":
            node = self._words(*rest)
        elif kind == "choice":
            node = Choice(tuple(self.nodes(option) for option in rest[1]), rest[0])
        elif kind == "gap":
            node = Gap(rest[0])
        elif kind == "ref":
            node = Ref(rest[0])
        else:
            node = Word(rest[0], kind)
        self._made[number] = node
        return node

    def _words(self, optional: bool, numbers: Sequence[int]) -> Words:
        rows = [self.rows[number] for number in numbers]
        keys = frozenset([row[1] for row in rows if row[0] == "key"])
        others = [number for number, row in zip(numbers, rows, strict=True) if row[0] != "key"]
        return Words(keys, self.nodes(others), optional)  # type: ignore[arg-type]  # single words all of them


def _frozen(row: Any) -> Any:
    return tuple(_frozen(part) for part in row) if isinstance(row, (list, tuple)) else row


def can_be_empty(sequence: Nodes) -> bool:
    """Tell whether a sequence could match no word at all."""
    return all(
        node.optional or (isinstance(node, Choice) and any(can_be_empty(option) for option in node.options))
        for node in sequence
    )


def references(sequence: Nodes) -> Iterator[str]:
    """Yield the names of the concepts that a sequence refers to."""
    for node in sequence:
        if isinstance(node, Ref):
            yield node.name
        elif isinstance(node, Choice):
            for option in node.options:
                yield from references(option)
