"""What every reader hands over: blocks in reading order, and what the reader noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass

from codecheck.model import Block


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one file.

    ``pages`` is the number of pages where the format has pages, else None. ``warnings`` are one-line remarks for
    the person who will sign the assessment ("tracked changes were accepted"). ``format`` is what the bytes were taken
    for: docx, pdf, html, markdown or text.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    format: str = ""
