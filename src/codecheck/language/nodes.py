"""Phrases as data: their nodes, each kept once in a table that can be saved as JSON.

The phrases of a pack repeat themselves: "(resident|tenant|customer)" stands in hundreds of them. A table holds every
node once, as a row of plain values, so that a node is looked for in a document once, whatever number of phrases it is
part of, and so that a pack need not be parsed again in the next run. Rows refer to other rows by their number:

    ["key", "complaint"]      a word in any inflection; likewise "exact", "prefix" and "number"
    ["gap", 6]                up to so many words of any kind
    ["ref", "ombudsman"]      a concept
    ["words", false, "reply answer", [4]]  one of several words, in any inflection or as in row 4
    ["choice", true, [[0, 4], [7]]]        one of several sequences; true: or none of them
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

_SINGLE = frozenset({"key", "exact", "prefix", "number", "words"})

# A node is itself, not what it says: it is looked up for every phrase that has it, and its identity is quickly hashed.
# ``number`` is that of its row, in the table of the lexicon that it is part of.


@dataclass(slots=True, eq=False)
class Word:
    """A word: ``how`` is "key" (any inflection), "exact", "prefix" or "number"."""

    text: str
    how: str
    number: int
    optional: ClassVar[bool] = False


@dataclass(slots=True, eq=False)
class Words:
    """One of several words, by ``keys`` those in any inflection; ``optional`` if none of them will do as well."""

    keys: frozenset[str]
    others: tuple[Word, ...]
    optional: bool
    number: int


class Choice:
    """One of several sequences; ``optional`` if none of them will do as well.

    The nodes of its options are made when they are first asked for: many a phrase is dropped before.
    """

    __slots__ = ("_made", "_options", "_table", "number", "optional")

    def __init__(self, table: NodeTable, options: Sequence[Sequence[int]], optional: bool, number: int) -> None:
        self._table = table
        self._options = options
        self._made: list[Nodes] | None = None
        self.optional: bool = optional
        self.number = number

    @property
    def options(self) -> Sequence[Nodes]:
        """The sequences, each of which will do."""
        if self._made is None:
            self._made = [self._table.nodes(option) for option in self._options]
        return self._made


@dataclass(slots=True, eq=False)
class Gap:
    """Up to ``most`` words of any kind within the sentence."""

    most: int
    number: int
    optional: ClassVar[bool] = True


@dataclass(slots=True, eq=False)
class Ref:
    """Any phrase of a concept."""

    name: str
    number: int
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

    def choice(self, sequences: Iterable[Sequence[int]], *, optional: bool) -> int:
        """Add a choice of ``sequences``; those that are a single word are put together, to be looked for together."""
        keys: dict[str, None] = {}
        others: dict[int, None] = {}
        longer: dict[Sequence[int], None] = {}
        for numbers in sequences:
            kind, *rest = self.rows[numbers[0]]
            if len(numbers) > 1 or kind not in _SINGLE or (kind == "words" and rest[0]):
                longer[numbers] = None
            elif kind == "words":
                keys |= dict.fromkeys(rest[1].split())
                others |= dict.fromkeys(rest[2])
            elif kind == "key":
                keys[rest[0]] = None
            else:
                others[numbers[0]] = None
        if not longer:
            return self.add(("words", optional, " ".join(keys), tuple(others)))
        if keys or others:
            longer[(self.add(("words", False, " ".join(keys), tuple(others))),)] = None
        return self.add(("choice", optional, tuple(longer)))

    def nodes(self, numbers: Sequence[int]) -> Nodes:
        """Return the nodes of a sequence."""
        made = self._made
        return tuple([made[number] or self.node(number) for number in numbers])

    def node(self, number: int) -> Node:
        """Return one node."""
        known = self._made[number]
        if known is None:
            known = self._made[number] = self._node(number, self.rows[number])
        return known

    def _node(self, number: int, row: Row) -> Node:
        kind = row[0]
        if kind == "words":
            others: tuple[Word, ...] = self.nodes(row[3])  # type: ignore[assignment]  # all of them are Word
            return Words(frozenset(row[2].split()), others, row[1], number)
        if kind == "choice":
            return Choice(self, row[2], row[1], number)
        if kind == "gap":
            return Gap(row[1], number)
        if kind == "ref":
            return Ref(row[1], number)
        return Word(row[1], kind, number)


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
