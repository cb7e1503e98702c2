"""The running text of web pages: pieces of inline text, cut into lines, headings in bold, and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from codecheck.documents.cleaning import clean
from codecheck.documents.lines import could_be_heading, join_lines

_HEAVY = ("bold", "600", "700")


class Piece(NamedTuple):
    """Text between two tags, with "\\n" where the page breaks a line."""

    text: str
    bold: bool


class Line(NamedTuple):
    """The text between two line breaks, and whether every word of it is bold."""

    text: str
    bold: bool


def is_bold(element: Any) -> bool:
    """Tell whether `element` makes its text bold."""
    style = element.get("style") or ""
    return element.tag in ("b", "strong") or ("font-weight" in style and any(weight in style for weight in _HEAVY))


def cut_lines(pieces: Iterable[Piece]) -> list[Line]:
    """Return the lines that `pieces` make up, cleaned; empty ones too, since they part paragraphs."""
    lines: list[list[Piece]] = [[]]
    for text, bold in pieces:
        first, *others = text.split("\n")
        lines[-1].append(Piece(first, bold))
        lines.extend([Piece(other, bold)] for other in others)
    return [
        Line(clean("".join(piece.text for piece in line)), all(piece.bold for piece in line if piece.text.strip()))
        for line in lines
    ]


def split_heading(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """Return the heading that a paragraph in bold, or its first line in bold, amounts to, or ""; and what is left."""
    first = next((index for index, line in enumerate(lines) if line.text), None)
    if first is None:
        return "", list(lines)
    rest = lines[first + 1 :]
    text, bold = lines[first]
    if bold and could_be_heading(text) and not any(line.bold for line in rest if line.text):
        return text, list(rest)
    return "", list(lines)


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """Join lines that `<br>` parts: one break is white space, an empty line ends the paragraph."""
    groups: list[list[str]] = [[]]
    for text, _ in lines:
        if text:
            groups[-1].append(text)
        else:
            groups.append([])
    return [paragraph for group in groups for paragraph in join_lines(group)]
