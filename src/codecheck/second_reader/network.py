"""The network: passages to a score for each point. Numpy only.

It is a few small towers, trained alike from other beginnings, whose scores are averaged: where one is mistaken, another
mostly is not. Each reads a part of a text once (see ``tower``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from codecheck.second_reader.tower import Floats, Tower
from codecheck.second_reader.vocabulary import Vocabulary


class Readable(Protocol):
    """A window, or anything else with a stage (0 for none, 3 for both), a heading ("" for none) and parts."""

    @property
    def stage(self) -> int:
        """The stage that it speaks for."""

    @property
    def heading(self) -> str:
        """What stands above it."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its texts."""


class Network:
    """A trained network: ``points`` are the ids of what it scores ("6.13/different-person", "!5.2/extra-stage").

    The arrays of a tower have its number before their name ("0.conv.weight").
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], header: Mapping[str, Any]) -> None:
        self.points: tuple[str, ...] = tuple(header["points"])
        self.column = {point: number for number, point in enumerate(self.points)}
        self.limits: Mapping[str, float] = header["limits"]
        self._examples, self._example_point = arrays["examples"], arrays["examples_point"]
        self._example_texts: Sequence[str] = header["examples"]
        self._vocabulary = Vocabulary(header["vocabulary"])
        self._towers = [Tower(_of_tower(arrays, number)) for number in range(header["towers"])]

    @classmethod
    def load(cls, path: Path) -> Network:
        """Load a network from the file that the training script wrote; raise OSError or ValueError if it cannot be."""
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(bytes(arrays.pop("header")).decode("utf-8"))
        return cls(arrays, header)

    def read(self, passages: Sequence[Readable]) -> Floats:
        """Return the last hidden layers for passages, a row each, the towers beside one another."""
        texts = dict.fromkeys(text for one in passages for text in (one.heading, *one.parts) if text)
        place = {text: number for number, text in enumerate(texts)}
        members = [[place[part] for part in one.parts if part] for one in passages]
        heads = [place.get(one.heading, -1) for one in passages]
        stages = [one.stage for one in passages]
        words = [self._vocabulary.numbers(text) for text in texts]
        return np.concatenate(
            [tower.hidden(tower.read_parts(words), members, heads, stages) for tower in self._towers], axis=1
        )

    def scores(self, hidden: Floats) -> Floats:
        """Return, for each row of ``hidden``, the score of each point: positive where it is likelier made than not."""
        each = np.split(hidden, len(self._towers), axis=1)
        found: Floats = np.mean([tower.scores(own) for tower, own in zip(self._towers, each, strict=True)], axis=0)
        return found

    def examples_of(self, point: str) -> tuple[str, ...]:
        """Return the texts of the examples that are kept of a point."""
        return tuple(self._example_texts[row] for row in self._example_rows(point))

    def nearest(self, point: str, hidden: Floats) -> str:
        """Return the text of the example of a point that is likest to one row of ``hidden``, "" if none is kept."""
        rows = self._example_rows(point)
        if not rows:
            return ""
        likeness = self._examples[rows].astype(np.float32) @ hidden
        return self._example_texts[rows[int(likeness.argmax())]]

    def _example_rows(self, point: str) -> list[int]:
        return [int(row) for row in np.flatnonzero(self._example_point == self.column[point])]


def _of_tower(arrays: Mapping[str, NDArray[Any]], number: int) -> dict[str, NDArray[Any]]:
    own = f"{number}."
    return {name.removeprefix(own): array for name, array in arrays.items() if name.startswith(own)}
