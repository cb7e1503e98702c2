"""The clean corpus and the unrelated documents: what they get that they should not.

python benchmarks/corpus.py            # exit status 1 where this differs from the lists of known exceptions
python benchmarks/corpus.py --update   # takes off the lists what no longer occurs; what is new is written by hand
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from codecheck.quality.corpus import provisions_with_rows, satisfied_elements
from codecheck.quality.known import Drift, drift, load_known, write_known
from codecheck.rules.load import find_pack, load_pack

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def main() -> int:
    """Run both, print how they differ from what is known, and update the lists if asked."""
    parser = argparse.ArgumentParser(description="The clean corpus and the unrelated documents.")
    parser.add_argument("--update", action="store_true", help="take off the lists what no longer occurs")
    given = parser.parse_args()
    pack = load_pack(find_pack())
    clean = [FIXTURES / "good" / "policy.docx", *sorted(FIXTURES.glob("c*/*.md"))]
    rows = {str(path.relative_to(FIXTURES)): provisions_with_rows(path, pack) for path in clean}
    unrelated = {path.stem: satisfied_elements(path, pack) for path in sorted((FIXTURES / "unrelated").glob("*.md"))}
    changes = hold(FIXTURES / "clean" / "known.yaml", rows, update=given.update)
    changes += hold(FIXTURES / "unrelated" / "known.yaml", unrelated, update=given.update)
    return 1 if any(change.new or (change.gone and not given.update) for change in changes) else 0


def hold(path: Path, found: Mapping[str, Collection[str]], *, update: bool) -> list[Drift]:
    """Hold what was found in each document against the list in ``path``; the comment at its top is kept."""
    known = load_known(path)
    changes = []
    for name, keys in found.items():
        entries = known.get(name, {})
        change = drift(keys, {*keys, *entries}, entries)
        changes.append(change)
        if change:
            print(f"{path.parent.name}: {name}:\n{change}")
        for key in change.gone if update else ():
            del entries[key]
    if update:
        comment = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        write_known(path, known, "\n".join(line.removeprefix("# ") for line in comment))
    return changes


if __name__ == "__main__":
    sys.exit(main())
