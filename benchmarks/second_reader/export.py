"""Write a trained network as the file that codecheck reads, or give such a file other limits.

python benchmarks/second_reader/export.py rules/housing-ombudsman-2024/second-reader.npz --silent 6.5
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from examples import Example, Passage
from net import Parts, TrainedTower
from numpy.typing import NDArray

from codecheck.second_reader.network import Network
from codecheck.second_reader.tower import Floats
from codecheck.second_reader.vocabulary import Vocabulary

LIMITS: Mapping[str, tuple[float, str]] = {
    "silent": (2.5, "to find an element on which the patterns are silent"),
    "weak": (2.5, "to find an element that the patterns find half said"),
    "upheld": (-3.2, "to leave standing what the patterns take against the Code"),
    "raised": (2.5, "to raise something against the Code that no pattern finds"),
}
_TRIED = 64  # passages on which the file is compared with the network
_MOST_APART = 0.5
_KEPT = 12  # examples a point
_CANDIDATES = 60  # the shortest cases of a point, of which those kept are the most unlike
_LONGEST = 240  # letters of an example
_SCALE = 127


def write_network(
    path: Path,
    towers: Sequence[TrainedTower],
    vocabulary: Vocabulary,
    points: Sequence[str],
    limits: Mapping[str, float],
    examples: Sequence[Example],
) -> float:
    """Write a network with its limits and nearest examples; return how far its scores then differ from the towers'.

    Raise ValueError, and write nothing, where that is far: numpy and torch then no longer compute the same.
    """
    arrays = {f"{number}.{name}": one for number, tower in enumerate(towers) for name, one in _arrays(tower).items()}
    header: dict[str, Any] = {
        "points": list(points),
        "towers": len(towers),
        "vocabulary": list(vocabulary.words),
        "limits": dict(limits),
        "examples": [],
    }
    arrays["examples"], arrays["examples_point"] = np.zeros((0, 0), np.int8), np.zeros(0, np.int16)
    exported = Network(arrays, header)
    difference = _difference(towers, exported, vocabulary, [example.passage for example in examples[-_TRIED:]])
    if difference > _MOST_APART:
        raise ValueError(f"the scores of the file would differ by {difference:.2f} from those of the towers")
    arrays["examples"], arrays["examples_point"], header["examples"] = _nearest_examples(exported, examples)
    _save(path, arrays, header)
    return difference


def add_limit_options(parser: argparse.ArgumentParser) -> None:
    """Add an option for each limit: how sure the reader must be; 0 is even."""
    for name, (default, purpose) in LIMITS.items():
        parser.add_argument(f"--{name}", type=float, default=default, help=f"score {purpose} (default {default})")


def given_limits(given: argparse.Namespace) -> dict[str, float]:
    """Return the limits that were given on the command line."""
    return {name: float(getattr(given, name)) for name in LIMITS}


def _arrays(tower: TrainedTower) -> dict[str, NDArray[Any]]:
    """Return a tower's arrays by name. A word has one vector, in eight bits with a scale of its own."""
    state = {name: tensor.detach().numpy() for name, tensor in tower.state_dict().items()}
    words = state.pop("given.weight") @ state.pop("project.weight").T + state.pop("learnt.weight")
    # The scale is rounded first: the whole numbers are those of the scale that is stored.
    scale = (np.abs(words).max(axis=1, keepdims=True) / _SCALE).astype(np.float16)
    scale[scale == 0] = 1
    whole = np.clip(np.round(words / scale.astype(np.float32)), -_SCALE, _SCALE)
    names = {"pos.weight": "pos", "stage.weight": "stage"}
    arrays = {names.get(name, name): array.astype(np.float16) for name, array in state.items()}
    return {"words": whole.astype(np.int8), "words_scale": scale[:, 0], **arrays}


def _difference(
    towers: Sequence[TrainedTower], exported: Network, vocabulary: Vocabulary, passages: Sequence[Passage]
) -> float:
    parts = Parts(vocabulary)
    batch = parts.batch([parts.row(passage) for passage in passages])
    with torch.no_grad():
        wanted = np.mean([tower.eval()(batch).numpy() for tower in towers], axis=0)
    return float(np.abs(wanted - exported.scores(exported.read(passages))).max())


def _nearest_examples(
    network: Network, examples: Sequence[Example]
) -> tuple[NDArray[np.int8], NDArray[np.int16], list[str]]:
    """Return the hidden vectors of the examples to show for points, the points' columns, and the examples' texts."""
    vectors, columns, texts = [], [], list[str]()
    for point, column in network.column.items():
        candidates = sorted(_candidates(point, examples), key=lambda passage: len(_shown(passage)))[:_CANDIDATES]
        if not candidates:
            continue
        hidden = network.read(candidates)
        hidden = hidden / np.maximum(np.linalg.norm(hidden, axis=1, keepdims=True), np.float32(1e-6))
        for row in _spread_out(hidden):
            vectors.append(np.round(hidden[row] * _SCALE).astype(np.int8))
            columns.append(column)
            texts.append(_shown(candidates[row]))
    stacked = np.stack(vectors) if vectors else np.zeros((0, 0), np.int8)
    return stacked, np.asarray(columns, np.int16), texts


def _candidates(point: str, examples: Sequence[Example]) -> Iterator[Passage]:
    """Yield the cases that make a point, each text once."""
    kind = "contrary" if point.startswith("!") else "satisfied"
    seen: set[str] = set()
    for example in examples:
        text = _shown(example.passage)
        if example.kind == kind and point in example.made and len(text) <= _LONGEST and text not in seen:
            seen.add(text)
            yield example.passage


def _shown(passage: Passage) -> str:
    """Return a passage as one line: "Stage 2: A director replies."."""
    own = " ".join(part for part in passage.parts if part != passage.heading)
    return f"{passage.heading}: {own}" if passage.heading and own else own or passage.heading


def _spread_out(vectors: Floats) -> list[int]:
    """Return the rows to keep: the most usual one, then ever the one that is least like all those before it."""
    chosen = [int((vectors @ vectors.mean(axis=0)).argmax())]
    likest = vectors @ vectors[chosen[0]]
    while len(chosen) < min(_KEPT, len(vectors)):
        likest[chosen] = np.inf
        chosen.append(int(likest.argmin()))
        likest = np.maximum(likest, vectors @ vectors[chosen[-1]])
    return chosen


def _save(path: Path, arrays: Mapping[str, NDArray[Any]], header: Mapping[str, Any]) -> None:
    text = json.dumps(header, ensure_ascii=False).encode("utf-8")
    named: dict[str, Any] = {**arrays, "header": np.frombuffer(text, np.uint8)}
    with path.open("wb") as file:
        np.savez(file, **named)  # numbers hardly shrink, and whoever assesses one policy would wait for them


def main(arguments: Sequence[str] | None = None) -> None:
    """Give an exported network the limits on the command line: those not named become the usual ones."""
    parser = argparse.ArgumentParser(description="Give a network other limits.")
    parser.add_argument("network", type=Path, help="the file to change")
    add_limit_options(parser)
    given = parser.parse_args(arguments)
    with np.load(given.network, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    header = json.loads(bytes(arrays.pop("header")).decode("utf-8"))
    _save(given.network, arrays, {**header, "limits": given_limits(given)})


if __name__ == "__main__":
    main()
