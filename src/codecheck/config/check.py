"""Checking a configuration against its schema: what is wrong is said in one line, with the line of the file."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from codecheck.errors import InputError

Where = Sequence[str | int]
_HEADER = re.compile(r"\s*\[(\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")


def check(data: Mapping[str, Any], path: Path, text: str, table: Sequence[str] = ()) -> None:
    """Raise InputError with the first thing wrong in a configuration, and how many more there are.

    ``data`` is the configuration, with dates as text; ``table`` names the table of the file that holds it, and
    ``text`` is the whole file.
    """
    # Imported late: most runs have no configuration.
    import jsonschema

    validator = jsonschema.Draft202012Validator(_schema(), format_checker=_dates(jsonschema.FormatChecker))
    found = []
    for error in validator.iter_errors(data):
        for where, message in _told(error):
            found.append((line_of(text, [*table, *where]) or 0, message))
    if found:
        line, message = min(found)
        more = f" ({len(found) - 1} more like this.)" if len(found) > 1 else ""
        raise InputError(f"{place(path, line)}: {message}{more}")


def nearest(word: str, known: Sequence[str]) -> str:
    """Return the sentence that suggests the known word nearest to one that is not known."""
    near = difflib.get_close_matches(word.lower().replace("_", "-"), known, n=1)
    return f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."


def place(path: Path, line: int | None) -> str:
    """Return a file, with the line where it is known, as messages name it."""
    return f"{path}:{line}" if line else str(path)


def line_of(text: str, where: Where) -> int | None:
    """Return the line of a TOML text, from 1, of a key or table (["accept", 1, "owner"]), else of what holds it."""
    lines = _lines(text)
    for length in range(len(where), 0, -1):
        if tuple(where[:length]) in lines:
            return lines[tuple(where[:length])]
    return None


def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of every table and key that stands on a line of its own."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            names = _names(header[2])
            table = names
            if header[1]:
                table = (*names, counts.get(names, 0))
                counts[names] = counts.get(names, 0) + 1
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_names(key[1])), number)
    return lines


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))


def _told(error: Any) -> Iterator[tuple[list[str | int], str]]:
    """Return where a violation of the schema stands, and what to do about it; each unknown key by itself."""
    where: list[str | int] = list(error.absolute_path)
    inside = f" in {_table(where)}" if where else ""
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key in error.instance:
            if key not in known:
                yield [*where, key], f"unknown key {key}{inside}. {nearest(key, known)}"
    elif error.validator == "anyOf":
        inner = max(error.context, key=lambda one: len(one.absolute_path))
        if inner.absolute_path == error.absolute_path:
            yield where, f"{_last(error)} wants text, or a list of texts in square brackets."
        else:
            yield from _told(inner)
    else:
        yield where, _remedy(error, inside)


def _remedy(error: Any, inside: str) -> str:
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        return f"{missing} is missing{inside}: an accepted deviation has provision, reason, owner and expires."
    if error.validator == "enum":
        return f"{_last(error)} is {error.instance!r}: it is one of {', '.join(error.validator_value)}."
    if error.validator == "format":
        return f"{_last(error)} is {error.instance!r}: write a date, such as 2027-03-31."
    if error.validator == "pattern":
        return f"{_last(error)} is empty."
    if error.validator == "minProperties":
        return f"nothing is said{inside}: give a format, a file, or both."
    return f"{_last(error)} wants {_WANTED[error.validator_value]}."


_WANTED = {
    "string": "text, in quotation marks", "boolean": "true or false, without quotation marks",
    "array": "tables with a header in double square brackets", "object": "a table, with a header in square brackets",
}  # fmt: skip


def _last(error: Any) -> str:
    names = [part for part in error.absolute_path if isinstance(part, str)]
    return names[-1] if names else "the configuration"


def _table(where: Where) -> str:
    names = ".".join(part for part in where if isinstance(part, str))
    return f"[[{names}]]" if isinstance(where[-1], int) else f"[{names}]"


def _dates(factory: Any) -> Any:
    checker = factory(formats=())
    checker.checks("date", raises=ValueError)(lambda text: not isinstance(text, str) or bool(date.fromisoformat(text)))
    return checker


def _schema() -> dict[str, Any]:
    text = resources.files("codecheck.config").joinpath("config.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
