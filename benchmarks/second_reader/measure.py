"""How well a network reads annotated documents that it was not trained on, beside the patterns alone.

python benchmarks/second_reader/measure.py /tmp/held-out.npz --writers w7,w11
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path

from examples import annotated_files, load_annotations, named_writers, read_annotated
from sklearn.metrics import roc_auc_score

from codecheck.assess.evaluate import ProvisionOutcome, evaluate_provision
from codecheck.assess.second_opinion import reconsider
from codecheck.assess.verdicts import resolve_implied
from codecheck.rules.load import find_pack, load_pack
from codecheck.rules.match import Reading
from codecheck.rules.pack import RulePack
from codecheck.second_reader.network import Network
from codecheck.second_reader.reader import SecondReader
from codecheck.second_reader.windows import windows

ANNOTATED = Path(__file__).resolve().parents[2] / "fixtures" / "annotated"
_NOTHING = -30.0  # the score of a point on which no window may decide
_TRIED = (3.0, 4.0, 5.0, 6.0, 7.0, 8.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One point of one document. What is to be reported is an element that is missing, or something against the Code.

    ``due`` is whether it is to be reported. The state of an element is satisfied, weak or missing, that of a contrary
    entry silent or raised: by the ``patterns`` alone, and ``together`` with the reader as codecheck asks it. ``score``
    is that of the surest window.
    """

    point: str
    due: bool
    patterns: str
    together: str
    score: float


def judge(path: Path, network_file: Path) -> list[Judged]:
    """Judge each point of an annotated document that its writer judged too."""
    network, reading, notes = _network(network_file), read_annotated(path), load_annotations(path)
    alone = {pid: evaluate_provision(reading, one) for pid, one in _pack().provisions.items()}
    reader = SecondReader(network, reading.sentences)
    together = _states({pid: reconsider(one, reader, reading).outcome for pid, one in alone.items()})
    tops = _Tops(network, reading)
    stages = _stages()
    return [
        Judged(
            point=point,
            due=point in (notes.made if point.startswith("!") else notes.missing),
            patterns=state,
            together=together[point],
            score=tops.of(point, stages[point]),
        )
        for point, state in _states(alone).items()
        if reader.knows(point) and (point.startswith("!") or point in notes.missing or point in notes.made)
    ]


def _states(outcomes: Mapping[str, ProvisionOutcome]) -> dict[str, str]:
    """Return the state of each point, with what provisions imply for one another."""
    found: dict[str, str] = {}
    for pid, outcome in resolve_implied(outcomes).items():
        raised = {one.contrary.id for one in outcome.contrary}
        found |= {f"{pid}/{one.element.id}": one.state for one in outcome.elements}
        found |= {f"!{pid}/{one.id}": "raised" if one.id in raised else "silent" for one in outcome.provision.contrary}
    return found


@cache
def _stages() -> dict[str, int | None]:
    """Return the stage that each point is about."""
    found: dict[str, int | None] = {}
    for provision in _pack().provisions.values():
        found |= {f"{provision.id}/{element.id}": element.stage for element in provision.elements}
        found |= {f"!{provision.id}/{entry.id}": entry.stage for entry in provision.contrary}
    return found


class _Tops:
    """The score of the surest window of a document, point by point, of those that may decide (SecondReader.surest)."""

    def __init__(self, network: Network, reading: Reading) -> None:
        self._windows = list(windows(reading.sentences))
        self._able = [not any(one.off_topic for one in window.statements) for window in self._windows]
        self._scores = network.scores(network.read(self._windows))
        self._column = network.column

    def of(self, point: str, stage: int | None) -> float:
        """Return the best score of a point at a stage."""
        rows = [row for row, window in enumerate(self._windows) if self._able[row] and window.speaks_for(stage)]
        return float(self._scores[rows, self._column[point]].max()) if rows else _NOTHING


def print_elements(judged: Sequence[Judged]) -> None:
    """Print how many elements are rightly told to be missing, at several limits too, and how well the score tells."""
    print(f"{len(judged)} elements, {sum(one.due for one in judged)} missing")
    _print_both(judged)
    for limit in _TRIED:
        print(_line(f"silent, weak {limit:g}", judged, [_told(one.patterns) and one.score < limit for one in judged]))
    left = [one for one in judged if _told(one.patterns)]
    print(f"AUC {_auc(judged):.3f}; of those that no pattern finds {_auc(left):.3f}")


def print_contrary(judged: Sequence[Judged]) -> None:
    """Print how many contrary entries are rightly raised, and how well the score tells them."""
    print(f"{len(judged)} contrary entries, {sum(one.due for one in judged)} said")
    _print_both(judged)
    print(f"AUC {_auc(judged):.3f}")


def _print_both(judged: Sequence[Judged]) -> None:
    print(_line("patterns", judged, [_told(one.patterns) for one in judged]))
    print(_line("with reader", judged, [_told(one.together) for one in judged]))


def _told(state: str) -> bool:
    """Tell whether a point in this state is reported."""
    return state not in ("satisfied", "silent")


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
    print(f"{len(files)} documents")
    print_elements([one for one in judged if not one.point.startswith("!")])
    print_contrary([one for one in judged if one.point.startswith("!")])


if __name__ == "__main__":
    main()
