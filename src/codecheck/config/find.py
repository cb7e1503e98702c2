"""Finding the configuration of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codecheck.errors import InputError

CONFIG_FILE, PYPROJECT = "codecheck.toml", "pyproject.toml"
TOOL_TABLE = ("tool", "codecheck")


def find_config(folder: Path) -> Path | None:
    """Return the configuration that holds in a folder: the nearest one, in it or in a folder above it.

    In each folder codecheck.toml comes before pyproject.toml, which counts only where it has a [tool.codecheck] table.
    Raises InputError where a pyproject.toml with such a table is not valid TOML.
    """
    start = folder.absolute()
    for place in (start, *start.parents):
        if (place / CONFIG_FILE).is_file():
            return place / CONFIG_FILE
        if _has_table(place / PYPROJECT):
            return place / PYPROJECT
    return None


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return a TOML file's data and its text; raise InputError where it cannot be read."""
    # Imported late: most runs have no configuration.
    import tomllib

    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), text
    except OSError as error:
        raise InputError(f"{path} could not be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text: save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{path} is not valid TOML: {error}. Text wants quotation marks, lists square brackets."
        ) from None


def _has_table(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        if "codecheck" not in path.read_text(encoding="utf-8-sig"):
            return False  # whatever is wrong with a file that is not about codecheck is no business of ours
    except (OSError, UnicodeDecodeError):
        return False
    table: Any = read_toml(path)[0]
    for name in TOOL_TABLE:
        table = table.get(name) if isinstance(table, dict) else None
    return table is not None
