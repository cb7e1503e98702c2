"""The second reader: what a network makes of one document, point by point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from codecheck.language.statements import Statement
from codecheck.second_reader.network import Network
from codecheck.second_reader.tower import Floats
from codecheck.second_reader.windows import Window, windows

_USUAL_WINDOWS = 300
_EACH_SENTENCE = 1.5  # that is read together with others: what stands beside the point may mislead
# What the reader must be sure of to find an element, from how sure it is of the others that patterns do not find: as a
# logistic regression on the labelled policies has it (docs/second-reader.md), but that it is held within bounds.
_EVEN, _WEAKER, _OTHERS = 3.2, 1.0, 1.5
_LEAST, _MOST = 0.5, 3.5
_CLEAR, _PRIOR, _PRIOR_OF = 5.0, -1.0, 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """How far a window makes a point: ``score`` is positive where that is likelier than not. ``row`` is its number."""

    score: float
    window: Window
    row: int


class SecondReader:
    """Reads one document's sentences with a network, once and only when it is asked.

    A point is an element ("2.4/reasons") or, with a "!" before it, a contrary entry ("!5.2/extra-stage").
    """

    def __init__(self, network: Network, sentences: Sequence[Statement]) -> None:
        self._network = network
        self._sentences = sentences
        self._best: dict[str, float] = {}

    def get_used_to(self, missing: Sequence[tuple[str, int | None]]) -> None:
        """Learn how the document puts things from the points, with their stages, that no pattern finds in it.

        Where the reader is sure of most of them the landlord speaks in words of its own, and what is left likely is
        said too; where it is of none, the document is silent on them, and what looks like one of them likely is not.
        """
        lengths = np.asarray([len(window.statements) - 1 for window in self._windows], np.float32)
        able = np.asarray(
            [not any(one.off_topic or one.listed_out for one in window.statements) for window in self._windows],
            np.bool_,
        )
        at_stage = {
            stage: able & np.asarray([window.speaks_for(stage) for window in self._windows], np.bool_)
            for stage in {stage for _, stage in missing}
        }
        for point, stage in missing:
            speaks = at_stage[stage]
            if point in self._network.column and speaks.any():
                scores = self._scores[:, self._network.column[point]] - _EACH_SENTENCE * lengths
                self._best[point] = float(np.clip(scores[speaks].max(), -_CLEAR, _CLEAR))

    def limit_of_element(self, point: str, state: str) -> float:
        """Return how sure the reader must be to find an element that is "missing" or "weak" so far."""
        if point not in self._best:
            return self.limit("silent" if state == "missing" else "weak")
        others = sum(self._best.values()) - self._best[point]
        mean = (others + _PRIOR * _PRIOR_OF) / (len(self._best) - 1 + _PRIOR_OF)
        return min(max(_EVEN + _WEAKER * (state == "weak") - _OTHERS * mean, _LEAST), _MOST)

    def limit(self, decision: str) -> float:
        """Return how sure the reader must be (0 is even) of what it decides: "silent", "weak", "upheld" or "raised".

        The limits are those of a policy of usual length: each window more is a chance more to be mistaken. In a short
        text somewhat less is enough, but not to leave standing what patterns take against the Code.
        """
        limit = self._network.limits[decision]
        if decision == "upheld":
            return limit
        longer = log(max(len(self._windows), 1) / _USUAL_WINDOWS)
        return limit + max(longer, longer / 4)

    def knows(self, point: str) -> bool:
        """Tell whether the network was trained on a point."""
        return point in self._network.column

    def surest(
        self,
        point: str,
        limit: float,
        *,
        stage: int | None = None,
        headings: bool = True,
        without: Callable[[Statement], bool] = lambda statement: False,
        having: Callable[[Statement], bool] = lambda statement: True,
    ) -> Opinion | None:
        """Return the shortest window that makes a point at least to ``limit``, the surest of those; None if none does.

        Of each sentence more it must be surer. With a ``stage`` only windows that may speak for it are looked at,
        without ``headings`` none that is only a heading; what is about another process never is, nor is a window with a
        statement that is to be done ``without``, nor one in which no statement is ``having`` what is needed.
        """
        rows = np.flatnonzero(self._scores[:, self._network.column[point]] >= limit)
        able = [
            one
            for row in rows
            if (one := self._opinion(int(row), point)).window.speaks_for(stage)
            and one.score >= limit + _EACH_SENTENCE * (len(one.window.statements) - 1)
            and not any(statement.off_topic or without(statement) for statement in one.window.statements)
            and any(having(statement) for statement in one.window.statements)
            and (headings or one.window.statements[0].clause.kind != "heading")
        ]
        return min(able, key=lambda one: (len(one.window.statements), -one.score), default=None)

    def likeliest(self, point: str, statement: Statement) -> float:
        """Return how far a statement makes a point: the most of its windows, and of its words read by themselves.

        What is around them may make a plain sentence look harmless.
        """
        column = self._network.column[point]
        rows = [row for row in self._rows_of.get(statement.clause.index, ()) if _shares(self._windows[row], statement)]
        alone = self._network.read([Window(0, "", (statement.quote,), (statement,))])
        return max([float(self._network.scores(alone)[0, column]), *(float(self._scores[row, column]) for row in rows)])

    def nearest(self, point: str, opinion: Opinion) -> str:
        """Return the example of a point that is likest to what was read, "" if none is kept."""
        return self._network.nearest(point, self._hidden[opinion.row])

    def _opinion(self, row: int, point: str) -> Opinion:
        return Opinion(float(self._scores[row, self._network.column[point]]), self._windows[row], row)

    @cached_property
    def _windows(self) -> tuple[Window, ...]:
        return tuple(windows(self._sentences))

    @cached_property
    def _hidden(self) -> Floats:
        return self._network.read(self._windows)

    @cached_property
    def _scores(self) -> Floats:
        return self._network.scores(self._hidden)

    @cached_property
    def _rows_of(self) -> dict[int, list[int]]:
        """The windows, by number, in which each clause has a part."""
        found: dict[int, list[int]] = {}
        for row, window in enumerate(self._windows):
            for clause in {statement.clause.index for statement in window.statements}:
                found.setdefault(clause, []).append(row)
        return found


@lru_cache(maxsize=4)
def load_network(path: str) -> Network | None:
    """Return the network in a file, None where there is none or it cannot be read: patterns then decide alone."""
    try:
        return Network.load(Path(path))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def _shares(window: Window, statement: Statement) -> bool:
    return any(
        one.clause.index == statement.clause.index and (one.quote in statement.quote or statement.quote in one.quote)
        for one in window.statements
    )
