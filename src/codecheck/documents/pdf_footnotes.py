"""Footnotes of a PDF: small print at the foot of a page that begins with a number or an asterisk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from codecheck.documents.pdf_lines import Line
from codecheck.documents.pdf_paragraphs import Layout

_SMALLER = 0.9  # points below the size of the body
_LOWER_PART = 0.5  # of the page, in which footnotes stand
_MARK = re.compile(r"(\d{1,2}|[*†‡])\s*(?=[^\W\d_]|[\"“'‘(])")


def split_footnotes(
    lines: Sequence[Line], layout: Layout, heights: Mapping[int, float]
) -> tuple[list[Line], list[Line]]:
    """Part the footnotes from the text. `lines` are in reading order, without running footers."""
    text: list[Line] = []
    notes: list[Line] = []
    for page, group in groupby(lines, key=lambda line: line.page):
        here = list(group)
        start = len(here)
        while start and _is_small(here[start - 1], layout, heights[page]):
            start -= 1
        while start < len(here) and not _MARK.match(here[start].text):
            start += 1
        text.extend(here[:start])
        notes.extend(here[start:])
    return text, notes


def footnote_groups(notes: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each footnote."""
    groups: list[list[Line]] = []
    for line in notes:
        begins = _MARK.match(line.text) and (line.text[0] in "*†‡" or _follows(groups, line))
        if not groups or begins or groups[-1][0].page != line.page:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def split_footnote(text: str) -> tuple[str | None, str]:
    """Return the number or sign of a footnote and its words."""
    found = _MARK.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def _is_small(line: Line, layout: Layout, height: float) -> bool:
    return line.size <= layout.body_size - _SMALLER and line.base > _LOWER_PART * height


def _follows(groups: Sequence[Sequence[Line]], line: Line) -> bool:
    """Tell whether the number of `line` is the next one, so that "10 days" at a line's start is not a footnote."""
    last = _MARK.match(groups[-1][0].text) if groups else None
    here = _MARK.match(line.text)
    if not last or not here or not last[1].isdigit() or not here[1].isdigit():
        return True
    return int(here[1]) == int(last[1]) + 1
