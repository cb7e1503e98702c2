"""Mutations: a compliant policy with one statement taken out, weakened or turned round must get exactly that row.

Beside ``policy.md`` stands ``policy.mutations.yaml``, a list of entries:

    - provision: "6.14"
      kind: contradict               # remove | weaken | contradict | restage | neutral
      find: within 20 working days   # stands once in the policy; line breaks may differ
      replace: within 30 working days
      row: ["6.14"]                  # the rows that it must bring; [] for a neutral edit
      may: ["6.15"]                  # rows that would do no harm (optional)
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from codecheck.documents.document import read_document
from codecheck.errors import InputError
from codecheck.model import Document
from codecheck.quality.corpus import rows_of
from codecheck.rules.pack import RulePack

MUTATIONS_SUFFIX = ".mutations.yaml"
KINDS = ("remove", "weaken", "contradict", "restage", "neutral")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One edit of a policy: ``replace`` in place of ``find``. ``row`` must then come, ``may`` may, no other."""

    policy: Path
    provision: str
    kind: str
    find: str
    replace: str
    row: tuple[str, ...]
    may: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A name that lasts while the list about it changes: provision, kind and the digest of the edit."""
        edit = " ".join(self.find.split()) + "\0" + " ".join(self.replace.split())
        return f"{self.provision} {self.kind} {hashlib.sha256(edit.encode()).hexdigest()[:8]}"

    @property
    def told(self) -> str:
        """The edit in short, for people."""
        return f"{_start(self.find)} => {_start(self.replace) or 'nothing'}"


@dataclass(frozen=True, slots=True)
class MutationResult:
    """What an edit did. ``missing`` rows should have come and did not, ``extra`` ones came and should not.

    ``masked``: the policy has that row without the edit, so that the edit shows nothing.
    """

    mutation: Mutation
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    masked: bool = False

    @property
    def right(self) -> bool:
        """Whether the rows were exactly those due, and due to the edit."""
        return not (self.missing or self.extra or self.masked)

    @property
    def told(self) -> str:
        """What was wrong, for people; "" if nothing was."""
        parts = [f"no row for {', '.join(self.missing)}"] if self.missing else []
        parts += [f"a row for {', '.join(self.extra)} too"] if self.extra else []
        parts += ["the row is there without the edit"] if self.masked else []
        return "; ".join(parts)


def mutations_file(policy: Path) -> Path:
    """Return the file of the mutations of a policy."""
    return policy.with_name(policy.stem + MUTATIONS_SUFFIX)


def load_mutations(policy: Path) -> list[Mutation]:
    """Load the mutations beside a policy; raise InputError where there are none or an entry cannot be used."""
    path = mutations_file(policy)
    try:
        text, data = policy.read_text(encoding="utf-8"), yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{error.filename}: {error.strerror}. Mutations stand beside their policy, in {path.name}."
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{policy}: a policy in Markdown is expected, with {path.name} beside it.") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: {error}") from None
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise InputError(f"{path}: a list of mappings (- provision: ...) is expected.")
    found = [_mutation(policy, path, at, entry) for at, entry in enumerate(data, start=1)]
    for at, mutation in enumerate(found, start=1):
        times = len(re.findall(_loose(mutation.find), text))
        if times != 1:
            raise InputError(
                f"{path}: entry {at}: {_start(mutation.find)!r} stands {times} times in {policy.name}, not once."
            )
    return found


def _mutation(policy: Path, path: Path, at: int, entry: Mapping[str, Any]) -> Mutation:
    absent = [key for key in ("provision", "kind", "find", "replace", "row") if entry.get(key) is None]
    if absent:
        raise InputError(f"{path}: entry {at}: {', '.join(absent)} must be given.")
    kind, row = str(entry["kind"]), tuple(str(one) for one in entry["row"])
    if kind not in KINDS:
        raise InputError(f"{path}: entry {at}: {kind!r} is no kind of mutation; use one of {', '.join(KINDS)}.")
    if (kind == "neutral") == bool(row):
        raise InputError(f"{path}: entry {at}: a neutral edit has no row, and every other edit at least one.")
    may = tuple(str(one) for one in entry.get("may", ()))
    return Mutation(policy, str(entry["provision"]), kind, str(entry["find"]), str(entry["replace"]), row, may)


def mutate(text: str, mutation: Mutation) -> str:
    """Return the policy's text after the edit."""
    return re.sub(_loose(mutation.find), lambda _: mutation.replace, text, count=1)


def run_mutations(mutations: Iterable[Mutation], pack: RulePack) -> list[MutationResult]:
    """Apply each mutation on its own to its policy, and hold the rows it brings against those due.

    Raises RulePackError where a rule fails.
    """
    texts: dict[Path, tuple[str, frozenset[str]]] = {}
    results = []
    for mutation in mutations:
        if mutation.policy not in texts:
            text = mutation.policy.read_text(encoding="utf-8")
            texts[mutation.policy] = text, rows_of(_document(text), pack)
        text, base = texts[mutation.policy]
        results.append(judge(mutation, base, rows_of(_document(mutate(text, mutation)), pack), pack))
    return results


def judge(mutation: Mutation, base: frozenset[str], rows: frozenset[str], pack: RulePack) -> MutationResult:
    """Hold the ``rows`` after an edit against those due; ``base`` are the rows before it. Twins share a row."""
    due = {one: {one, *_twins(one, pack)} for one in mutation.row}
    masked = bool(mutation.row) and all(base & same for same in due.values())
    missing = tuple(one for one, same in due.items() if not rows & same)
    allowed = base.union(mutation.may, *due.values())
    return MutationResult(mutation, missing, tuple(sorted(rows - allowed)), masked)


def rates(mutations: Iterable[Mutation], failed: Container[str]) -> dict[str, float]:
    """Return the shares of mutants ``caught`` and neutral edits ``silent``, given the keys of those that failed."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for mutation in mutations:
        name = "silent" if mutation.kind == "neutral" else "caught"
        total[name] += 1
        right[name] += mutation.key not in failed
    return {name: right[name] / count for name, count in total.items()}


def _document(text: str) -> Document:
    return read_document(text.encode("utf-8"), "policy.md", document_id="policy", kind="policy")


def _twins(provision: str, pack: RulePack) -> tuple[str, ...]:
    found = pack.provisions.get(provision)
    return found.row_with if found is not None else ()


def _loose(text: str) -> str:
    """A regular expression for ``text`` with any white space between its words."""
    return r"\s+".join(map(re.escape, text.split()))


def _start(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:60].rstrip() + "..."
