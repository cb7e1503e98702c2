"""Floors: pinned figures that may rise by themselves and fall only with a reason.

overall: {f1: 0.912}
provisions: {"6.14": 0.833}
verdicts: {contrary: 0.9}
digests: {harrowfen: 0f3c...}
lowered:                      # what was let down, and why
- {figure: provisions/6.14, from: 1.0, to: 0.833, reason: ...}
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from codecheck.errors import InputError

GROUPS = ("overall", "provisions", "verdicts")
Figures = Mapping[str, Mapping[str, float]]


@dataclass(slots=True)
class Floors:
    """Pinned figures by group and name, the digests of the cases they were measured on, and what was lowered."""

    values: dict[str, dict[str, float]]
    digests: dict[str, str]
    lowered: list[dict[str, Any]] = field(default_factory=list)


def load_floors(path: Path) -> Floors:
    """Load pinned figures; raise InputError if the file is not there."""
    if not path.is_file():
        raise InputError(f"{path}: there are no floors here.")
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    values = {group: {str(k): float(v) for k, v in data.get(group, {}).items()} for group in GROUPS}
    return Floors(values, dict(data.get("digests", {})), list(data.get("lowered", [])))


def write_floors(path: Path, floors: Floors, heading: str) -> None:
    """Write pinned figures; ``heading`` is the comment at the top."""
    comment = "".join(f"# {line}\n" for line in heading.splitlines())
    data = {**floors.values, "digests": floors.digests, "lowered": floors.lowered}
    path.write_text(comment + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")


def pinned(figure: float) -> float:
    """Return a figure as it is pinned: three decimals, rounded down."""
    return math.floor(figure * 1000 + 1e-6) / 1000


def below(figures: Figures, floors: Floors) -> list[str]:
    """Name each figure that is under its floor, or that is no longer measured."""
    found = []
    for group, pins in floors.values.items():
        for name, floor in pins.items():
            now = figures.get(group, {}).get(name)
            if now is None or pinned(now) < floor:
                found.append(f"{group}/{name}: {'not measured' if now is None else pinned(now)}, floor {floor}")
    return found


def changed(digests: Mapping[str, str], floors: Floors) -> list[str]:
    """Name each case that was changed, added or taken away since the floors were pinned."""
    names = sorted({*digests, *floors.digests})
    return [name for name in names if digests.get(name) != floors.digests.get(name)]


def raise_floors(
    figures: Figures, digests: Mapping[str, str], floors: Floors, *, lower: Sequence[str] = (), reason: str = ""
) -> Floors:
    """Return the floors at the present figures.

    None may fall except those named in ``lower`` ("6.14", "contrary", "f1", or "provisions/6.14"), and for these a
    ``reason`` is recorded. Raises InputError, naming them all, where others would fall, or where the cases changed and
    no reason is given.
    """
    if lower and not reason.strip():
        raise InputError("A floor is lowered only with a --reason.")
    edited = changed(digests, floors) if floors.digests else []
    if edited and not reason.strip():
        raise InputError(
            f"The cases {', '.join(edited)} are not those that the floors were measured on: give a --reason."
        )
    new: dict[str, dict[str, float]] = {group: {} for group in GROUPS}
    lowered, refused = list(floors.lowered), []
    if edited:
        lowered.append({"figure": "digests", "from": "", "to": ", ".join(edited), "reason": reason})
    for group in GROUPS:
        old = floors.values.get(group, {})
        for name in {**old, **figures.get(group, {})}:
            now = figures.get(group, {}).get(name)
            after = pinned(now) if now is not None else None
            if name in old and (after is None or after < old[name]):
                if name not in lower and f"{group}/{name}" not in lower:
                    refused.append(f"{group}/{name} from {old[name]} to {after}")
                    continue
                lowered.append({"figure": f"{group}/{name}", "from": old[name], "to": after, "reason": reason})
            if after is not None:
                new[group][name] = after
    if refused:
        raise InputError(f"These floors would fall: {'; '.join(refused)}. Mend the rules, or name each with --lower.")
    return Floors(new, dict(digests), lowered)
