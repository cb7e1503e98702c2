"""From a configuration file to settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from codecheck.config.check import check, line_of, place
from codecheck.config.find import PYPROJECT, TOOL_TABLE, read_toml
from codecheck.config.settings import Deviation, Output, Settings
from codecheck.errors import InputError
from codecheck.model import DocumentKind

_DOCUMENTS: tuple[DocumentKind, ...] = ("policy", "procedure", "website", "self-assessment")


def load_config(path: Path) -> Settings:
    """Read a configuration; a file called pyproject.toml by its [tool.codecheck] table.

    Raises InputError with one line, naming file and line, where it cannot be read or does not fit the schema: an
    unknown key is an error, and the nearest known one is suggested.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder: name the configuration file.")
    if not path.exists():
        raise InputError(f"There is no configuration {path}: check its name, or let `codecheck init` write one.")
    whole, text = read_toml(path)
    table = TOOL_TABLE if path.name == PYPROJECT else ()
    data: Any = whole
    for name in table:
        data = data.get(name, {}) if isinstance(data, Mapping) else data
    data = _with_dates_as_text(data)
    shown = Path(_seen_from_here(path))
    check(data, shown, text, table)
    folder = path.parent
    documents = data.get("documents", {})
    return Settings(
        path=shown,
        documents={
            kind: tuple(_location(folder, name) for name in _texts(documents[kind]))
            for kind in _DOCUMENTS
            if kind in documents
        },
        rules=tuple(_pack(folder, name) for name in _texts(data.get("rules", []))),
        only=tuple(_texts(data.get("only", []))),
        skip=tuple(_texts(data.get("skip", []))),
        outputs=tuple(_output(folder, entry) for entry in data.get("output", [])),
        fail_on=data.get("fail-on"),
        notes=data.get("notes"),
        baseline=Path(_location(folder, data["baseline"])) if "baseline" in data else None,
        accepted=tuple(
            Deviation(
                provision=entry["provision"],
                element=entry.get("element"),
                reason=entry["reason"],
                owner=entry["owner"],
                expires=date.fromisoformat(entry["expires"]),
                place=place(shown, line_of(text, [*table, "accept", at])),
            )
            for at, entry in enumerate(data.get("accept", []))
        ),
    )


def _with_dates_as_text(data: Any) -> Any:
    """Return the data with TOML's dates as JSON Schema knows them."""
    if isinstance(data, Mapping):
        return {key: _with_dates_as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_dates_as_text(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _output(folder: Path, entry: Mapping[str, str]) -> Output:
    file = entry.get("file")
    return Output(entry.get("format"), None if file is None else Path(_location(folder, file)))


def _location(folder: Path, name: str) -> str:
    """Return an address as it is, and a file of the configuration's folder as seen from the current one."""
    return name if "://" in name else _seen_from_here(folder / name)


def _pack(folder: Path, name: str) -> str:
    """Return a rule pack's folder as seen from the current one, an id as it is."""
    is_path = "/" in name or (folder / name / "pack.yaml").is_file()
    return _seen_from_here(folder / name) if is_path else name


def _seen_from_here(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
