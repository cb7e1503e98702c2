"""A tower of the network as it is trained, in torch. codecheck.second_reader.tower does the same in numpy.

The names of its layers are those of the arrays in the exported file: ``conv``, ``wide``, ``up``, ``n``, ``f``, ``h``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from examples import Passage
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from codecheck.second_reader.tower import APART
from codecheck.second_reader.vocabulary import MOST_TOKENS, UNKNOWN, Vocabulary

_STAGES, _STAGE_WIDTH = 4, 64
_FAR = -1e4
_RARE = -3.0  # of a point's first score: any one point is made by few passages


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a tower is: the width of a word's vector, the features of a part."""

    width: int = 96
    features: int = 256


class Batch(NamedTuple):
    """Passages for a tower: their parts' words, where there are any, which parts each has, and its stage.

    The first column of ``members`` is the heading; -1 stands for no part.
    """

    words: Tensor
    there: Tensor
    members: Tensor
    stages: Tensor


class Row(NamedTuple):
    """A passage by the numbers of its heading (-1 for none) and parts."""

    stage: int
    members: list[int]


class Parts:
    """The parts of all passages, each once, as the numbers of their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._place: dict[str, int] = {}
        self._numbers: list[list[int]] = []

    def row(self, passage: Passage) -> Row:
        """Return the row of a passage; its parts are kept."""
        heading = self._part(passage.heading) if passage.heading else -1
        return Row(passage.stage, [heading, *map(self._part, passage.parts)])

    def longest(self, row: Row) -> int:
        """Return how many words the longest part of a row has."""
        return max(len(self._numbers[part]) for part in row.members if part >= 0)

    def batch(self, rows: Sequence[Row], dropped: float = 0.0) -> Batch:
        """Return rows as a batch, in which a share of the words, ``dropped``, is made unknown."""
        needed = sorted({part for row in rows for part in row.members if part >= 0})
        place = {part: at for at, part in enumerate(needed)} | {-1: -1}
        numbers = [torch.tensor(self._numbers[part]) for part in needed]
        words = nn.utils.rnn.pad_sequence(numbers, batch_first=True)
        there = nn.utils.rnn.pad_sequence([torch.ones_like(one) for one in numbers], batch_first=True) > 0
        if dropped:
            words[(torch.rand(words.shape) < dropped) & there] = UNKNOWN
        members = [torch.tensor([place[part] for part in row.members]) for row in rows]
        return Batch(
            words,
            there,
            nn.utils.rnn.pad_sequence(members, batch_first=True, padding_value=-1),
            torch.tensor([row.stage for row in rows]),
        )

    def _part(self, text: str) -> int:
        if text not in self._place:
            self._place[text] = len(self._numbers)
            self._numbers.append(self._vocabulary.numbers(text))
        return self._place[text]


class TrainedTower(nn.Module):
    """Scores passages on each point: each part is read once, and a passage is its parts, its heading and its stage.

    A word's vector is its first one, which stays, through ``project``, and what is ``learnt`` of it besides.
    """

    def __init__(self, vectors: NDArray[np.float32], points: int, shape: Shape) -> None:
        super().__init__()
        words, given = vectors.shape
        width, features = shape.width, shape.features
        self.given = nn.Embedding.from_pretrained(torch.from_numpy(vectors), freeze=True)
        self.project = nn.Linear(given, width, bias=False)
        self.learnt = nn.Embedding(words, width, sparse=True)
        self.pos = nn.Embedding(MOST_TOKENS, width)
        self.conv = nn.Conv1d(width, width, 5, padding=2)
        # "Not", "unless" and what they are said of may stand some words apart.
        self.wide = nn.Conv1d(width, width, 5, padding=2 * APART["wide"], dilation=APART["wide"])
        self.up = nn.Linear(width, features)  # widened before the largest is taken: a part may show many features
        self.stage = nn.Embedding(_STAGES, _STAGE_WIDTH)
        joined = 2 * features + width + _STAGE_WIDTH
        self.n, self.f, self.h = nn.LayerNorm(joined), nn.Linear(joined, features), nn.Linear(features, points)
        nn.init.zeros_(self.learnt.weight)
        nn.init.normal_(self.pos.weight, std=0.02)
        nn.init.constant_(self.h.bias, _RARE)

    def forward(self, batch: Batch) -> Tensor:
        """Return the scores of a batch: a row a passage, a column a point."""
        features = self.up.out_features
        there = batch.members >= 0
        said = self.read_parts(batch.words, batch.there)[batch.members.clamp(min=0)]
        body = there[:, 1:, None]
        most = (said[:, 1:, :features] * body).amax(1)  # no feature is negative: nothing takes the place of no part
        mean = (said[:, 1:, features:] * body).sum(1) / body.sum(1).clamp(min=1)
        head = said[:, 0, :features] * there[:, :1]
        joined = torch.cat([most, head, mean, self.stage(batch.stages)], 1)
        hidden = functional.relu(self.f(functional.dropout(self.n(joined), 0.15, self.training)))
        scores: Tensor = self.h(functional.dropout(hidden, 0.15, self.training))
        return scores

    def read_parts(self, words: Tensor, there: Tensor) -> Tensor:
        """Return what each part says: the largest of each feature over its words, then their mean."""
        known = there.unsqueeze(-1)
        x = self.project(functional.dropout(self.given(words), 0.1, self.training)) + self.learnt(words)
        x = (x + self.pos.weight[: words.shape[1]]) * known
        x = (x + functional.relu(self.conv(x.transpose(1, 2)).transpose(1, 2))) * known
        x = x + functional.relu(self.wide(x.transpose(1, 2)).transpose(1, 2))
        most = self.up(x).masked_fill(~known, _FAR).amax(1)
        return torch.cat([functional.relu(most), (x * known).sum(1) / known.sum(1)], 1)
