"""The contact details of the body that a pack's code belongs to (``contacts.yaml``): current ones and outdated ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from codecheck.errors import RulePackError
from codecheck.rules.load import read_kept_yaml

CONTACTS_FILE = "contacts.yaml"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A detail that is no longer right: as it is written, the pieces it is known by, what it was, until which year."""

    value: str
    marks: tuple[str, ...]
    was: str
    until: int | None = None


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How a body is reached (provision 3.7 asks landlords to say so), how it once was, and who else may be named."""

    body: str
    names: tuple[str, ...]
    address: tuple[str, ...]
    telephones: tuple[str, ...]
    emails: tuple[str, ...]
    domain: str
    website: str
    old_addresses: tuple[Outdated, ...]
    old_telephones: tuple[Outdated, ...]
    old_domains: tuple[Outdated, ...]
    others: tuple[str, ...]
    own: tuple[str, ...]
    past: tuple[str, ...]
    labels: tuple[str, ...]

    def contradictions(self) -> Iterator[tuple[str, int, str]]:
        """Yield what is given both as current and as outdated: the list, the place in it, and the detail."""
        current = {digits(number) for number in self.telephones}
        for at, old in enumerate(self.old_telephones):
            if digits(old.value) in current:
                yield "telephones", at, old.value
        for at, old in enumerate(self.old_domains):
            if old.value == self.domain:
                yield "domains", at, old.value
        lines = {line.casefold() for line in self.address}
        for at, old in enumerate(self.old_addresses):
            for mark in old.marks:
                if mark.casefold() in lines:
                    yield "addresses", at, mark


def digits(telephone: str) -> str:
    """Return a telephone number as bare digits that begin with 0: "+44 (0)300 111 3000" gives "03001113000"."""
    bare = re.sub(r"\D", "", telephone)
    abroad = telephone.lstrip().startswith("+44") or bare.startswith("0044")
    if abroad:
        bare = bare.removeprefix("00").removeprefix("44")
    return "0" + bare.lstrip("0") if abroad else bare


@lru_cache(maxsize=8)
def load_contacts(folder: Path) -> ContactDetails | None:
    """Return the contact details of the pack in ``folder``, or None; raise RulePackError if the file is broken."""
    path = folder / CONTACTS_FILE
    if not path.is_file():
        return None
    try:
        return build_contacts(read_kept_yaml(path))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
        raise RulePackError(f"{path}: {reason}. `codecheck rules validate` says where.") from None


def build_contacts(data: Mapping[str, Any]) -> ContactDetails:
    """Build contact details from the data of a ``contacts.yaml`` that keeps to the schema."""
    current, outdated = data["current"], data["outdated"]
    return ContactDetails(
        body=data["body"],
        names=tuple(data["names"]),
        address=tuple(current["address"]),
        telephones=tuple(current["telephones"]),
        emails=tuple(current["emails"]),
        domain=current["domain"],
        website=current["website"],
        old_addresses=tuple(
            Outdated(", ".join(old["lines"]), tuple(old["marks"]), old["was"], old.get("until"))
            for old in outdated["addresses"]
        ),
        old_telephones=_old(outdated["telephones"], "number"),
        old_domains=_old(outdated["domains"], "domain"),
        others=tuple(data["others"]),
        own=tuple(data["own"]),
        past=tuple(data["past"]),
        labels=tuple(data["labels"]),
    )


def _old(entries: list[dict[str, Any]], key: str) -> tuple[Outdated, ...]:
    return tuple(Outdated(old[key], (old[key],), old["was"], old.get("until")) for old in entries)
