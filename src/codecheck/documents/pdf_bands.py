"""Rows of a PDF table that are told apart by shading only: lines across, but no sides between their cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from codecheck.documents.pdf_lines import Line

_FEWEST_FILLED = 3  # cells with text in a row; a title across the table fills one
_INDENT = 18.0  # points from the side of a cell to its text, at the most
_PADDING = 9.0
_GAP = 0.45  # of the size of the letters, between the texts of two cells; a space between words is less


def cut_into_columns(lines: Sequence[Line], edges: Sequence[float]) -> list[list[Line]] | None:
    """Return the lines of a row without sides by column, whose sides elsewhere in the table are at ``edges``.

    None where the lines do not stand in columns: a title, or a paragraph, across the table.
    """
    columns: list[list[Line]] = [[] for _ in edges[1:]]
    for line in lines:
        middle = (line.x0 + line.x1) / 2
        at = next((at for at, (left, right) in enumerate(pairwise(edges)) if left <= middle <= right), None)
        if at is None or line.x0 < edges[at] - 1 or line.x1 > edges[at + 1] + 1:
            return None
        columns[at].append(line)
    filled = [(column, left) for column, left in zip(columns, edges, strict=False) if column]
    if columns[0] and len(filled) < min(_FEWEST_FILLED, len(columns)):
        return None
    indent = (
        _INDENT if columns[0] else _PADDING
    )  # with nothing in the first: the rest of a row, or a title in the middle
    if not filled or any(min(line.x0 for line in column) - left > indent for column, left in filled):
        return None
    for line in lines:
        beside = [other for other in lines if other.x0 > line.x0 and abs(other.base - line.base) < 1]
        if any(other.x0 - line.x1 < _GAP * line.size for other in beside):
            return None
    return columns
