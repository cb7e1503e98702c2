"""Lines of a PDF page with their places and fonts, through pypdfium2."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from codecheck.documents.pdf_marks import NO_MARK, SYMBOL_TABLE, Mark, find_mark, is_mark_alone

# pdfium's mark for a hyphen that only divides a word at the end of a line: U+FFFE in a whole page's text, U+0002 in a
# part of it. We keep U+0002 at the end of `Line.text`.
HYPHEN = "\x02"
_LINE = re.compile("[^\r\n\ufffe\x02]+[\ufffe\x02]?")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"wingdings|webdings|dingbats|symbol", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # of a font descriptor's flags
_SPACED_LETTERS = re.compile(r"(?:\w ){4,}\w$")
_BOLD_WEIGHT = 600
Box = tuple[float, float, float, float]


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

    @property
    def top(self) -> float:
        """Where the line's tallest letters reach to, about."""
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where the line's descenders reach to, about."""
        return self.base + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class _Font:
    size: float
    bold: bool
    symbol: bool


class PageText:
    """The characters of one page. `number` is that of the page, from 1. Close it when done."""

    def __init__(self, page: pdfium.PdfPage, number: int) -> None:
        self.number = number
        self._text_page = page.get_textpage()
        self._raw = self._text_page.raw
        self._rotation = page.get_rotation()
        self._media: Box = page.get_mediabox()
        self.width, self.height = page.get_size()
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(value) for value in self._numbers]
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self.text = self._read_text()
        self.oblique = 0  # lines left out because they are printed at a slant
        # An image matters only where there are no words: the page is a scan.
        self.is_image = not self.text.strip() and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))

    def close(self) -> None:
        """Free pdfium's memory."""
        self._text_page.close()

    def lines(self, areas: Mapping[Box, Sequence[float]] | None = None) -> list[Line]:
        """Return the page's lines as pdfium orders them, cut where a gap is wide enough to part two columns.

        `areas` are those of tables; in them lines are cut at the given x, the sides of the columns, instead.
        """
        found: list[Line] = []
        for match in _LINE.finditer(self.text):
            start, end = match.span()
            edges = self._edges(start, end, areas) if areas else None
            pieces = self._cut_at_gaps(start, end) if edges is None else self._cut_at_edges(start, end, edges)
            found.extend(line for piece in pieces if (line := self.line(*piece)) is not None)
        return list(_join_letters(found))

    def line(self, start: int, end: int) -> Line | None:
        """Return the line made of characters `start` to `end`, or None if it is blank or printed at a slant."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        text = _readable(self.text[start:end])
        rects = self._rects(start, end)
        if not text.strip(HYPHEN + " ") or not rects:
            return None
        if self._is_oblique(start):
            self.oblique += 1
            return None
        first, last = self._font(start), self._font(end - 1 - self.text[start:end].endswith(("\ufffe", HYPHEN)))
        mark = find_mark(text, symbol_font=first.symbol)
        x0, base = self._origin(start)
        if _is_slow_start(rects, x0):
            x0 = rects[0][0]
        x1 = max(rect[2] for rect in rects)
        body_x = x0
        if mark.kind:
            at = self._letter_near(min(start + mark.length, end - 1), start, end)
            first, body_x = self._font(at), self._origin(at)[0]
            if mark.is_item and mark.kind == "bullet":
                base = self._origin(at)[1]
        bold = first.bold and last.bold and self._font(self._letter_near((start + end) // 2, start, end)).bold
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

    def _edges(self, start: int, end: int, areas: Mapping[Box, Sequence[float]]) -> Sequence[float] | None:
        """Return the edges at which the line must be cut: those of the table that it stands in, if any."""
        for rect in self._rects(start, end):
            for area, edges in areas.items():
                if area[1] <= (rect[1] + rect[3]) / 2 <= area[3] and rect[2] > area[0] and rect[0] < area[2]:
                    return edges
        return None

    def _cut_at_edges(self, start: int, end: int, edges: Sequence[float]) -> Iterator[tuple[int, int]]:
        rects = self._rects(start, end)
        zones = {bisect_left(edges, x) for rect in rects for x in (rect[0] + 1, rect[2] - 1)}
        if len(zones) == 1:
            yield start, end
            return
        begin, zone = start, -1
        for at in range(start, end):
            if self.text[at].isspace():
                continue
            box = self._box(at)
            here = bisect_left(edges, (box[0] + box[2]) / 2)
            if zone not in (-1, here):
                yield begin, at
                begin = at
            zone = here
        yield begin, end

    def _read_text(self) -> str:
        count = max(0, raw.FPDFText_CountChars(self._raw))
        buffer = (ctypes.c_ushort * (count + 1))()
        raw.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="replace")
        if len(text) == count and "\x00" not in text:
            return text
        # Characters beyond the basic plane, or without a code, would shift every index: read one by one.
        codes = (raw.FPDFText_GetUnicode(self._raw, at) for at in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def _cut_at_gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        rects = self._rects(start, end)
        if not rects:
            return
        size = max(6.0, max(rect[3] - rect[1] for rect in rects))
        wide = max(1.6 * size, 14.0)
        gaps = any(
            after[0] - before[2] > wide or after[2] < before[0] for before, after in zip(rects, rects[1:], strict=False)
        )
        sparse = rects[-1][2] - rects[0][0] > 0.8 * size * (end - start)
        if not (gaps or sparse):
            yield start, end
            return
        begin, edge = start, None
        for at in range(start, end):
            if self.text[at].isspace():
                continue
            box = self._box(at)
            far = edge is not None and (box[0] - edge > wide or box[2] < edge - 3 * size)
            if far and not is_mark_alone(self.text[begin:at].translate(SYMBOL_TABLE).strip()):
                yield begin, at
                begin = at
            edge = box[2]
        yield begin, end

    def _rects(self, start: int, end: int) -> list[Box]:
        count = raw.FPDFText_CountRects(self._raw, start, end - start)
        left, top, right, bottom = self._refs
        found = []
        for at in range(count):
            raw.FPDFText_GetRect(self._raw, at, left, top, right, bottom)
            found.append(self._placed(*(value.value for value in self._numbers)))
        return found

    def _box(self, at: int) -> Box:
        left, right, bottom, top = self._refs
        raw.FPDFText_GetCharBox(self._raw, at, left, right, bottom, top)
        x0, x1, y0, y1 = (value.value for value in self._numbers)
        return self._placed(x0, y1, x1, y0)

    def _placed(self, left: float, top: float, right: float, bottom: float) -> Box:
        one, other = self._point(left, top), self._point(right, bottom)
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])

    def _point(self, x: float, y: float) -> tuple[float, float]:
        """Turn pdfium's point (from the bottom left, unrotated) into one from the top left of the page as shown."""
        x0, y0, x1, y1 = self._media
        if self._rotation == 90:
            return y - y0, x - x0
        if self._rotation == 180:
            return x1 - x, y - y0
        if self._rotation == 270:
            return y1 - y, x1 - x
        return x - x0, y1 - y

    def _origin(self, at: int) -> tuple[float, float]:
        raw.FPDFText_GetCharOrigin(self._raw, at, self._refs[0], self._refs[1])
        return self._point(self._numbers[0].value, self._numbers[1].value)

    def _is_oblique(self, at: int) -> bool:
        """Tell whether a character is printed at a slant, as watermarks are; text on its side is wanted."""
        angle = math.degrees(raw.FPDFText_GetCharAngle(self._raw, at)) % 90
        return 5 < angle < 85

    def _font(self, at: int) -> _Font:
        raw.FPDFText_GetFontInfo(self._raw, at, self._name, 128, ctypes.byref(self._flags))
        name = self._name.value.decode("latin-1")
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._raw, at, matrix)
        size = raw.FPDFText_GetFontSize(self._raw, at) * (math.hypot(matrix.c, matrix.d) or 1.0)
        bold = bool(_BOLD_FONT.search(name)) or bool(self._flags.value & _FORCE_BOLD)
        if not bold and raw.FPDFText_GetFontWeight(self._raw, at) >= _BOLD_WEIGHT:
            bold = True
        return _Font(round(size, 1), bold, bool(_SYMBOL_FONT.search(name)))

    def _letter_near(self, at: int, start: int, end: int) -> int:
        while at < end - 1 and self.text[at].isspace():
            at += 1
        return max(start, at)


def _readable(text: str) -> str:
    text = text.replace("\ufffe", HYPHEN).translate(_LIGATURES).translate(SYMBOL_TABLE)
    if _SPACED_LETTERS.match(text):
        text = text.replace(" ", "")
    return text


def _is_slow_start(rects: list[Box], x0: float) -> bool:
    return not rects[0][0] - 20 < x0 < rects[0][2]


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
