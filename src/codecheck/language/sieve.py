"""Which runs can hold each node of a pack's phrases at all, worked out for all nodes at once.

Most patterns of a pack fail on a document because no sentence has all their words. Asking that of one phrase after the
other means visiting ten thousand nodes; with the nodes in arrays, numpy does it for all twenty thousand in a fraction
of the time. A ``Plan`` is how the nodes of a table depend on one another, the same for every document, and is kept with
the pack; a ``Sieve`` is what comes of it for one document. Small ones, such as the cases of rules, are faster without.
"""

from __future__ import annotations

import base64
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from codecheck.language.nodes import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from codecheck.language.places import Places

_T = TypeVar("_T")
_NO_WORD = ("key", "")
_OPTIONAL_KINDS = frozenset({"words", "choice"})


@dataclass(frozen=True, slots=True)
class Plan:
    """The nodes of a table, which has ``size`` rows, by level: those of one level depend on lower ones only.

    On the lowest level each node is any of several ``words``, which are rows of the table: ("key", "complaint"). It has
    three arrays: the nodes, where the words of each begin, places in ``words``. On those above, each node is any of
    several options, and an option is all of several items: nodes, where the options of each begin, where the items of
    each option begin, items, which are nodes of lower levels. One item, the number of rows, stands for what every run
    has. Arrays are text that is read faster than a list in JSON (see ``_packed``).
    """

    size: int
    words: Sequence[Row]
    levels: Sequence[Sequence[str]]


def plan_of(rows: Sequence[Row], concepts: Mapping[str, int]) -> Plan:
    """Return the plan of a table's ``rows``, given the number of the row of each concept."""
    everything = len(rows)
    words: dict[Row, int] = {}

    def place(word: Row) -> int:
        return words.setdefault(tuple(word), len(words))

    def items(option: Sequence[int]) -> list[int]:
        """Return what an option cannot do without."""
        needed = [n for n in option if rows[n][0] != "gap" and not (rows[n][0] in _OPTIONAL_KINDS and rows[n][1])]
        return needed or [everything]

    options: dict[int, list[list[int]]] = {}
    lowest: list[tuple[int, list[int]]] = []
    for number, (kind, *rest) in enumerate(rows):
        if kind == "words":
            any_of = [*(("key", key) for key in rest[1].split()), *(rows[other] for other in rest[2])]
            lowest.append((number, [place(word) for word in any_of or [_NO_WORD]]))
        elif kind == "choice":
            options[number] = [items(option) for option in rest[1]]
        elif kind == "ref":
            options[number] = [[concepts[rest[0]]]] if rest[0] in concepts else [[everything]]
        elif kind != "gap":
            lowest.append((number, [place(rows[number])]))
    levels: dict[int, int] = {}

    def level(number: int) -> int:
        known = levels.get(number)
        if known is None:
            of_items = (level(item) for option in options.get(number, ()) for item in option)
            known = levels[number] = 1 + max(of_items) if number in options else 0
        return known

    by_level: dict[int, list[tuple[int, list[list[int]]]]] = {}
    for number, listed in options.items():
        by_level.setdefault(level(number), []).append((number, listed))
    of_words, word_starts = _joined(listed for _, listed in lowest)
    arrays = [[_packed(one) for one in ([number for number, _ in lowest], word_starts, of_words)]]
    arrays += [_level(by_level[one]) for one in sorted(by_level)]
    return Plan(len(rows), list(words), arrays)


def _level(nodes: Sequence[tuple[int, list[list[int]]]]) -> list[str]:
    options, option_starts = _joined(listed for _, listed in nodes)
    items, item_starts = _joined(options)
    return [_packed(one) for one in ([number for number, _ in nodes], option_starts, item_starts, items)]


def _joined(lists: Iterable[Sequence[_T]]) -> tuple[list[_T], list[int]]:
    """Return the members of all lists in one, and where those of each begin."""
    joined: list[_T] = []
    starts: list[int] = []
    for one in lists:
        starts.append(len(joined))
        joined += one
    return joined, starts


def _packed(numbers: Sequence[int]) -> str:
    """Return numbers as text: four bytes each, the lowest first, in base 64."""
    packed = array("i", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return base64.b64encode(packed.tobytes()).decode("ascii")


class Sieve:
    """For each node of a plan, the runs of one document that can hold it, and which of its options any can hold."""

    def __init__(self, plan: Plan, places: Places) -> None:
        import numpy as np  # late: small documents do without

        self.size = plan.size
        self._bytes = 8 * (places.runs // 64 + 1)

        def rows_of(sets: Iterable[int]) -> NDArray[np.uint64]:
            joined = b"".join([one.to_bytes(self._bytes, "little") for one in sets])
            return np.frombuffer(joined, dtype="<u8").reshape(-1, self._bytes // 8)

        (nodes, starts, of_words), *levels = (list(map(_unpacked, level)) for level in plan.levels)
        words = rows_of(places.runs_with(how, text) for how, text in plan.words)
        known = np.zeros((plan.size + 1, self._bytes // 8), dtype="<u8")
        known[plan.size] = rows_of([places.all_runs])
        known[nodes] = np.bitwise_or.reduceat(words.take(of_words, axis=0), starts)
        first_option = np.zeros(plan.size, dtype=np.intp)
        possible: list[bytes] = []
        count = 0
        for nodes, option_starts, item_starts, items in levels:
            options = np.bitwise_and.reduceat(known.take(items, axis=0), item_starts)
            known[nodes] = np.bitwise_or.reduceat(options, option_starts)
            first_option[nodes] = option_starts + count
            possible.append(options.any(axis=1).tobytes())
            count += len(item_starts)
        self._possible = b"".join(possible)
        self._first_option = first_option.tolist()
        self._known = known.tobytes()

    def runs(self, number: int) -> int:
        """Return the runs that can hold the node ``number``, as a set."""
        return int.from_bytes(self._known[number * self._bytes : (number + 1) * self._bytes], "little")

    def options(self, number: int, count: int) -> bytes:
        """Return, for each of the ``count`` options of the node ``number``, 1 if any run can hold it, else 0."""
        first = self._first_option[number]
        return self._possible[first : first + count]


@lru_cache(maxsize=200)  # some fifty arrays a pack, for all documents that it is held against
def _unpacked(text: str) -> NDArray[np.intp]:
    import numpy as np

    return np.frombuffer(base64.b64decode(text), dtype="<i4").astype(np.intp)
