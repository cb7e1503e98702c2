"""Standard error and exit statuses: what every command shares."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from codecheck.errors import CodecheckError, InputError

OK, ROWS, WRONG, INTERRUPTED = 0, 1, 2, 130


def say(message: str) -> None:
    """Print a line for the person at the terminal, on standard error."""
    print(message, file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Voice:
    """How much a command says on standard error beside errors: nothing if ``quiet``, everything if ``verbose``."""

    quiet: bool = False
    verbose: bool = False

    def note(self, message: str) -> None:
        """Print a line that most people want."""
        if not self.quiet:
            say(message)

    def detail(self, message: str) -> None:
        """Print a line for somebody who wants to know exactly what happened."""
        if self.verbose:
            say(message)


def voice_of(quiet: bool, verbose: bool) -> Voice:
    """Return the voice that two options ask for; raise InputError where they contradict each other."""
    if quiet and verbose:
        raise InputError("--quiet and --verbose contradict each other: leave one of them out.")
    return Voice(quiet=quiet, verbose=verbose)


def to_file(output: Path | None) -> Path | None:
    """Return the file that --output means, None for standard output, which is called - too."""
    return None if output == Path("-") else output


def refuse_overwriting(
    outputs: Sequence[Path | None], documents: Sequence[str], settings: Sequence[Path | None] = ()
) -> None:
    """Raise InputError where an output would take the place of a document, or of the configuration or the baseline."""
    read = {_place(name): "one of the documents" for name in documents}
    read |= {_place(path): "the configuration or the baseline" for path in settings if path is not None}
    for path in outputs:
        if path is not None and _place(path) in read:
            raise InputError(f"{path} is {read[_place(path)]}: choose another name for --output.")


def _place(path: str | Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def check_outputs(paths: Iterable[Path | None]) -> None:
    """Raise InputError where a file could not be written, before any work is done for it."""
    for path in paths:
        if path is not None:
            _try(path)


def write_outputs(outputs: Sequence[tuple[str | bytes, Path | None]]) -> None:
    """Write each text (as UTF-8) or bytes to its file, or to standard output where the path is None.

    All files are complete or absent: each is written beside its place and then moved there. Raises InputError if a
    file cannot be written.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        with _writing():
            for content, path in outputs:
                if path is not None and not _is_device(path):
                    waiting.append((_draft(content, path), Path(os.path.realpath(path))))
            for draft, path in waiting:
                draft.replace(path)
            for content, path in outputs:
                if path is not None and _is_device(path):
                    path.write_bytes(_bytes(content))
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


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{error.filename or 'The output'} could not be written: {error.strerror}.") from None


def _is_device(path: Path) -> bool:
    """Tell whether a path is something like /dev/null, which is written to and must never be replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _try(path: Path) -> None:
    """Raise InputError where a file cannot be written; leave nothing behind."""
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file for --output.")
    if path.parent.exists() and not path.parent.is_dir():
        raise InputError(f"{path.parent} is a file, not a folder: choose another place for --output.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}: create it, or choose another place for --output.")
    if path.exists() and not os.access(path, os.W_OK):
        raise InputError(f"{path} may not be written: choose another name for --output.")
    if not _is_device(path):
        place = Path(os.path.realpath(path))
        try:
            with tempfile.NamedTemporaryFile("wb", dir=place.parent, prefix=f".{place.name}."):
                pass
        except OSError as error:
            raise InputError(
                f"{path} could not be written ({error.strerror}): choose another place for --output."
            ) from None


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _draft(content: str | bytes, path: Path) -> Path:
    _try(path)
    place = Path(os.path.realpath(path))
    with tempfile.NamedTemporaryFile("wb", dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(_bytes(content))
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
