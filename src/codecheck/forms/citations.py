from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    document: str


def cited_sections(text: str) -> tuple[Citation, ...]:
    return ()
