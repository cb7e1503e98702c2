"""The baseline: the rows that a landlord had when it began to check. It only shrinks.

It is a JSON file of issues (see ``issues``), sorted and without dates, so that version control shows what went.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from codecheck.deviations.issues import Issue, issues
from codecheck.errors import InputError
from codecheck.model import Assessment, DocumentKind, Finding
from codecheck.rules.load import provision_order
from codecheck.rules.pack import RulePack

SCHEMA_VERSION = 1
_MOST_WORDS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue that is known: its fingerprint, what a reader needs to recognise it, and why it was added later."""

    fingerprint: str
    provision: str
    document: DocumentKind
    element: str = ""
    words: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An assessment held against a baseline.

    ``assessment`` has its known findings marked; ``new`` are those with an issue that the baseline does not have, and
    ``gone`` the entries that occur no more. ``kept`` are the other entries.
    """

    assessment: Assessment
    new: tuple[Finding, ...]
    kept: tuple[Entry, ...]
    gone: tuple[Entry, ...]


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """Read a baseline; raise InputError where the file is missing or is none."""
    if not path.is_file():
        raise InputError(f"There is no baseline {path}: `codecheck baseline` writes it.")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema_version"] != SCHEMA_VERSION:
            raise InputError(f"{path} was written by another version of codecheck: delete it and write it anew.")
        return tuple(_entry(item) for item in data["entries"])
    except OSError as error:
        raise InputError(f"{path} could not be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path} is not a baseline of codecheck: name another file.") from None


def baseline_text(entries: Iterable[Entry]) -> str:
    """Return a baseline as JSON text, one entry a line, in the order of provision, element and document."""
    lines = [f"  {json.dumps(_data(entry), ensure_ascii=False)}" for entry in sorted(set(entries), key=_order)]
    body = "\n" + ",\n".join(lines) + "\n " if lines else ""
    return f'{{\n "schema_version": {SCHEMA_VERSION},\n "entries": [{body}]\n}}\n'


def compare_with_baseline(
    assessment: Assessment,
    entries: Iterable[Entry],
    pack: RulePack,
    *,
    concerns: Callable[[Finding], bool] = lambda finding: True,
) -> Comparison:
    """Hold an assessment against a baseline.

    A finding is known when all its issues are in the baseline: one that lost an issue stays known, one that gained an
    issue is new. ``concerns`` chooses the findings that can be new. An accepted finding needs no entry.
    Entries on provisions or documents that were not assessed are kept.
    """
    entries = tuple(entries)
    known = {entry.fingerprint for entry in entries}
    findings, new, seen = [], [], set()
    for finding in assessment.findings:
        if finding.accepted is None:
            own = {issue.fingerprint for issue in issues(finding, assessment, pack)}
            seen |= own
            if own <= known:
                finding = replace(finding, in_baseline=True)
            elif concerns(finding):
                new.append(finding)
        findings.append(finding)
    kinds = {document.kind for document in assessment.documents}
    gone = tuple(
        entry
        for entry in entries
        if entry.fingerprint not in seen
        and (entry.provision in assessment.provisions or entry.provision not in pack.provisions)
        and entry.document in kinds
    )
    return Comparison(
        assessment=replace(assessment, findings=tuple(findings)),
        new=tuple(new),
        kept=tuple(entry for entry in entries if entry not in gone),
        gone=gone,
    )


def entries_of(
    findings: Iterable[Finding], assessment: Assessment, pack: RulePack, *, reason: str = ""
) -> tuple[Entry, ...]:
    """Return the entries that make findings known; ``reason`` is why they are added to a baseline that exists."""
    return tuple(
        _known(issue, reason) for issue in sorted({i for one in findings for i in issues(one, assessment, pack)})
    )


def join(kept: Sequence[Entry], added: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries with those added that were not among them; an entry keeps the reason that it has."""
    there = {entry.fingerprint for entry in kept}
    return (*kept, *(entry for entry in added if entry.fingerprint not in there))


def _known(issue: Issue, reason: str) -> Entry:
    words = issue.words.split()
    shown = " ".join(words[:_MOST_WORDS_SHOWN]) + (" ..." if len(words) > _MOST_WORDS_SHOWN else "")
    return Entry(issue.fingerprint, issue.provision, issue.document, issue.element, shown, reason)


def _entry(item: dict[str, Any]) -> Entry:
    texts = {key: item.get(key, "") for key in ("element", "words", "reason")}
    entry = Entry(item["fingerprint"], item["provision"], item["document"], **texts)
    if entry.document not in get_args(DocumentKind) or not all(isinstance(text, str) for text in _data(entry).values()):
        raise ValueError(entry.document)
    return entry


def _data(entry: Entry) -> dict[str, str]:
    data = {
        "provision": entry.provision, "element": entry.element, "document": entry.document, "words": entry.words,
        "reason": entry.reason, "fingerprint": entry.fingerprint,
    }  # fmt: skip
    return {key: value for key, value in data.items() if value}


def _order(entry: Entry) -> tuple[tuple[int, ...], str, str, str, str]:
    return (provision_order(entry.provision), entry.provision, entry.element, entry.document, entry.words)
