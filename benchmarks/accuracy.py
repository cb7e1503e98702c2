"""The labelled cases: how many rows are right, by provision and by verdict, and the floors that hold these figures.

python benchmarks/accuracy.py             # prints the figures; exit status 1 where one is under its floor
python benchmarks/accuracy.py --update    # raises the floors to the present figures; refuses to lower one
python benchmarks/accuracy.py --update --lower 6.14 --reason "why this is right"
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from codecheck.errors import InputError
from codecheck.quality.floors import below, changed, load_floors, raise_floors, write_floors
from codecheck.quality.scoring import Score, digest, figures, gate_figures, score_case
from codecheck.rules.load import find_pack, load_pack

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "fixtures" / "labelled"
FLOORS = ROOT / "tests" / "quality" / "floors.yaml"
HEADING = """Figures on fixtures/labelled that must not fall. Raised by `python benchmarks/accuracy.py --update`, which
lowers one only with --lower and --reason, and records it under `lowered`. Not to be edited by hand."""


def main(arguments: Sequence[str] | None = None, *, cases: Path = CASES, floors_file: Path = FLOORS) -> int:
    """Score all cases, print the figures, and update the floors if asked."""
    parser = argparse.ArgumentParser(description="How many rows of the labelled cases are right.")
    parser.add_argument("--update", action="store_true", help="raise the floors to the present figures")
    parser.add_argument("--lower", action="append", default=[], metavar="PROVISION", help="let this floor fall too")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why a floor may fall")
    given = parser.parse_args(arguments)
    pack = load_pack(find_pack())
    folders = sorted(path.parent for path in cases.glob("*/labels.yaml"))
    scores = [score for folder in folders for score in score_case(folder, pack)]
    digests = {folder.name: digest(folder) for folder in folders}
    print_scores(scores)
    try:
        floors = load_floors(floors_file)
        if given.update:
            new = raise_floors(gate_figures(scores), digests, floors, lower=given.lower, reason=given.reason)
            write_floors(floors_file, new, HEADING)
            return 0
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    faults = below(gate_figures(scores), floors) + [f"{name}: changed since" for name in changed(digests, floors)]
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


def print_scores(scores: Sequence[Score]) -> None:
    """Print the figures of each case and of all, and the provisions that are wrong (+ raised wrongly, - missed)."""
    for case in [*dict.fromkeys(score.case for score in scores), ""]:
        group = [score for score in scores if case in ("", score.case)]
        line = "  ".join(f"{name} {figure:.2f}" for name, figure in figures(group).items())
        wrong = [f"{'+' if s.raised else '-'}{s.provision}" for s in group if not s.right and case]
        print(f"{case or 'all':24}{line}  {' '.join(wrong)}")
    for verdict, figure in gate_figures(scores)["verdicts"].items():
        print(f"{verdict:24}{figure:.3f} right")


if __name__ == "__main__":
    sys.exit(main())
