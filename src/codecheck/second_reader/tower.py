"""A tower: the words of parts to vectors, and the vectors of a window to a score for each point.

Each part is read once: its words' vectors, a convolution over five words, and one over five that stand two apart. What
a window says is then the largest of each feature over its parts, beside its heading and its stage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

APART = {"conv": 1, "wide": 2}  # how far apart the words of each convolution stand, in the order of the layers
_AT_ONCE = 48  # parts: enough to keep the processor busy, few enough to stay in its cache
_FAR = np.float32(-1e4)


class Tower:
    """The arrays of one trained tower, by the names of its layers."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays: dict[str, Floats] = {
            name: array.astype(np.float32) for name, array in arrays.items() if not name.startswith("words")
        }
        self._flat = {  # from: out, in, places
            name: np.ascontiguousarray(weight.transpose(2, 1, 0).reshape(-1, weight.shape[0]))
            for name in APART
            for weight in (self._arrays[f"{name}.weight"],)
        }
        self._word_vectors, self._word_scale = arrays["words"], arrays["words_scale"].astype(np.float32)

    def read_parts(self, words: Sequence[Sequence[int]]) -> Floats:
        """Return what each part says, a row each: the features that the tower looks for, then its mean.

        A part is the numbers of its words.
        """
        order = sorted(range(len(words)), key=lambda at: len(words[at]))
        rows: Floats = np.zeros((len(words), self._features + self._width), np.float32)
        for start in range(0, len(order), _AT_ONCE):
            chosen = order[start : start + _AT_ONCE]
            rows[chosen] = self._encode([words[at] for at in chosen])
        return rows

    def hidden(
        self, parts: Floats, members: Sequence[Sequence[int]], heads: Sequence[int], stages: Sequence[int]
    ) -> Floats:
        """Return the last hidden layer for windows: rows of ``parts`` that are their members and heading (-1: none)."""
        features = self._features
        joined = np.zeros((len(members), 2 * features + self._width), np.float32)
        of_size: dict[int, list[int]] = {}
        for number, rows in enumerate(members):
            of_size.setdefault(len(rows), []).append(number)
        for numbers in of_size.values():
            own = parts[[list(members[number]) for number in numbers]]
            joined[numbers, :features] = own[:, :, :features].max(axis=1)
            joined[numbers, 2 * features :] = own[:, :, features:].mean(axis=1)
        above = np.asarray(heads, np.intp)
        headed = np.flatnonzero(above >= 0)
        joined[headed, features : 2 * features] = parts[above[headed], :features]
        whole = np.concatenate([joined, self._arrays["stage"][np.asarray(stages, np.intp)]], axis=1)
        return np.maximum(self._linear("f", self._normed("n", whole)), 0)

    def scores(self, hidden: Floats) -> Floats:
        """Return, for each row of ``hidden``, the score of each point."""
        return self._linear("h", hidden)

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
