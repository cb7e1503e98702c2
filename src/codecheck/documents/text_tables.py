"""Tables in plain text: rows of cells with tabs between them, as copied from a spreadsheet or a web page, or bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codecheck.documents.cleaning import clean
from codecheck.documents.grid import RawCell, locate
from codecheck.documents.lines import is_lettered, join_lines, section_number, split_bullet
from codecheck.model import Block

_TAG = re.compile(r"</?(?:p|br|ul|ol|li|div|strong|em)\b[^<>]*>", re.IGNORECASE)
_LINE = re.compile(r"[\s_=-]*$")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*[|+](?:[\s:=_-]*[|+])*[\s:=_-]*$|\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?$")


def bars_to_tabs(lines: Sequence[str]) -> list[str]:
    """Return ``lines`` with the bars between the cells of a table ("1.2 | ... | Yes") replaced by tabs.

    A table is two or more lines on end with the same number of bars, two at least; rules between them are dropped.
    Where long cells were broken into lines, a row goes on until it has as many bars as the others, the last at the end.
    """
    changed: list[str] = []
    at = 0
    while at < len(lines):
        rows: list[str] = []
        end = at
        if "|" in lines[at]:
            rows, end = max(
                (_bar_rows(lines, at, bars) for bars in range(2, 10)), key=lambda found: (found[1], len(found[0]))
            )
        if len(rows) > 1:
            changed += ["\t".join(_cells(row)) for row in rows]
            at = end
        else:
            changed.append(lines[at])
            at += 1
    return changed


def _bar_rows(lines: Sequence[str], start: int, bars: int) -> tuple[list[str], int]:
    """Return the rows of ``bars`` bars each that begin at ``lines[start]``, and the index after the last of them."""
    rows: list[str] = []
    row: list[str] = []
    count, end = 0, start
    for at in range(start, len(lines)):
        line = lines[at]
        if not row and _RULE.match(line):
            end = at + 1
            continue
        count += len(_BAR.findall(line))
        if count > bars or not line.strip() or (not row and "|" not in line):
            break
        row.append(line.strip())
        if count == bars and (len(row) == 1 or line.rstrip().endswith("|")):
            rows.append(" ".join(row))
            row, count, end = [], 0, at + 1
    return rows, end


def _cells(row: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(row.replace("\t", " "))]
    if row.strip().startswith("|"):
        cells = cells[1:]
    return cells[:-1] if row.strip().endswith("|") else cells


def rows_with_tabs(lines: Sequence[str], start: int) -> tuple[int, bool]:
    """Return the index after the lines with tabs that begin at `lines[start]`, and whether they are a table.

    A table is two or more such lines. One blank line may stand between rows of three or more columns. The lines are
    as in the file, with the tabs at their ends: a row cut by a page break begins with empty cells and may end in them.
    """
    rows: list[str] = []
    end = start
    while end < len(lines):
        if _is_row(lines[end]) or (rows and _same_shape(lines[end], rows[-1])):
            rows.append(lines[end])
            end += 1
        elif rows and not lines[end].strip() and end + 1 < len(lines) and _same_shape(lines[end + 1], rows[-1]):
            end += 1
        else:
            break
    return end, len(rows) > 1 and not all(_is_numbered(row) for row in rows)


def table_blocks(lines: Sequence[str], number: int) -> list[Block]:
    """Return the cells of table `number`, whose rows are `lines`; blank lines among them are passed over."""
    rows = [
        [_cell_blocks(cell) for cell in line.split("\t")] for line in map(str.rstrip, lines) if not _LINE.match(line)
    ]
    raw = [[RawCell(" ".join(block.text for block in cell)) for cell in row] for row in rows]
    return [
        replace(block, cell=place)
        for row, places in zip(rows, locate(raw, table=number), strict=True)
        for cell, place in zip(row, places, strict=True)
        for block in cell
    ]


def has_tags(text: str) -> bool:
    """Tell whether `text` holds HTML tags, as text copied out of a database or a web page does."""
    return _TAG.search(text) is not None


def tagged_blocks(text: str) -> list[Block]:
    """Return the blocks of `text`, which holds HTML tags."""
    from codecheck.documents.html import fragment_blocks  # lxml only where there are tags

    return fragment_blocks(text, first_table=0)


def _is_row(line: str) -> bool:
    return "\t" in line.strip()


def _same_shape(line: str, row: str) -> bool:
    return row.count("\t") > 1 and line.count("\t") == row.count("\t")


def _is_numbered(row: str) -> bool:
    """Tell whether the tab only stands after a number or bullet, where a word processor puts it."""
    first, *others = row.strip().split("\t")
    marker = f"{first.strip()} x"
    is_marker = bool(split_bullet(marker)[0] or section_number(marker) or is_lettered(marker))
    return len(others) == 1 and is_marker


def _cell_blocks(cell: str) -> list[Block]:
    if has_tags(cell):
        return [Block(block.text, "cell", block.level, block.label) for block in tagged_blocks(cell)]
    found = [split_bullet(text) for text in join_lines([clean(cell)])]
    return [Block(text, "cell", 0, glyph) for glyph, text in found if text]
