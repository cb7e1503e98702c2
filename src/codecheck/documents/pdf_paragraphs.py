"""Lines of a PDF become paragraphs: which line carries on the one before it, over page and column breaks too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from statistics import median

from codecheck.documents.pdf_lines import HYPHEN, Line
from codecheck.documents.pdf_marks import is_mark_alone

_TERMINAL = re.compile(r"""[.!?:;]["'’”)\]]*$""")
_ITEM_END = re.compile(r"""(?:[.!?:;]["'’”)\]]*|[;,] (?:and|or)|,)$""")
_ALIGNED = 4.0  # points
_HANGING = 1.2  # of the size
_DEFAULT_PITCH = 1.2
_SLACK = 0.5  # of the size: how well the width of a word can be guessed
_GAP = 1.22  # of the usual distance between two lines of a paragraph

# Widths of Helvetica, which are near enough to those of other fonts once scaled.
_WIDTHS = dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.7) | dict.fromkeys("mwMW%@", 0.86)
_WIDTHS |= dict.fromkeys("iljtfrI.,:;'’!()- ", 0.28)

ColumnKey = tuple[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures that hold for a whole document: right margins, body size, distance of lines relative to size."""

    body_size: float
    pitch: float
    widths: Mapping[int, float] = field(default_factory=dict)
    margins: Mapping[ColumnKey, float] = field(default_factory=dict)
    right: float | None = None

    def right_margin(self, line: Line) -> float:
        """Return how far right the lines of this line's column reach."""
        if self.right is not None:
            return self.right
        return self.margins.get(self._key(line), line.x1)

    def _key(self, line: Line) -> ColumnKey:
        return round(self.widths.get(line.page, 0.0)), line.column


def measure(lines: Sequence[Line], widths: Mapping[int, float]) -> Layout:
    """Return the layout of the document that `lines` make up; `widths` are those of its pages."""
    sizes: Counter[float] = Counter()
    reach: dict[ColumnKey, list[float]] = {}
    for line in lines:
        sizes[line.size] += len(line.text)
        reach.setdefault((round(widths.get(line.page, 0.0)), line.column), []).append(line.x1)
    body_size = sizes.most_common(1)[0][0] if sizes else 10.0
    margins = {key: _usual_reach(values) for key, values in reach.items()}
    layout = Layout(body_size, _DEFAULT_PITCH, widths, margins)
    return Layout(body_size, _usual_pitch(lines, layout), widths, margins)


def group_lines(lines: Sequence[Line], layout: Layout) -> list[list[Line]]:
    """Return the paragraphs of `lines`, which are in reading order; each is the list of its lines."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, layout):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def ends_sentence(text: str) -> bool:
    """Tell whether `text` ends with a full stop or another mark after which a new paragraph may begin."""
    return _TERMINAL.search(text) is not None


def _usual_reach(values: list[float]) -> float:
    """Return the furthest x that two lines share, so that one line that sticks out does not set the margin."""
    ranked = sorted(values, reverse=True)
    for further, nearer in pairwise(ranked):
        if further - nearer < 6:
            return further
    return ranked[0]


def _usual_pitch(lines: Sequence[Line], layout: Layout) -> float:
    """Return the distance of two lines that clearly belong together, relative to their size."""
    pairs = pairwise(lines)
    return typical_pitch(
        [(before, line) for before, line in pairs if before.column == line.column and _is_full(before, line, layout)]
    )


def typical_pitch(pairs: Sequence[tuple[Line, Line]]) -> float:
    """Return the median distance, relative to size, of the pairs of lines whose second carries on a sentence."""
    ratios = [
        (line.base - before.base) / line.size
        for before, line in pairs
        if before.page == line.page
        and before.size == line.size
        and line.text[0].islower()
        and 0.8 * line.size < line.base - before.base < 3 * line.size
    ]
    return median(ratios) if ratios else _DEFAULT_PITCH


def _is_full(before: Line, line: Line, layout: Layout) -> bool:
    """Tell whether the first word of `line` would not have fitted on `before`: the line broke for want of room."""
    if before.text.endswith(HYPHEN):
        return True
    word = line.text.split()[0]
    width = (line.x1 - line.x0) * _relative_width(f" {word}") / _relative_width(line.text)
    return before.x1 + width > layout.right_margin(before) - _SLACK * before.size


def _relative_width(text: str) -> float:
    """Return how wide `text` is in a typical font, in ems: enough to scale from a line to one of its words."""
    return sum(map(_WIDTHS.get, text, repeat(0.54)))


def _continues(group: list[Line], line: Line, layout: Layout) -> bool:
    before = group[-1]
    if is_mark_alone(before.text) and len(group) == 1 and before.page == line.page:
        return before.mark.kind == "" and line.base >= before.base - 1
    if before.text.endswith(HYPHEN):
        return True
    full = _is_full(before, line, layout)
    flows = line.text[0].islower() and not ends_sentence(before.text)
    if abs(before.size - line.size) > 0.06 * before.size + 0.5:
        return False
    if (
        before.bold_end != line.bold_start
        and (group[0].bold_start == before.bold_end or line.bold)
        and not (full and flows)
    ):
        return False
    if before.page != line.page or before.column != line.column or line.base < before.base:
        return _continues_over_break(group, line, full, flows, layout)
    if line.base - before.base > _GAP * layout.pitch * max(line.size, before.size) + 0.5:
        return False
    if line.mark.kind and _begins_block(group, line, full):
        return False
    if flows and (before.size > layout.body_size + 0.6 or (before.bold and line.bold)):
        return True  # a heading, whose lines are broken for looks
    hangs = full and not ends_sentence(before.text)
    return _is_placed(group, line, full and flows, hangs=hangs) and (
        full or (flows and _has_room_for_little(before, line, layout))
    )


def _continues_over_break(group: list[Line], line: Line, full: bool, flows: bool, layout: Layout) -> bool:
    before = group[-1]
    if ends_sentence(before.text) or line.mark.kind in ("bullet", "number"):
        return False
    if line.mark.kind and _begins_block(group, line, full):
        return False
    if before.size > layout.body_size + 0.6 or (line.bold and before.bold):
        return False
    aligned = before.column != line.column or _is_placed(group, line, False)
    return (flows and (full or aligned)) or (full and aligned)


def _has_room_for_little(before: Line, line: Line, layout: Layout) -> bool:
    """A line that begins small may follow a line that broke a little early; not one that broke at half width."""
    return before.x1 > line.x0 + 0.7 * (layout.right_margin(before) - line.x0)


def _begins_block(group: list[Line], line: Line, full: bool) -> bool:
    """Tell whether the mark that `line` starts with is one, and not a word of the sentence ("within / 2.5 hours")."""
    before, kind = group[-1], line.mark.kind
    if kind == "bullet":
        return True
    rest = line.text[line.mark.length :]
    ended = _ITEM_END.search(before.text) is not None
    if kind == "count" and not (rest[0].isupper() and (ended or not full)):
        return False
    if ended or not full:
        return True
    if (
        group[0].mark.kind == kind
        and abs(group[0].x0 - line.x0) <= _ALIGNED
        and abs(line.x0 - group[0].body_x) > _ALIGNED
    ):
        return True  # it stands where the mark before it stood, left of that one's words
    return kind == "number" and rest[0].isupper()


def _is_placed(group: list[Line], line: Line, flows: bool, *, hangs: bool = False) -> bool:
    """Tell whether `line` begins where a further line of the paragraph would.

    Where it `hangs` on an unfinished line that is full, it may be indented somewhat more than the words after a mark.
    """
    first, before = group[0], group[-1]
    if _is_centred(before, line):
        return True
    if len(group) > 1:
        return abs(line.x0 - before.x0) <= _ALIGNED or flows
    if first.mark.kind:
        further = _HANGING * line.size if hangs else 0
        return first.x0 - _ALIGNED <= line.x0 <= first.body_x + _ALIGNED + further or flows
    if line.x0 > first.x0 + _ALIGNED:
        return flows
    # Further left: the first line was indented, if not by much.
    return line.x0 > first.x0 - 3 * first.size or flows


def _is_centred(before: Line, line: Line) -> bool:
    middles = abs((before.x0 + before.x1) - (line.x0 + line.x1))
    return middles < _ALIGNED and abs(before.x0 - line.x0) > _ALIGNED
