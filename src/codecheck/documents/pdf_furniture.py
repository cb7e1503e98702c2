"""Running headers and footers, page numbers and contents lists: what stands on the page but not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from codecheck.documents.pdf_lines import Line
from codecheck.documents.pdf_tables import Grid

_ZONE = 0.16  # of the page's height, at its top and at its bottom
_GRID_ZONE = 0.2
_EDGE = 0.07
_SAME_HEIGHT = 4.0
_PAGE_NUMBER = re.compile(
    r"(?P<word>(?:page|p\.?)\s*)?[-–|\[]?\s*(?P<number>\d{1,3})\s*(?:(?P<of>of|/)\s*\d{1,3})?\s*[-–|\]]?", re.IGNORECASE
)
_LEADER = re.compile(r"(?:[.…·_]\s?){4,}\s*\d{1,3}$")
_MIN_LEADERS = 3


def split_furniture(lines: Sequence[Line], heights: Mapping[int, float]) -> tuple[list[Line], list[str]]:
    """Part the text from what is repeated round it.

    `lines` are those of the whole document (without tables), `heights` the height of each page. Returns the lines that
    remain, and the texts left out, each once.
    """
    in_zone = [line for line in lines if _zone(line, heights[line.page])]
    repeated = _repeated(in_zone, heights)
    candidates = {id(line) for line in in_zone if id(line) in repeated or _is_page_number(line)}
    dropped = _outermost(in_zone, candidates, heights)
    shown: dict[str, str] = {}
    for line in lines:
        if id(line) in dropped:
            shown.setdefault(masked(line.text), line.text)
    return [line for line in lines if id(line) not in dropped], list(shown.values())


def split_contents(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Drop the lines of a contents list (dot leaders and a page number); return the others and how many went.

    A contents list says every heading twice, and would be quoted as if it were policy.
    """
    leaders = {id(line) for line in lines if _LEADER.search(line.text)}
    if len(leaders) < _MIN_LEADERS:
        return list(lines), 0
    return [line for line in lines if id(line) not in leaders], len(leaders)


def repeated_grids(grids: Sequence[Grid], heights: Mapping[int, float]) -> set[int]:
    """Return the ids of those tables that are running headers or footers as a whole (a box with title and version)."""
    by_text: dict[tuple[str, int], list[Grid]] = defaultdict(list)
    for grid in grids:
        low, high = grid.box[1] / heights[grid.page], grid.box[3] / heights[grid.page]
        if high < _GRID_ZONE or low > 1 - _GRID_ZONE:
            by_text[masked(grid.text), round(grid.box[1] / _SAME_HEIGHT)].append(grid)
    needed = _needed(len(heights))
    return {id(grid) for same in by_text.values() if len({grid.page for grid in same}) >= needed for grid in same}


def masked(text: str) -> str:
    """Return `text` with its numbers masked, so that "Page 1" and "Page 2" are the same."""
    return re.sub(r"\d+", "#", text.casefold())


def _needed(pages: int) -> int:
    """Return on how many pages something must stand to be furniture; odd and even pages may differ."""
    return max(2, pages - 1) if pages < 5 else max(3, round(0.4 * pages))


def _zone(line: Line, height: float) -> str:
    if line.base < _ZONE * height:
        return "top"
    return "bottom" if line.base > (1 - _ZONE) * height else ""


def _repeated(lines: Sequence[Line], heights: Mapping[int, float]) -> set[int]:
    needed = _needed(len(heights))
    by_text: dict[tuple[str, str], list[tuple[float, Line]]] = defaultdict(list)
    for line in lines:
        zone = _zone(line, heights[line.page])
        at = line.base if zone == "top" else heights[line.page] - line.base
        by_text[zone, masked(line.text)].append((at, line))
    found: set[int] = set()
    for places in by_text.values():
        for at, _ in places:
            level = [line for other, line in places if abs(other - at) <= _SAME_HEIGHT]
            if len({line.page for line in level}) >= needed:
                found.update(id(line) for line in level)
    return found


def _outermost(lines: Sequence[Line], candidates: set[int], heights: Mapping[int, float]) -> set[int]:
    """Keep those candidates that no line of the text parts from the edge of the page, or that stand right at it."""
    found: set[int] = set()
    reached: set[tuple[int, str]] = set()  # pages and zones in which the text has begun
    for line in sorted(lines, key=lambda line: min(line.base, heights[line.page] - line.base)):
        at_edge = min(line.base, heights[line.page] - line.base) < _EDGE * heights[line.page]
        side = line.page, _zone(line, heights[line.page])
        if id(line) not in candidates:
            reached.add(side)
        elif at_edge or side not in reached:
            found.add(id(line))
    return found


def _is_page_number(line: Line) -> bool:
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None and bool(found["word"] or found["of"] or int(found["number"]) == line.page)
