"""What codecheck reads in passages of text, point by point, for somebody to judge.

    python benchmarks/passages.py FILE...

Each file is read as if it were a whole policy. "+ 6.4/told" is an element taken as said, "~" one half said, "!" what is
taken against the Code, each with the words and, where the second reader decided, "(second reader)". Real landlords'
pages show faults that invented ones do not: collect passages of one topic, judge each line and what is missing, and
keep the passages outside the repository (`docs/accuracy.md`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from codecheck.assess.views import View
from codecheck.documents.document import read_document
from codecheck.rules.load import find_pack, load_pack

_SHOWN = 300  # characters of a quotation


def main() -> None:
    """Print what is read in each file."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    pack = load_pack(find_pack())
    for name in sys.argv[1:]:
        path = Path(name)
        print(f"== {name}")
        view = View(read_document(path.read_bytes(), path.name, document_id="policy", kind="policy"), pack)
        print("\n".join(_lines(view)))


def _lines(view: View) -> Iterator[str]:
    for provision, outcome in view.outcomes.items():
        by_reader = {one.point: one.decision for one in view.opinions.get(provision, ())}
        for found in outcome.elements:
            if found.state != "missing" and found.matches:
                point = f"{provision}/{found.element.id}"
                sign = "+" if found.state == "satisfied" else "~"
                yield _line(sign, point, found.matches[0].statement.quote, by_reader.get(point) == "found")
        for against in outcome.contrary:
            point = f"{provision}/{against.contrary.id}"
            yield _line("!", point, against.matches[0].statement.quote, by_reader.get(point) == "raised")


def _line(sign: str, point: str, quote: str, by_reader: bool) -> str:
    return f'{sign} {point}{" (second reader)" if by_reader else ""}: "{quote[:_SHOWN]}"'


if __name__ == "__main__":
    main()
