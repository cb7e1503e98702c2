"""Standard error and exit statuses: what every command shares."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from codecheck.errors import CodecheckError, InputError

OK, ROWS, WRONG, INTERRUPTED = 0, 1, 2, 130


def say(message: str) -> None:
    """Print a line for the person at the terminal, on standard error."""
    print(message, file=sys.stderr)


def write_outputs(outputs: Sequence[tuple[str | bytes, Path | None]]) -> None:
    """Write each text (as UTF-8) or bytes to its file, or to standard output where the path is None.

    All files are complete or absent: each is written beside its place and then moved there. Raises InputError if a
    file cannot be written.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for content, path in outputs:
            if path is not None:
                waiting.append((_draft(content, path), path))
        for draft, path in waiting:
            draft.replace(path)
    except OSError as error:
        raise InputError(f"{error.filename or 'The output'} could not be written: {error.strerror}.") from None
    finally:
        for draft, _ in waiting:
            draft.unlink(missing_ok=True)
    for content, path in outputs:
        if path is None:
            if isinstance(content, bytes):
                sys.stdout.buffer.write(content)
            else:
                sys.stdout.write(content)
            sys.stdout.flush()


def _draft(content: str | bytes, path: Path) -> Path:
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file for --output.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}: create it, or choose another place for --output.")
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    # A temporary file is its owner's alone; what the user asked for gets the permissions that any new file gets.
    mask = os.umask(0)
    os.umask(mask)
    draft.chmod(0o666 & ~mask)
    return draft


def one_line(error: CodecheckError | str) -> str:
    """Return an error's message as the one line that is printed."""
    return " ".join(str(error).split())
