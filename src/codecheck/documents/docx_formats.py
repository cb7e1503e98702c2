"""How Word writes a number or a bullet: number formats and the glyphs of its symbol fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

# Bullets and ticks that Word stores as private characters of a symbol font, by their code in that font.
_SYMBOL_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": {0xB7: "•", 0xA7: "▪", 0xB0: "°", 0x2D: "-", 0xA3: "≤", 0xB3: "≥", 0xBE: "-", 0xAE: "→"},
    "wingdings": {
        **{0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x76: "•", 0x77: "•", 0x9F: "•", 0xA7: "▪", 0xA8: "☐"},
        **{0xD8: "➢", 0xE0: "→", 0xF0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "☐"},
    "wingdings 3": {0x7D: "▶"},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "☐"},
}
_ANY_FONT = {**_SYMBOL_FONTS["wingdings 2"], **_SYMBOL_FONTS["wingdings"], **_SYMBOL_FONTS["symbol"]}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CARDINALS = (
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
)
_ORDINALS = (
    "Zeroth",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
)


def symbol(code: int, font: str = "") -> str:
    """Return the character that stands for place `code` of the symbol font `font`, or "" if it has none.

    Codes from U+F000 are how Word writes them; an unknown or missing font is taken as the most usual one.
    """
    glyphs = _SYMBOL_FONTS.get(font.strip().lower(), _ANY_FONT)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    return glyphs.get(code, "")


def readable(text: str, font: str = "") -> str:
    """Return `text` with the private characters of symbol fonts replaced by those they look like."""
    return _PRIVATE.sub(lambda found: symbol(ord(found[0]), font), text)


def bullet(text: str, font: str = "") -> str:
    """Return the glyph that a bullet level with the level text `text` shows; an unknown one becomes "•"."""
    if not text:
        return ""
    if font.strip().lower() in _SYMBOL_FONTS and len(text) == 1:
        return symbol(ord(text), font) or "•"
    return readable(text, font).strip() or "•"


def write_number(value: int, number_format: str) -> str:
    """Return `value` as the WordprocessingML number format writes it; formats of other scripts are decimal."""
    writer = _WRITERS.get(number_format)
    return str(value) if writer is None else writer(value)


def _letters(value: int) -> str:
    """Return a, b ... z, aa, bb ... zz, aaa as Word counts them."""
    if not 1 <= value <= 780:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 1 <= value <= 3999:
        return str(value)
    written = ""
    for worth, digits in _ROMAN:
        while value >= worth:
            written += digits
            value -= worth
    return written


def _ordinal(value: int) -> str:
    teen = 10 <= value % 100 <= 20
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


_WRITERS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "ordinal": _ordinal,
    "cardinalText": lambda value: _CARDINALS[value] if 0 <= value < len(_CARDINALS) else str(value),
    "ordinalText": lambda value: _ORDINALS[value] if 0 <= value < len(_ORDINALS) else _ordinal(value),
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda value: "",
}
