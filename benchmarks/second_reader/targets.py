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
    document, whose writer went through all of them. What is unsure does not count.
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
    for row, example in enumerate(examples):
        weight[row] = weights.document if example.kind == ANNOTATED else weights.case
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


def _columns(names: Sequence[str], column: dict[str, int]) -> list[int]:
    return [column[name] for name in names if name in column]
