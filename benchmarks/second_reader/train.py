"""Train the second reader on rule cases, annotated documents and excerpts, and write the file that codecheck reads.

python benchmarks/second_reader/train.py --out rules/housing-ombudsman-2024/second-reader.npz
python benchmarks/second_reader/train.py --out /tmp/held-out.npz --hold-out w7,w11    # to measure (measure.py)
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import torch
from examples import Example, gather, load, named_writers, points_of, save
from export import add_limit_options, given_limits, write_network
from net import Parts, Row, Shape, TrainedTower
from targets import Targets, targets_of
from torch import Tensor, nn
from torch.nn import functional
from vocabulary import build_vocabulary, first_vectors

from codecheck.rules.load import find_pack, load_pack
from codecheck.second_reader.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
ANNOTATED = ROOT / "fixtures" / "annotated"
EXCERPTS = ROOT / "fixtures" / "excerpts"
_ALIKE = 20  # batches that are sorted by length together, so that little is padding


@dataclass(frozen=True, slots=True)
class Course:
    """How the network is trained. The rates rise over the first ``rising`` steps, then fall to almost nothing."""

    epochs: int = 7
    batch: int = 48
    rate: float = 1.5e-3
    word_rate: float = 1e-3
    rising: int = 200
    dropped: float = 0.03  # share of the words that are made unknown


def main(arguments: Sequence[str] | None = None) -> None:
    """Gather the examples, train on those that are not held out, and write the network."""
    given = _options().parse_args(arguments)
    held_out = named_writers(given.hold_out, given.annotated)
    examples = _examples(given)
    examples = [example for example in examples if example.writer not in held_out]
    points = points_of(load_pack(find_pack()))
    vocabulary = build_vocabulary(text for example in examples for text in example.passage.texts)
    print(f"{len(examples)} examples, {len(points)} points, {len(vocabulary.words)} words", flush=True)
    shape = Shape(given.width, given.features)
    training = partial(train, examples, targets_of(examples, points), vocabulary, shape, Course(epochs=given.epochs))
    with ProcessPoolExecutor(min(given.towers, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        towers = list(pool.map(training, range(given.seed, given.seed + given.towers)))
    difference = write_network(given.out, towers, vocabulary, points, given_limits(given), examples)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB; scores as in training to {difference:.2f}")


def train(
    examples: Sequence[Example], targets: Targets, vocabulary: Vocabulary, shape: Shape, course: Course, seed: int
) -> TrainedTower:
    """Return a tower trained on examples, ready to score; print the loss of each epoch."""
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # each tower has a process of its own
    tower = TrainedTower(first_vectors(vocabulary), targets.made.shape[1], shape)
    parts = Parts(vocabulary)
    rows = [parts.row(example.passage) for example in examples]
    lengths = [parts.longest(row) for row in rows]
    made, weight = torch.from_numpy(targets.made), torch.from_numpy(targets.weight)
    steps = max(1, course.epochs * int(targets.taken.sum()) // course.batch)
    optimiser = _Optimiser(tower, course, steps)
    begun = time.monotonic()
    for epoch in range(course.epochs):
        tower.train()
        losses = []
        for chosen in _batches(targets, lengths, course.batch):
            scores = tower(parts.batch(_chosen(rows, chosen), course.dropped))
            loss = _loss(scores, made[chosen], weight[chosen])
            optimiser.step(loss)
            losses.append(loss.item())
        mean = sum(losses) / max(1, len(losses))
        print(f"tower {seed}, epoch {epoch + 1}: loss {mean:.4f}, {time.monotonic() - begun:.0f} s", flush=True)
    tower.eval()
    return tower


class _Optimiser:
    """Adam for the layers and, as few words stand in a batch, sparsely for the words."""

    def __init__(self, tower: TrainedTower, course: Course, steps: int) -> None:
        words = tower.learnt.weight
        self._layers = [one for one in tower.parameters() if one.requires_grad and one is not words]
        self._both = (
            torch.optim.AdamW(self._layers, lr=course.rate, weight_decay=0.02),
            torch.optim.SparseAdam([words], lr=course.word_rate),
        )
        self._course, self._steps, self._done = course, steps, 0

    def step(self, loss: Tensor) -> None:
        """Take one step down the slope of a loss."""
        share = min(1.0, (self._done + 1) / self._course.rising) * max(0.02, 1 - self._done / self._steps)
        self._done += 1
        for optimiser, rate in zip(self._both, (self._course.rate, self._course.word_rate), strict=True):
            optimiser.param_groups[0]["lr"] = rate * share
            optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._layers, 1.0)
        for optimiser in self._both:
            optimiser.step()


def _loss(scores: Tensor, made: Tensor, weight: Tensor) -> Tensor:
    """Return the cross-entropy of all points, as each counts, for one example on average."""
    every = functional.binary_cross_entropy_with_logits(scores, made, reduction="none")
    return (every * weight).sum() / len(scores)


def _batches(targets: Targets, lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield the batches of an epoch: those examples that it takes, those of about one length together."""
    order = [row for row, share in enumerate(targets.taken) if random.random() < share]
    random.shuffle(order)
    found: list[list[int]] = []
    for start in range(0, len(order), size * _ALIKE):
        alike = sorted(order[start : start + size * _ALIKE], key=lambda row: lengths[row])
        found += [alike[at : at + size] for at in range(0, len(alike), size)]
    random.shuffle(found)
    yield from found


def _chosen(rows: Sequence[Row], chosen: Sequence[int]) -> list[Row]:
    return [rows[number] for number in chosen]


def _examples(given: argparse.Namespace) -> list[Example]:
    """Return the examples from the file where they were kept, or gather them, and keep them if a file is named."""
    if given.examples is not None and given.examples.exists():
        return load(given.examples)
    found = gather(given.annotated, given.excerpts, given.limit)
    if given.examples is not None:
        save(found, given.examples)
    return found


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Train the second reader.")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write the network (.npz)")
    parser.add_argument("--annotated", type=Path, default=ANNOTATED, metavar="FOLDER", help="the annotated documents")
    parser.add_argument("--excerpts", type=Path, default=EXCERPTS, metavar="FOLDER", help="the excerpts")
    parser.add_argument("--hold-out", default="", metavar="W1,W2", help="writers' folders not to train on")
    parser.add_argument("--examples", type=Path, metavar="FILE", help="where to keep the examples for the next run")
    parser.add_argument("--limit", type=int, metavar="N", help="gather so many examples only, to try the script")
    parser.add_argument("--epochs", type=int, default=Course().epochs)
    parser.add_argument("--towers", type=int, default=2, help="how many to train, one a processor core")
    parser.add_argument("--seed", type=int, default=0, help="of the first tower; the others have those after it")
    shape = Shape()
    parser.add_argument("--width", type=int, default=shape.width, help="of a word's vector")
    parser.add_argument("--features", type=int, default=shape.features, help="of a part of a text")
    add_limit_options(parser)
    return parser


if __name__ == "__main__":
    main()
