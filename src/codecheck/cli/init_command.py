"""codecheck init: a commented codecheck.toml, a pre-commit entry and a CI job."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from codecheck.cli.assess_options import Quiet
from codecheck.cli.console import OK, Voice, say, write_outputs
from codecheck.cli.progress import steps
from codecheck.cli.sources import read_source, recognised
from codecheck.config.draft import PRE_COMMIT, WORKFLOW, draft_config
from codecheck.config.find import CONFIG_FILE, find_config
from codecheck.errors import CodecheckError, InputError
from codecheck.model import DocumentKind
from codecheck.rules.load import find_pack, load_pack

PRE_COMMIT_FILE, WORKFLOW_FILE = Path(".pre-commit-config.yaml"), Path(".github/workflows/codecheck.yml")
_READ = frozenset({".docx", ".pdf", ".html", ".htm", ".md", ".txt"})
_TELLING = re.compile(r"complain|ombuds|self.?assess|policy|procedure", re.IGNORECASE)
_MOST_READ, _MOST_BYTES, _DEEPEST = 20, 10_000_000, 2
_ONE_ONLY: tuple[DocumentKind, ...] = ("policy", "self-assessment")


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where to write.", show_default=False)] = Path(),
    ci: Annotated[
        bool | None,
        typer.Option(
            "--ci/--no-ci",
            help="Write the pre-commit entry and the CI job too. [default: in a git repository]",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Write a commented codecheck.toml that names the documents of a folder; with a pre-commit entry and a CI job.

    The documents are found by what they say, at most two folders deep. Nothing is overwritten: what is there already
    is left as it is, and a line says what to add to it.

    Exit status: 0 written, 2 there is a configuration already (--ci writes the rest), or it cannot be written.
    """
    voice = Voice(quiet=quiet)
    if not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder." if folder.exists() else f"There is no folder {folder}.")
    there = _configuration_in(folder)
    if there is not None and not ci:
        raise InputError(f"{there} is there already: edit it. --ci writes the pre-commit entry and the CI job.")
    written = []
    if there is None:
        written.append(_write_config(folder / CONFIG_FILE, _find_documents(folder, voice), voice))
    if (folder / ".git").exists() if ci is None else ci:
        written += _write_ci(folder, voice)
    elif ci is None:
        voice.note("No git repository here: --ci writes the pre-commit entry and the CI job too.")
    write_outputs([("".join(f"{path}\n" for path in written), None)])
    voice.note("Next: codecheck assess")
    return OK


def _configuration_in(folder: Path) -> Path | None:
    """Return the configuration that stands in a folder itself."""
    found = find_config(folder)
    return folder / found.name if found is not None and found.parent == folder.absolute() else None


def _write_config(path: Path, found: Mapping[DocumentKind, Sequence[str]], voice: Voice) -> Path:
    _write(path, draft_config(found))
    for kind, names in found.items():
        voice.note(f"{kind}: {', '.join(names)}")
    if "policy" not in found:
        voice.note(f"No complaints policy was found: name it in {path}.")
    return path


def _write_ci(folder: Path, voice: Voice) -> list[Path]:
    written = []
    for name, text in ((PRE_COMMIT_FILE, PRE_COMMIT), (WORKFLOW_FILE, WORKFLOW)):
        if (folder / name).exists():
            voice.note(f"{folder / name} is there already and was left as it is. To add to it:\n{text}")
        else:
            written.append(_write(folder / name, text))
    return written


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path} could not be written: {error.strerror}. --no-ci leaves it out.") from None
    write_outputs([(text, path)])
    return path


def _find_documents(folder: Path, voice: Voice) -> Mapping[DocumentKind, Sequence[str]]:
    """Return the names of a landlord's documents, with forward slashes, by kind; of some kinds only the first."""
    pack = load_pack(find_pack())
    found: defaultdict[DocumentKind, list[str]] = defaultdict(list)
    for path in steps(_candidates(folder), lambda one: f"reading {one.name}", voice):
        try:
            document = read_source(str(path), document_id="document", kind="other")
        except CodecheckError:
            continue  # not one that could be assessed
        kind = recognised(document, pack).kind
        name = path.relative_to(folder).as_posix()
        if kind == "other":
            continue
        if kind in _ONE_ONLY and found[kind]:
            say(f"{name}: a second {kind}; only {found[kind][0]} is named")
            continue
        found[kind].append(name)
    return {kind: names for kind, names in found.items() if names}


def _candidates(folder: Path) -> list[Path]:
    """Return the files that may be such documents, those with telling names first."""
    files = []
    for place, folders, names in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = [] if depth >= _DEEPEST else sorted(name for name in folders if not name.startswith((".", "_")))
        files += [Path(place) / name for name in names if Path(name).suffix.lower() in _READ and name[0] not in ".~"]
    readable = [path for path in files if path.is_file() and path.stat().st_size <= _MOST_BYTES]
    return sorted(readable, key=lambda path: (not _TELLING.search(path.name), str(path)))[:_MOST_READ]
