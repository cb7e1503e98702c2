"""Reading order of the lines of one page: columns, and pages whose file has them in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from codecheck.documents.pdf_lines import HYPHEN, Line
from codecheck.documents.pdf_marks import find_mark, is_mark_alone

_MIN_LINES = 4  # a side by side of fewer lines is no column
_MIN_WORDS = 3.5  # a column of prose has more words a line; a table without rules has fewer
_FULL = 0.55  # of the column's width, that its lines fill in the middle


def order_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of one page in reading order, each with its column, rows of short texts joined."""
    columns = _in_columns(list(lines), depth=0)
    if columns is not None:
        count = 1 + max(line.column[1] for line in columns)
        return _join_rows(
            [replace(line, column=(count, line.column[1]) if line.column[0] else (1, 0)) for line in columns]
        )
    if _jumps_back(lines):
        lines = sorted(lines, key=lambda line: (line.base, line.x0))
        lines = _level_rows(lines)
    return _join_rows(lines)


def _in_columns(lines: list[Line], *, depth: int, first: int = 0) -> list[Line] | None:
    """Return the lines column by column, or None where there is one column. `column` is set to (2, index) or (0, 0)."""
    gutter = _gutter(lines) if depth < 2 else None
    if gutter is None:
        return None
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def flush() -> None:
        for offset, side in enumerate((left, right)):
            deeper = _in_columns(side, depth=depth + 1, first=first + offset)
            ordered.extend(deeper or (replace(line, column=(2, first + offset)) for line in side))
            side.clear()

    for line in sorted(lines, key=lambda line: (round(line.base), line.x0)):
        if line.x1 <= gutter:
            left.append(line)
        elif line.x0 >= gutter:
            right.append(line)
        else:
            flush()
            ordered.append(replace(line, column=(0, 0)))
    flush()
    return ordered


def _gutter(lines: list[Line]) -> float | None:
    """Return the x at which a second column of prose begins, or None."""
    if len(lines) < 2 * _MIN_LINES:
        return None
    starts: dict[int, int] = {}
    for line in lines:
        starts[round(line.x0)] = starts.get(round(line.x0), 0) + 1
    best: tuple[int, float] | None = None
    for x, count in starts.items():
        if count < _MIN_LINES:
            continue
        edge = x - 2.0
        left = [line for line in lines if line.x1 <= edge]
        right = [line for line in lines if line.x0 >= edge]
        if not (_is_prose(left, edge) and _is_prose(right, max((line.x1 for line in right), default=edge))):
            continue
        beside = sum(any(abs(other.base - line.base) < 0.8 * line.size for other in right) for line in left)
        low, high = min(line.base for line in right), max(line.base for line in right)
        level = [line for line in left if low - line.size < line.base < high + line.size]
        across = len(lines) - len(left) - len(right)
        if (beside >= 3 or len(level) >= _MIN_LINES) and across <= 0.6 * len(lines):
            score = min(len(left), len(right)) - across
            if best is None or score > best[0]:
                best = (score, edge)
    return best[1] if best else None


def _is_prose(lines: list[Line], right_edge: float) -> bool:
    if len(lines) < _MIN_LINES:
        return False
    if sum(len(line.text.split()) for line in lines) < _MIN_WORDS * len(lines):
        return False
    width = right_edge - min(line.x0 for line in lines)
    return width > 0 and median(line.x1 - line.x0 for line in lines) >= _FULL * width


def _jumps_back(lines: Sequence[Line]) -> bool:
    """Tell whether a line follows one that stands below it in the same place: the file has another order."""
    return any(
        after.base < before.base - 0.6 * before.size and after.x0 < before.x1 and before.x0 < after.x1
        for before, after in pairwise(lines)
    )


def _level_rows(lines: Sequence[Line]) -> list[Line]:
    """Sort from left to right what stands on the same base line, give or take a point or two."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and line.base - rows[-1][0].base < 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x0)]


def _join_rows(lines: Sequence[Line]) -> list[Line]:
    """Join pieces that follow each other on one base line: a label and its value, a bullet and its words."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and before.column == line.column and _on_one_row(before, line):
            joined[-1] = join_pieces(before, line)
        else:
            joined.append(line)
    return joined


def _on_one_row(before: Line, line: Line) -> bool:
    size = max(before.size, line.size)
    return abs(line.base - before.base) < 0.45 * size and line.x0 > before.x1 - 0.2 * size


def join_pieces(before: Line, line: Line) -> Line:
    """Return one line made of two that stand side by side."""
    if is_mark_alone(before.text):
        text = f"{before.text} {line.text}"
        return replace(line, text=text, x0=before.x0, mark=find_mark(text), body_x=line.x0)
    head = before.text
    if head.endswith(HYPHEN):  # no line end after all
        head = head[:-1] + "-"
    elif line.x0 - before.x1 >= 0.12 * line.size:
        head += " "
    return replace(
        before,
        text=head + line.text,
        x1=line.x1,
        size=max(before.size, line.size),
        bold=before.bold and line.bold,
        bold_end=line.bold_end,
    )
