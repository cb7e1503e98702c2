"""One way in for every format: bytes to a Reading, and a path to bytes."""

from __future__ import annotations

import dataclasses
import difflib
import pathlib

from codecheck.documents.filetype import sniff
from codecheck.documents.reading import Reading
from codecheck.errors import InputError

MAX_BYTES = 100 * 1024 * 1024


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a document of any known format, recognised by its content.

    `name` is used in messages, and to tell Markdown from plain text. Raises InputError for anything that cannot be
    read, in one line that says what is wrong and what to do.
    """
    kind = sniff(data, name)
    # Imported where needed: somebody with a Word file should not wait for the PDF libraries to load.
    if kind == "docx":
        from codecheck.documents.docx import read_docx as reader
    elif kind == "pdf":
        from codecheck.documents.pdf import read_pdf as reader
    elif kind == "html":
        from codecheck.documents.html import read_html as reader
    elif kind == "markdown":
        from codecheck.documents.markdown import read_markdown as reader
    else:
        from codecheck.documents.plaintext import read_text as reader
    return dataclasses.replace(reader(data, name), format=kind)


def load_file(path: pathlib.Path) -> tuple[bytes, str]:
    """Return the bytes of the file at `path`, and the path as given, for messages.

    Raises InputError for a file that is missing (with the nearest names in its folder), a folder, unreadable, or over
    100 MB.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"No such file: {name}. Check the path.{_suggestion(path)}") from None
    except IsADirectoryError:
        raise InputError(f"{name} is a folder: name the file in it that should be read") from None
    except PermissionError:
        raise _unreadable(path, name) from None
    except OSError as error:
        raise InputError(
            f"{name} could not be read: {error.strerror or 'the system refused'}. Check the path."
        ) from None
    except ValueError:  # a null character in the path
        raise InputError(f"No such file: {name!r}. Check the path.") from None
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} is larger than 100 MB: remove its pictures, or save the policy itself as a file of its own"
        )
    return data, name


def _unreadable(path: pathlib.Path, name: str) -> InputError:
    if path.is_dir():  # Windows answers "permission denied" where others say "is a directory"
        return InputError(f"{name} is a folder: name the file in it that should be read")
    return InputError(
        f"{name} may not be read by this user: change its permissions, or close the program that has it open"
    )


def _suggestion(path: pathlib.Path) -> str:
    """A question that names the files with the nearest names in the same folder, or ""."""
    try:
        candidates = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return ""
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    found = difflib.get_close_matches(path.name.lower(), by_lower, n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(by_lower[match] for match in found)}?" if found else ""
