"""Lines of a PDF page with their places and fonts, through pypdfium2."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from codecheck.documents.pdf_glyphs import Box, Glyphs
from codecheck.documents.pdf_marks import NO_MARK, SYMBOL_TABLE, Mark, find_mark, is_mark_alone

# pdfium's mark for a hyphen that only divides a word at the end of a line: U+FFFE in a whole page's text, U+0002 in a
# part of it. We keep U+0002 at the end of `Line.text`.
HYPHEN = "\x02"
_LINE = re.compile("[^\r\n\ufffe\x02]+[\ufffe\x02]?")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SPACED_LETTERS = re.compile(r"(?:\w ){4,}\w$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands in one column or cell. Lengths in points, from the page's top left."""

    text: str
    page: int
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    bold_start: bool = False
    bold_end: bool = False
    mark: Mark = NO_MARK
    body_x: float = 0.0
    column: tuple[int, int] = (1, 0)


class PageText:
    """The characters of one page. `number` is that of the page, from 1. Close it when done."""

    def __init__(self, page: pdfium.PdfPage, number: int) -> None:
        self.number = number
        self._glyphs = Glyphs(page)
        self.text = self._glyphs.text
        self.width, self.height = page.get_size()
        self.oblique = 0  # lines left out because they are printed at a slant
        # An image matters only where there are no words: the page is a scan.
        self.is_image = not self.text.strip() and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))

    def close(self) -> None:
        """Free pdfium's memory."""
        self._glyphs.close()

    def lines(self, areas: Mapping[Box, Sequence[float]] | None = None) -> list[Line]:
        """Return the page's lines as pdfium orders them, cut where a gap is wide enough to part two columns.

        `areas` are those of tables; in them lines are cut at the given x, the sides of the columns, instead.
        """
        found: list[Line] = []
        for match in _LINE.finditer(self.text):
            start, end = self._trimmed(*match.span())
            edges = self._edges(start, end, areas) if areas else None
            pieces = self._cut_at_gaps(start, end) if edges is None else self._cut_at_edges(start, end, edges)
            found.extend(line for piece in pieces if (line := self.line(*piece)) is not None)
        return list(_join_letters(found))

    def line(self, start: int, end: int) -> Line | None:
        """Return the line made of characters `start` to `end`, or None if it is blank or printed at a slant."""
        start, end = self._trimmed(start, end)
        text = _readable(self.text[start:end])
        rects = self._glyphs.rects(start, end)
        if not text.strip(HYPHEN + " ") or not rects:
            return None
        if self._glyphs.is_oblique(start):
            self.oblique += 1
            return None
        divided = self.text[end - 1] in ("\ufffe", HYPHEN)
        first, last = self._glyphs.font(start), self._glyphs.font(end - 2 if divided else end - 1)
        mark = find_mark(text, symbol_font=first.symbol)
        x0, base = self._glyphs.origin(start)
        if not rects[0][0] - 20 < x0 < rects[0][2]:  # text on its side begins elsewhere
            x0 = rects[0][0]
        x1 = max(rect[2] for rect in rects)
        body_x = x0
        if mark.kind:
            at = self._letter_near(min(start + mark.length, end - 1), start, end)
            first, body_x = self._glyphs.font(at), self._glyphs.origin(at)[0]
            if mark.is_item and mark.kind == "bullet":
                base = self._glyphs.origin(at)[1]
        bold = first.bold and last.bold and self._glyphs.font(self._letter_near((start + end) // 2, start, end)).bold
        return Line(
            text=text,
            page=self.number,
            x0=min(x0, rects[0][0]),
            x1=x1,
            base=base,
            size=max(first.size, last.size),
            bold=bold,
            bold_start=first.bold,
            bold_end=last.bold,
            mark=mark,
            body_x=body_x,
        )

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _edges(self, start: int, end: int, areas: Mapping[Box, Sequence[float]]) -> Sequence[float] | None:
        """Return the edges at which the line must be cut: those of the table that it stands in, if any."""
        for rect in self._glyphs.rects(start, end):
            for area, edges in areas.items():
                if area[1] <= (rect[1] + rect[3]) / 2 <= area[3] and rect[2] > area[0] and rect[0] < area[2]:
                    return edges
        return None

    def _cut_at_edges(self, start: int, end: int, edges: Sequence[float]) -> Iterator[tuple[int, int]]:
        rects = self._glyphs.rects(start, end)
        zones = {bisect_left(edges, x) for rect in rects for x in (rect[0] + 1, rect[2] - 1)}
        if len(zones) == 1:
            yield start, end
            return
        begin, zone = start, -1
        for at in range(start, end):
            if self.text[at].isspace():
                continue
            box = self._glyphs.box(at)
            here = bisect_left(edges, (box[0] + box[2]) / 2)
            if zone not in (-1, here):
                yield begin, at
                begin = at
            zone = here
        yield begin, end

    def _cut_at_gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        rects = self._glyphs.rects(start, end)
        if not rects:
            return
        size = max(6.0, max(rect[3] - rect[1] for rect in rects))
        wide = max(1.6 * size, 14.0)
        pairs = list(pairwise(rects))
        if pairs and pairs[0][1][0] > pairs[0][0][2] and is_mark_alone(_first_word(self.text, start, end)):
            pairs = pairs[1:]  # the gap between a number or bullet and its words
        gaps = any(after[0] - before[2] > wide or after[2] < before[0] for before, after in pairs)
        sparse = rects[-1][2] - rects[0][0] > 0.8 * size * (end - start)
        if not (gaps or sparse):
            yield start, end
            return
        begin, edge = start, None
        for at in range(start, end):
            if self.text[at].isspace():
                continue
            box = self._glyphs.box(at)
            far = edge is not None and (box[0] - edge > wide or box[2] < edge - 3 * size)
            if far and not is_mark_alone(self.text[begin:at].translate(SYMBOL_TABLE).strip()):
                yield begin, at
                begin = at
            edge = box[2]
        yield begin, end

    def _letter_near(self, at: int, start: int, end: int) -> int:
        while at < end - 1 and self.text[at].isspace():
            at += 1
        return max(start, at)


def _readable(text: str) -> str:
    text = text.replace("\ufffe", HYPHEN).translate(_LIGATURES).translate(SYMBOL_TABLE)
    if text.endswith("\u00ad"):  # a soft hyphen shows only where it divides a word
        text = text[:-1] + HYPHEN
    if _SPACED_LETTERS.match(text):
        text = text.replace(" ", "")
    return text


def _first_word(text: str, start: int, end: int) -> str:
    return text[start:end].split(None, 1)[0].translate(SYMBOL_TABLE)


def _join_letters(lines: list[Line]) -> Iterator[Line]:
    """Join headings set one letter a line (four letters or more straight below each other) into one word."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_letter(lines[end]) and (end == at or _is_below(lines[end - 1], lines[end])):
            end += 1
        if end - at >= 4:
            yield replace(lines[at], text="".join(line.text for line in lines[at:end]), mark=NO_MARK)
            at = end
        else:
            yield lines[at]
            at += 1


def _is_letter(line: Line) -> bool:
    return len(line.text) == 1 and line.text.isalpha()


def _is_below(upper: Line, lower: Line) -> bool:
    same_row = abs(lower.base - upper.base) < 1 and 0 <= lower.x0 - upper.x1 < upper.size
    return same_row or (abs((lower.x0 + lower.x1) - (upper.x0 + upper.x1)) < upper.size and lower.base > upper.base)
