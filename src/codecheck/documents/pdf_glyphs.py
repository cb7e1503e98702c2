"""The characters of a PDF page as pypdfium2 gives them: codes, places, fonts."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

_BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"wingdings|webdings|dingbats|symbol", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # of a font descriptor's flags
_BOLD_WEIGHT = 600

Box = tuple[float, float, float, float]  # left, top, right, bottom, in points from the top left of the page


@dataclass(frozen=True, slots=True)
class Font:
    """A font: its size in points, whether it is bold, whether its characters are symbols."""

    size: float
    bold: bool
    symbol: bool


class Glyphs:
    """The characters of one page; each is named by its index in `text`. Close when done.

    Asking for every character costs a microsecond each; lines are therefore judged by a few of theirs.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._text_page = page.get_textpage()
        self._raw = self._text_page.raw
        self._rotation = page.get_rotation()
        self._media: Box = page.get_mediabox()
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(value) for value in self._numbers]
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._last_rects: tuple[tuple[int, int], list[Box]] = ((0, 0), [])  # asked for twice in a row
        self.text = self._read_text()

    def close(self) -> None:
        """Free pdfium's memory."""
        self._text_page.close()

    def rects(self, start: int, end: int) -> list[Box]:
        """Return the boxes of the runs of characters `start` to `end`, one for each piece that the file draws."""
        if self._last_rects[0] == (start, end):
            return self._last_rects[1]
        count = raw.FPDFText_CountRects(self._raw, start, end - start)
        left, top, right, bottom = self._refs
        found = []
        for at in range(count):
            raw.FPDFText_GetRect(self._raw, at, left, top, right, bottom)
            found.append(self._placed(*(value.value for value in self._numbers)))
        self._last_rects = (start, end), found
        return found

    def box(self, at: int) -> Box:
        """Return the box of one character."""
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

    def origin(self, at: int) -> tuple[float, float]:
        """Return where a character begins on its base line."""
        raw.FPDFText_GetCharOrigin(self._raw, at, self._refs[0], self._refs[1])
        return self._point(self._numbers[0].value, self._numbers[1].value)

    def is_oblique(self, at: int) -> bool:
        """Tell whether a character is printed at a slant, as watermarks are; text on its side is wanted."""
        angle = math.degrees(raw.FPDFText_GetCharAngle(self._raw, at)) % 90
        return 5 < angle < 85

    def font(self, at: int) -> Font:
        """Return the font of a character, with its size as printed."""
        raw.FPDFText_GetFontInfo(self._raw, at, self._name, 128, ctypes.byref(self._flags))
        name = self._name.value.decode("latin-1")
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._raw, at, matrix)
        size = raw.FPDFText_GetFontSize(self._raw, at) * (math.hypot(matrix.c, matrix.d) or 1.0)
        bold = bool(_BOLD_FONT.search(name)) or bool(self._flags.value & _FORCE_BOLD)
        if not bold and raw.FPDFText_GetFontWeight(self._raw, at) >= _BOLD_WEIGHT:
            bold = True
        return Font(round(size, 1), bold, bool(_SYMBOL_FONT.search(name)))

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
