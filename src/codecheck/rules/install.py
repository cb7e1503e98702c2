"""Keeping the packs that come with codecheck beside its code, when it is built or installed (``hatch_build.py``)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from codecheck.rules.contacts import CONTACTS_FILE
from codecheck.rules.kept import digest_of, write
from codecheck.rules.load import digest_of_pack, parse_pack, parse_yaml


def keep_installed(packs: Iterable[Path], target: Path) -> None:
    """Read the packs in the folders ``packs`` and keep them in ``target``, and nothing else there.

    Raises RulePackError where a pack does not hold together, OSError where ``target`` cannot be written.
    """
    target.mkdir(exist_ok=True)
    for old in target.glob("*.json"):
        old.unlink()
    for pack in packs:
        digest = digest_of_pack(pack)
        if digest is not None:
            write(target, digest, parse_pack(pack)[0])
        contacts = pack / CONTACTS_FILE
        if contacts.is_file():
            write(target, digest_of([contacts]), parse_yaml(contacts))
