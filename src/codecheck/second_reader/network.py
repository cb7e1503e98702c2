"""The network: parts of text to vectors, and the vectors of a window to a score for each point. Numpy only.

Each part is read once: its words' vectors, a convolution over five words, and one over five that stand two apart. What
a window says is then the largest of each feature over its parts, beside its heading and its stage.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from codecheck.second_reader.vocabulary import Vocabulary

Floats = NDArray[np.float32]

APART = {"conv": 1, "wide": 2}  # how far apart the words of each convolution stand, in the order of the layers
_AT_ONCE = 48  # parts: enough to keep the processor busy, few enough to stay in its cache
_FAR = np.float32(-1e4)


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
    """A trained network: ``points`` are the ids of what it scores ("6.13/different-person", "!5.2/extra-stage")."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], header: Mapping[str, Any]) -> None:
        self.points: tuple[str, ...] = tuple(header["points"])
        self.column = {point: number for number, point in enumerate(self.points)}
        self.limits: Mapping[str, float] = header["limits"]
        self._examples, self._example_point = arrays["examples"], arrays["examples_point"]
        self._example_texts: Sequence[str] = header["examples"]
        self._vocabulary = Vocabulary(header["vocabulary"])
        self._arrays: dict[str, Floats] = {
            name: array.astype(np.float32)
            for name, array in arrays.items()
            if not name.startswith(("words", "examples"))
        }
        self._flat = {  # from: out, in, places
            name: np.ascontiguousarray(weight.transpose(2, 1, 0).reshape(-1, weight.shape[0]))
            for name in APART
            for weight in (self._arrays[f"{name}.weight"],)
        }
        self._word_vectors, self._word_scale = arrays["words"], arrays["words_scale"].astype(np.float32)

    @classmethod
    def load(cls, path: Path) -> Network:
        """Load a network from the file that the training script wrote; raise OSError or ValueError if it cannot be."""
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(bytes(arrays.pop("header")).decode("utf-8"))
        return cls(arrays, header)

    def read(self, passages: Sequence[Readable]) -> Floats:
        """Return the last hidden layer for passages, a row each; each part of them is read once."""
        texts = dict.fromkeys(text for one in passages for text in (one.heading, *one.parts) if text)
        place = {text: number for number, text in enumerate(texts)}
        members = [[place[part] for part in one.parts if part] for one in passages]
        heads = [place.get(one.heading, -1) for one in passages]
        return self.hidden(self.read_parts(list(texts)), members, heads, [one.stage for one in passages])

    def read_parts(self, parts: Sequence[str]) -> Floats:
        """Return what each part says, a row each: the features that the network looks for, then its mean."""
        tokens = [self._vocabulary.numbers(part) for part in parts]
        order = sorted(range(len(parts)), key=lambda at: len(tokens[at]))
        rows: Floats = np.zeros((len(parts), self._features + self._width), np.float32)
        for start in range(0, len(order), _AT_ONCE):
            chosen = order[start : start + _AT_ONCE]
            rows[chosen] = self._encode([tokens[at] for at in chosen])
        return rows

    def hidden(
        self, parts: Floats, members: Sequence[Sequence[int]], heads: Sequence[int], stages: Sequence[int]
    ) -> Floats:
        """Return the last hidden layer for windows: rows of ``parts`` that are their members and heading (-1: none)."""
        features = self._features
        joined = np.zeros((len(members), 2 * features + self._width), np.float32)
        for number, rows in enumerate(members):
            own = parts[list(rows)]
            joined[number, :features] = own[:, :features].max(axis=0)
            joined[number, 2 * features :] = own[:, features:].mean(axis=0)
            if heads[number] >= 0:
                joined[number, features : 2 * features] = parts[heads[number], :features]
        whole = np.concatenate([joined, self._arrays["stage"][np.asarray(stages)]], axis=1)
        return np.maximum(self._linear("f", self._normed("n", whole)), 0)

    def scores(self, hidden: Floats) -> Floats:
        """Return, for each row of ``hidden``, the score of each point: positive where it is likelier made than not."""
        return self._linear("h", hidden)

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

    @property
    def _features(self) -> int:
        return int(self._arrays["up.weight"].shape[0])

    @property
    def _width(self) -> int:
        return int(self._arrays["up.weight"].shape[1])

    def _encode(self, tokens: Sequence[Sequence[int]]) -> Floats:
        """Encode parts of about the same length."""
        longest = max(len(one) for one in tokens)
        numbers = np.zeros((len(tokens), longest), np.int64)
        there = np.zeros((len(tokens), longest, 1), np.float32)
        for row, one in enumerate(tokens):
            numbers[row, : len(one)] = one
            there[row, : len(one)] = 1
        x = self._word_vectors[numbers].astype(np.float32) * self._word_scale[numbers][..., None]
        x = (x + self._arrays["pos"][:longest]) * there
        for name in APART:
            x = (x + np.maximum(self._convolved(name, x), 0)) * there
        high = np.where(there > 0, self._linear("up", x), _FAR).max(axis=1)
        mean = (x * there).sum(axis=1) / there.sum(axis=1)
        return np.concatenate([np.maximum(high, 0), mean], axis=1)

    def _convolved(self, name: str, x: Floats) -> Floats:
        places, length, apart = self._arrays[f"{name}.weight"].shape[2], x.shape[1], APART[name]
        beside = places // 2 * apart
        padded = np.pad(x, ((0, 0), (beside, beside), (0, 0)))
        stacked = np.concatenate([padded[:, at * apart : at * apart + length] for at in range(places)], axis=2)
        flat = stacked.reshape(-1, stacked.shape[2]) @ self._flat[name]
        return flat.reshape(x.shape) + self._arrays[f"{name}.bias"]

    def _linear(self, name: str, x: Floats) -> Floats:
        weight = self._arrays[f"{name}.weight"]
        flat = x.reshape(-1, x.shape[-1]) @ weight.T
        found: Floats = (flat + self._arrays[f"{name}.bias"]).reshape(*x.shape[:-1], weight.shape[0])
        return found

    def _normed(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-5))
        found: Floats = centred / spread * self._arrays[f"{name}.weight"] + self._arrays[f"{name}.bias"]
        return found
