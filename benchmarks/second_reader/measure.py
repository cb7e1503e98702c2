"""How well a network reads annotated documents that it was not trained on, beside the patterns alone.

python benchmarks/second_reader/measure.py /tmp/held-out.npz --writers w7,w11
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path

import numpy as np
from examples import Passage, annotated_files, load_annotations, named_writers, read_annotated
from export import hidden_of
from sklearn.metrics import roc_auc_score

from codecheck.assess.evaluate import ProvisionOutcome, evaluate_provision
from codecheck.assess.verdicts import resolve_implied
from codecheck.rules.load import find_pack, load_pack
from codecheck.rules.match import Reading
from codecheck.rules.pack import RulePack
from codecheck.second_reader.network import Network
from codecheck.second_reader.reader import SecondReader
from codecheck.second_reader.windows import windows

ANNOTATED = Path(__file__).resolve().parents[2] / "fixtures" / "annotated"
_TRIED = (3.0, 4.0, 5.0, 6.0, 7.0, 8.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One point of one document. What is to be reported is an element that is missing, or a contrary entry that is not.

    ``due`` is whether it is to be reported, ``state`` what the patterns made of it (of a contrary entry "raised" or
    "silent"), ``score`` that of the surest window, and ``upheld`` that of the surest window with a pattern's words.
    """

    point: str
    due: bool
    state: str
    score: float
    upheld: float | None = None

    @property
    def by_patterns(self) -> bool:
        """Whether the patterns alone report the point."""
        return self.state not in ("satisfied", "silent")


def judge(path: Path, network_file: Path) -> list[Judged]:
    """Judge each point of an annotated document that its writer judged too."""
    network, pack, reading = _network(network_file), _pack(), read_annotated(path)
    notes = load_annotations(path)
    outcomes = resolve_implied({pid: evaluate_provision(reading, one) for pid, one in pack.provisions.items()})
    tops = _Tops(network, reading)
    reader = SecondReader(network, reading.sentences)
    assessed = [outcome for outcome in outcomes.values() if outcome.provision.tier == "A"]
    found: list[Judged] = []
    for outcome in assessed:
        for element in outcome.elements:
            point = f"{outcome.provision.id}/{element.element.id}"
            if point in network.column and (point in notes.missing or point in notes.made):
                score = tops.of(point, element.element.stage)
                found.append(Judged(point, point in notes.missing, element.state, score))
        found += _contrary(outcome, notes.made, tops, reader)
    return found


def _contrary(outcome: ProvisionOutcome, made: Iterable[str], tops: _Tops, reader: SecondReader) -> Iterable[Judged]:
    raised = {one.contrary.id: one.matches for one in outcome.contrary}
    for entry in outcome.provision.contrary:
        point = f"!{outcome.provision.id}/{entry.id}"
        if not reader.knows(point):
            continue
        opinions = [reader.of(point, match.statement) for match in raised.get(entry.id, ())]
        # Words that are in no window are left standing.
        scores = [opinion.score if opinion is not None else np.inf for opinion in opinions]
        state = "raised" if entry.id in raised else "silent"
        yield Judged(point, point in made, state, tops.of(point, entry.stage), max(scores, default=None))


class _Tops:
    """The score of the surest window of a document, point by point, of those that may decide (SecondReader.surest)."""

    def __init__(self, network: Network, reading: Reading) -> None:
        self._windows = list(windows(reading.sentences))
        self._able = [not any(one.off_topic for one in window.statements) for window in self._windows]
        self._scores = network.scores(hidden_of(network, [Passage.of(window) for window in self._windows]))
        self._column = network.column

    def of(self, point: str, stage: int | None) -> float:
        """Return the best score of a point at a stage."""
        rows = [row for row, window in enumerate(self._windows) if self._able[row] and window.speaks_for(stage)]
        return float(self._scores[rows, self._column[point]].max()) if rows else -np.inf


def print_elements(judged: Sequence[Judged], silent: float, weak: float) -> None:
    """Print how many elements are rightly told to be missing, and how well the score tells what is said."""
    print(f"{len(judged)} elements, {sum(one.due for one in judged)} missing")
    print(_line("patterns", judged, [one.by_patterns for one in judged]))
    print(_line("with reader", judged, [_missing(one, silent, weak) for one in judged]))
    for limit in _TRIED:
        print(_line(f"silent, weak {limit:g}", judged, [_missing(one, limit, limit) for one in judged]))
    print(f"AUC {_auc(judged):.3f}; of those that no pattern finds {_auc([o for o in judged if o.by_patterns]):.3f}")


def print_contrary(judged: Sequence[Judged], upheld: float, raised: float) -> None:
    """Print how many contrary entries are rightly raised, and how well the score tells them."""
    print(f"{len(judged)} contrary entries, {sum(one.due for one in judged)} said")
    print(_line("patterns", judged, [one.by_patterns for one in judged]))
    decided = [one.score >= raised or (one.upheld is not None and one.upheld >= upheld) for one in judged]
    print(_line("with reader", judged, decided))
    print(f"AUC {_auc(judged):.3f}")


def _missing(one: Judged, silent: float, weak: float) -> bool:
    return one.by_patterns and one.score < (silent if one.state == "missing" else weak)


def _line(name: str, judged: Sequence[Judged], reported: Sequence[bool]) -> str:
    right = sum(one.due and told for one, told in zip(judged, reported, strict=True))
    wrong, left = sum(reported) - right, sum(one.due for one in judged) - right
    figures = (
        right / max(1, right + wrong),
        right / max(1, right + left),
        2 * right / max(1, 2 * right + wrong + left),
    )
    shown = "  ".join(f"{label} {figure:.3f}" for label, figure in zip(("P", "R", "F1"), figures, strict=True))
    return f"{name:16}{shown}  (wrong {wrong}, left out {left})"


def _auc(judged: Sequence[Judged]) -> float:
    """Return the area under the curve: 1 where every point that is said scores higher than every one that is not."""
    said = [one.due == one.point.startswith("!") for one in judged]
    if len(set(said)) < 2:
        return float("nan")
    return float(roc_auc_score(said, [one.score for one in judged]))


@cache
def _network(path: Path) -> Network:
    return Network.load(path)


@cache
def _pack() -> RulePack:
    return load_pack(find_pack())


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge the documents of the named writers and print the figures."""
    parser = argparse.ArgumentParser(description="How well a network reads documents that it was not trained on.")
    parser.add_argument("network", type=Path, help="the file that train.py wrote")
    parser.add_argument("--writers", default="", metavar="W1,W2", help="the writers' folders that were held out")
    parser.add_argument("--annotated", type=Path, default=ANNOTATED, metavar="FOLDER", help="the annotated documents")
    given = parser.parse_args(arguments)
    files = annotated_files(given.annotated, named_writers(given.writers, given.annotated))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        judged = list(chain.from_iterable(pool.map(partial(judge, network_file=given.network), files)))
    limits = _network(given.network).limits
    print(f"{len(files)} documents")
    print_elements([one for one in judged if not one.point.startswith("!")], limits["silent"], limits["weak"])
    print_contrary([one for one in judged if one.point.startswith("!")], limits["upheld"], limits["raised"])


if __name__ == "__main__":
    main()
