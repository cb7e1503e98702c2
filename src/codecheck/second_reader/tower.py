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
_AT_ONCE = 256  # words: enough to keep the processor busy, few enough to stay in its cache


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
        self._space = max(self._arrays[f"{name}.weight"].shape[2] // 2 * apart for name, apart in APART.items())
        self._word_vectors, self._word_scale = arrays["words"], arrays["words_scale"].astype(np.float32)
        self._features, self._width = map(int, self._arrays["up.weight"].shape)
        # The last layer has the norm before it in its weights: all that is left of it is a mean and a spread.
        self._last = np.ascontiguousarray((self._arrays["f.weight"] * self._arrays["n.weight"]).T)
        self._last_sum = self._last.sum(axis=0)
        self._last_bias = self._arrays["f.weight"] @ self._arrays["n.bias"] + self._arrays["f.bias"]

    def read_parts(self, words: Sequence[Sequence[int]]) -> Floats:
        """Return what each part says, a row each: the features that the tower looks for, then its mean.

        A part is the numbers of its words, of which it has one at least.
        """
        if not words:
            return np.zeros((0, self._features + self._width), np.float32)
        # All parts in one line, with so much space around each that no convolution sees the next.
        lengths = np.array([len(one) for one in words])
        starts = self._space + np.concatenate([[0], np.cumsum(lengths + self._space)[:-1]])
        own = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())
        numbers = np.concatenate([np.asarray(one, np.intp) for one in words])
        x = np.zeros((int(own[-1]) + 1 + self._space, self._width), np.float32)
        x[own] = self._word_vectors[numbers].astype(np.float32) * self._word_scale[numbers][:, None]
        x[own] += self._arrays["pos"][own - np.repeat(starts, lengths)]
        for name, apart in APART.items():
            x[own] += self._convolved(name, apart, x, own)
        said = x[own]
        up = said @ self._arrays["up.weight"].T
        firsts = np.cumsum(lengths) - lengths
        # Part by part: numpy's reduceat takes seven times as long for the largest.
        high = np.stack([up[first : first + length].max(axis=0) for first, length in zip(firsts, lengths, strict=True)])
        high = np.maximum(high + self._arrays["up.bias"], 0)
        mean = np.add.reduceat(said, firsts, axis=0) / lengths[:, None].astype(np.float32)
        return np.concatenate([high, mean], axis=1)

    def hidden(
        self, parts: Floats, members: Sequence[Sequence[int]], heads: Sequence[int], stages: Sequence[int]
    ) -> Floats:
        """Return the last hidden layer for windows: rows of ``parts`` that are their members and heading (-1: none)."""
        features = self._features
        joined = np.zeros((len(members), len(self._last)), np.float32)
        of_size: dict[int, list[int]] = {}
        for number, rows in enumerate(members):
            of_size.setdefault(len(rows), []).append(number)
        for numbers in of_size.values():
            own = parts[[list(members[number]) for number in numbers]]
            joined[numbers, :features] = own[:, :, :features].max(axis=1)
            joined[numbers, 2 * features : 2 * features + self._width] = own[:, :, features:].mean(axis=1)
        above = np.asarray(heads, np.intp)
        headed = np.flatnonzero(above >= 0)
        joined[headed, features : 2 * features] = parts[above[headed], :features]
        joined[:, 2 * features + self._width :] = self._arrays["stage"][np.asarray(stages, np.intp)]
        mean = joined.mean(axis=1, keepdims=True)
        square = np.einsum("ij,ij->i", joined, joined)[:, None] / np.float32(joined.shape[1])
        spread = np.sqrt(square - mean * mean + np.float32(1e-5))
        found: Floats = np.maximum((joined @ self._last - mean * self._last_sum) / spread + self._last_bias, 0)
        return found

    def scores(self, hidden: Floats) -> Floats:
        """Return, for each row of ``hidden``, the score of each point."""
        found: Floats = hidden @ self._arrays["h.weight"].T + self._arrays["h.bias"]
        return found

    def _convolved(self, name: str, apart: int, x: Floats, own: NDArray[np.intp]) -> Floats:
        """Return, for the words at ``own``, what a convolution makes of those around each, where that is not nothing.

        ``x`` has as much space at its beginning and end as the convolution is wide.
        """
        weight = self._flat[name]
        places = len(weight) // self._width
        beside = places // 2 * apart
        offsets = np.arange(-beside, beside + 1, apart)
        found = np.empty((len(own), self._width), np.float32)
        for first in range(0, len(own), _AT_ONCE):
            some = own[first : first + _AT_ONCE]
            np.matmul(x[some[:, None] + offsets].reshape(len(some), -1), weight, out=found[first : first + len(some)])
        found += self._arrays[f"{name}.bias"]
        return np.maximum(found, 0, out=found)
