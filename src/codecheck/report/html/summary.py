"""The summary: every provision by section and verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from codecheck.model import Assessment, Verdict
from codecheck.report.html.rows import Row
from codecheck.report.labels import VERDICT_LABELS

_OTHER = "Other provisions"


@dataclass(frozen=True, slots=True)
class Tile:
    """A provision on the heat map, and the row to read."""

    provision: str
    title: str
    verdict: Verdict
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the Code and its provisions."""

    key: str
    title: str
    tiles: tuple[Tile, ...]

    @property
    def met(self) -> int:
        """How many of its provisions are met."""
        return sum(1 for tile in self.tiles if tile.verdict == "met")


def section_of(provision: str) -> str:
    """Return the section that a provision belongs to: the part of its id before the dot."""
    return provision.partition(".")[0] if "." in provision else ""


def sections(assessment: Assessment, rows: Sequence[Row]) -> list[Section]:
    """Return the sections of what was assessed, in order, each provision with the first row that is about it."""
    titles = {key: title for pack in reversed(assessment.rule_packs) for key, title in pack.sections.items()}
    anchors: dict[str, str] = {}
    for row in rows:
        for provision in row.provisions:
            anchors.setdefault(provision, row.anchor)
    found: dict[str, list[Tile]] = {}
    for pid, result in assessment.provisions.items():
        found.setdefault(section_of(pid), []).append(Tile(pid, result.title, result.verdict, anchors[pid]))
    return [Section(key, titles.get(key, _OTHER if not key else ""), tuple(tiles)) for key, tiles in found.items()]


def verdict_counts(assessment: Assessment) -> dict[Verdict, int]:
    """Return how many provisions have each verdict, in the order of the labels; verdicts that none has are left out."""
    counts = Counter(result.verdict for result in assessment.provisions.values())
    return {verdict: counts[verdict] for verdict in VERDICT_LABELS if counts[verdict]}
