"""What stands at the start of a line of a PDF: a bullet glyph, a list letter, a section number, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["", "bullet", "dash", "letter", "number", "count"]

# Symbol and Wingdings glyphs come as private-use characters; this is what a reader sees on the page.
_SYMBOLS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf076": "❖",
    "\uf0fc": "✓",
    "\uf0fb": "✗",
    "\uf0a8": "☐",
    "\uf0fe": "☒",
    "\uf0e0": "→",
    "\uf0de": "⇒",
    "\uf02d": "-",
    "\uf06f": "□",
    "\uf071": "❑",
    "\uf0bc": "•",
}
SYMBOL_TABLE = str.maketrans(_SYMBOLS)
_GLYPH = "[•●○▪▫■□❑◦‣⁃∙·➢➤►▶❖✓✔✗✘☐☒☑→⇒\ue000-\uf8ff]"
# Letters of the Wingdings font, where the file does not map them: the glyphs are bullets whatever the letter.
_FONT_GLYPH = re.compile(r"(\S)\s+(?=\S)")
_BULLET = re.compile(rf"({_GLYPH})\s*(?=\S)|(o)\s+(?=\S)")
_DASH = re.compile(r"([-–—*+])\s+(?=\S)")
_LETTER = re.compile(
    r"(\((?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5})\.)\s+(?=\S)"
)
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,3}){1,4}\.?)\s+(?=\S)")
_COUNT = re.compile(r"(\d{1,2}\.?)\s+(?=\S)")
_ALONE = re.compile(
    rf"(?:{_GLYPH}|[-–—*o]|\(?(?:[a-zA-Z]|[ivx]{{1,5}}|\d{{1,2}})\)|[a-z]\.|\d{{1,2}}(?:\.\d{{1,3}}){{0,4}}\.?)$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark at the start of a line. `length` is where the words begin; `label` what the mark looks like."""

    kind: MarkKind = ""
    label: str = ""
    length: int = 0

    @property
    def is_item(self) -> bool:
        """Whether the mark is that of a list item, which leaves the text; a section number stays in it."""
        return self.kind in ("bullet", "dash", "letter")


NO_MARK = Mark()


def find_mark(text: str, *, symbol_font: bool = False) -> Mark:
    """Return the mark that `text` begins with. `symbol_font`: its first character is drawn with a font of symbols."""
    if symbol_font and (found := _FONT_GLYPH.match(text)):
        glyph = found[1].translate(SYMBOL_TABLE)
        return Mark("bullet", "•" if glyph.isalnum() or glyph in "§¨" else glyph, found.end())
    if found := _BULLET.match(text):
        return Mark("bullet", found[1] or found[2], found.end())
    if found := _DASH.match(text):
        return Mark("dash", found[1], found.end())
    if found := _LETTER.match(text):
        return Mark("letter", found[1], found.end())
    if found := _NUMBER.match(text):
        return Mark("number", found[1], found.end())
    if found := _COUNT.match(text):
        return Mark("count", found[1], found.end())
    return NO_MARK


def is_mark_alone(text: str) -> bool:
    """Tell whether `text` is nothing but a bullet, letter or number: its words stand further right, or below."""
    return _ALONE.match(text) is not None
