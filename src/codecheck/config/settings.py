"""What a configuration says, checked and with its paths resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from codecheck.model import DocumentKind

FailLevel = Literal["error", "warning", "note", "never"]


@dataclass(frozen=True, slots=True)
class Deviation:
    """A deviation from a provision that the landlord accepts: all of it, or one ``element``.

    ``expires`` is the last day on which it holds; ``place`` is the file and line that it stands at.
    """

    provision: str
    reason: str
    owner: str
    expires: date
    place: str
    element: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A report that is wanted: its format (None: by the file's name) and its file (None: standard output)."""

    format: str | None
    file: Path | None


@dataclass(frozen=True, slots=True)
class Settings:
    """A configuration; None and the empty tuple where it says nothing.

    ``path`` is the file that it comes from, None where there is none. The files in it are given as seen from the
    current folder, addresses as they are.
    """

    path: Path | None = None
    documents: Mapping[DocumentKind, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = ()
    fail_on: FailLevel | None = None
    notes: bool | None = None
    baseline: Path | None = None
    accepted: tuple[Deviation, ...] = ()
