"""Packs that were read before, kept as JSON: their data and their phrases as parsed.

Reading a pack's YAML and parsing its phrases takes longer than assessing a policy, and gives the same every time. The
packs that come with codecheck are kept beside its code when it is installed, so that the first run need not read them
either; others, and those that were changed since, in the user's cache folder.

What is kept is found by a digest of the pack's files and of the code that parses phrases, so it is never stale, and it
is data only. It is not trusted from a folder or file that another user could have written, and whatever goes wrong here
only means that the pack is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from codecheck import __version__
from codecheck.language import lexicon, nodes, phrases, sieve, words

_PARSERS = (lexicon, nodes, phrases, sieve, words)
INSTALLED = Path(__file__).resolve().parents[1] / "kept_packs"
_MOST = 12  # files kept; a user needs two or three, a test run makes many


def digest_of(files: Iterable[Path]) -> str:
    """Return a digest of ``files`` and of what else decides how they are read."""
    digest = hashlib.sha256(f"{__version__}".encode())
    for path in (*(Path(str(module.__file__)) for module in _PARSERS), *files):
        data = path.read_bytes()
        digest.update(f"\x00{path.name}\x00{len(data)}\x00".encode() + data)
    return digest.hexdigest()


def kept(digest: str) -> dict[str, Any] | None:
    """Return the data kept under ``digest``, or None."""
    # Whoever can write what is beside the code can write the code.
    return _read(INSTALLED, digest) or _read(_folder(), digest, only_ours=True)


def _read(folder: Path | None, digest: str, *, only_ours: bool = False) -> dict[str, Any] | None:
    try:
        if folder is None or (only_ours and not _is_ours(folder)):
            return None
        path = folder / f"{digest}.json"
        if only_ours and not _is_ours(path):
            return None
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and data.get("digest") == digest else None


def keep(digest: str, data: dict[str, Any]) -> None:
    """Keep ``data`` under ``digest`` for the next run, if that can be done."""
    try:
        folder = _folder()
        if folder is None:
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder):
            return
        older = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in older[_MOST - 1 :]:
            path.unlink(missing_ok=True)
        write(folder, digest, data)
    except (OSError, ValueError, TypeError):
        return


def write(folder: Path, digest: str, data: dict[str, Any]) -> None:
    """Write ``data`` into ``folder``, where it is found under ``digest``; raise OSError if that cannot be done."""
    # Written beside its place and moved there, so that another run never reads half of it.
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, suffix=".draft", delete=False) as file:
        json.dump({"digest": digest, **data}, file, separators=(",", ":"))
    Path(file.name).replace(folder / f"{digest}.json")


def _folder() -> Path | None:
    """Return the folder for packs in the user's cache folder, or None where there is no telling which that is."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", ""))
    elif sys.platform == "darwin":
        base = Path("~/Library/Caches")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
    try:
        base = base.expanduser()
    except RuntimeError:  # a user without a home
        return None
    return base / "codecheck" / "packs" if base.is_absolute() else None


def _is_ours(path: Path) -> bool:
    """Tell whether only this user can have written ``path``. On Windows the user's own folders are that by default."""
    if sys.platform == "win32":
        return path.exists()
    status = path.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
