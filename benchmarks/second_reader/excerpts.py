"""Excerpts: short passages of policies, each written for one point, in a Markdown file a writer.

    ## 3.6/representative-refused
    ### Someone to help you
    A friend may deal with your complaint. [[We do not correspond with agents who charge a fee.]]

``##`` names a point, an element or a contrary entry of the pack; under each ``###``, which is a heading of the
landlord's, stands one excerpt. ``[[...]]`` marks the words in it that make the point, ``((...))`` words that only come
near it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

_GROUP = re.compile(r"^## +(\S+) *$", re.MULTILINE)
_EXCERPT = re.compile(r"^### +(.+?) *$", re.MULTILINE)
_MARKED = re.compile(r"\[\[(.+?)\]\]|\(\((.+?)\)\)", re.DOTALL)
_BULLET = re.compile(r"^\s*[-*] +", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage written for one ``point``: the words in it, ``marked``, that make the point or come near it."""

    point: str
    makes: bool
    marked: str
    markdown: str


def load_excerpts(path: Path, points: Collection[str]) -> list[Excerpt]:
    """Load a file of excerpts. A contrary entry is among ``points`` with a "!" before its id.

    Raise OSError where the file cannot be read, ValueError where an excerpt has a point that is not among ``points``,
    or has not one mark.
    """
    return list(_excerpts(path.read_text(encoding="utf-8"), points, lambda what: ValueError(f"{path}: {what}")))


def _excerpts(text: str, points: Collection[str], wrong: Callable[[str], ValueError]) -> Iterator[Excerpt]:
    groups = _GROUP.split(text)[1:]
    for name, group in zip(groups[::2], groups[1::2], strict=True):
        point = next((one for one in (name, f"!{name}") if one in points), None)
        if point is None:
            raise wrong(f"{name} is no point of the pack")
        excerpts = _EXCERPT.split(group)[1:]
        for heading, body in zip(excerpts[::2], excerpts[1::2], strict=True):
            marks = list(_MARKED.finditer(body))
            if len(marks) != 1:
                raise wrong(f'"{heading}" under {name} has {len(marks)} marks, not one')
            makes = marks[0].group(1) is not None
            plain = _MARKED.sub(lambda mark: mark.group(1) or mark.group(2), body).strip()
            marked = _BULLET.sub("", marks[0].group(1) or marks[0].group(2))
            yield Excerpt(point, makes, marked, f"# {heading}\n\n{plain}\n")
