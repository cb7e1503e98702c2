"""Targets: for each example and point, whether the example makes it, and how much that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from examples import ANNOTATED, EXCERPT, Example
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much it counts that an example makes a point, or does not.

    ``told`` where the example names the point; ``missing`` where its document as a whole does not make it; else as its
    being left out counts: little for a case or an excerpt, whose author thought of one point alone, more for a
    document, if its writer names the point in any of his documents: most went through the elements and the contrary
    entries of tier A only. What is unsure does not count.
    """

    told: float = 1.0
    missing: float = 0.6
    document: float = 0.25
    case: float = 0.05


@dataclass(frozen=True, slots=True)
class Targets:
    """A row an example: ``made`` and ``weight`` with a column a point, and how likely an epoch is to take the row."""

    made: Floats
    weight: Floats
    taken: Floats


def targets_of(examples: Sequence[Example], points: Sequence[str], weights: Weights | None = None) -> Targets:
    """Return the targets of examples. Points that are not among ``points`` are left out."""
    weights = weights or Weights()
    column = {point: number for number, point in enumerate(points)}
    made = np.zeros((len(examples), len(points)), np.float32)
    weight = np.zeros_like(made)
    taken = np.ones(len(examples), np.float32)
    left_out = _left_out(examples, column, weights)
    for row, example in enumerate(examples):
        weight[row] = left_out.get(example.writer, weights.case) if example.kind == ANNOTATED else weights.case
        for names, counts in (
            (example.missing, weights.missing),
            (example.denied, weights.told),
            (example.unsure, 0.0),
            (example.made, weights.told),
        ):
            weight[row, _columns(names, column)] = counts
        made[row, _columns(example.made, column)] = 1
        # Most windows of a document are about other things: half of them at a time are enough.
        if example.kind in (ANNOTATED, EXCERPT) and not _columns((*example.made, *example.denied), column):
            taken[row] = 0.5
    return Targets(made, weight, taken)


def _left_out(examples: Sequence[Example], column: dict[str, int], weights: Weights) -> dict[str, Floats]:
    """Return, for each writer of documents, how much it counts of each point that a document does not name it."""
    found: dict[str, Floats] = {}
    for example in examples:
        if example.kind == ANNOTATED:
            counts = found.setdefault(example.writer, np.full(len(column), weights.case, np.float32))
            named = (*example.made, *example.denied, *example.unsure, *example.missing)
            counts[_columns(named, column)] = weights.document
    return found


def _columns(names: Sequence[str], column: dict[str, int]) -> list[int]:
    return [column[name] for name in names if name in column]
