"""Lists of known failures: what is not yet right, each with its reason, so that the list can only shrink.

wensmere:
  6.12 remove 3fa1b2c4:
    is: the beginning of what it is about
    reason: why it is not right yet
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from codecheck.errors import InputError

Known = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Drift:
    """How what failed differs from what is known to fail: ``new`` failures, and ``gone`` ones to be taken out."""

    new: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)

    def __str__(self) -> str:
        lines = [f"not known to fail: {one}" for one in self.new]
        lines += [f"no longer fails, take it off the list: {one}" for one in self.gone]
        return "\n".join(lines)


def load_known(path: Path) -> Known:
    """Load a list of known failures; raise InputError where an entry gives no reason."""
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for group, entries in data.items():
        for key, entry in entries.items():
            if not str(entry.get("reason") or "").strip():
                raise InputError(f"{path}: {group}: {key}: give a reason.")
    return {str(group): {str(key): dict(entry) for key, entry in entries.items()} for group, entries in data.items()}


def drift(failed: Collection[str], tried: Collection[str], known: Mapping[str, object]) -> Drift:
    """Hold what failed, of what was tried, against what is known to fail."""
    new = tuple(sorted(key for key in failed if key not in known))
    return Drift(new, tuple(sorted(key for key in known if key in tried and key not in failed)))


def write_known(path: Path, known: Known, heading: str) -> None:
    """Write a list of known failures; ``heading`` is the comment at its top."""
    comment = "".join(f"# {line}\n" for line in heading.splitlines())
    body = {group: dict(sorted(entries.items())) for group, entries in sorted(known.items()) if entries}
    path.write_text(comment + yaml.safe_dump(body, allow_unicode=True, width=110, sort_keys=False), encoding="utf-8")
