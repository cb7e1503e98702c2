"""From the arguments of a command to documents: which is the policy, and what the others are."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from codecheck.assess.recognise import Recognition, recognise, require_complaints_document
from codecheck.cli.console import Voice
from codecheck.cli.progress import steps
from codecheck.documents.document import read_document
from codecheck.documents.read import load_file
from codecheck.errors import InputError
from codecheck.model import Document, DocumentKind
from codecheck.report.appendix import HEADER
from codecheck.rules.pack import RulePack

STANDARD_INPUT, SHOWN_INPUT = "-", "standard input"
_CALLED: Mapping[DocumentKind, str] = {
    "policy": "a policy", "procedure": "a procedure", "website": "a page of a website",
    "self-assessment": "a self-assessment form", "other": "neither policy, procedure, web page nor self-assessment",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was named: a path, an address or "-"; ``kind`` where the user said what it is."""

    name: str
    kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents of one landlord, the policy first, and remarks on how they were taken, each one line."""

    documents: tuple[Document, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Read:
    """A document that was read, and what it is: as the user said, or as recognised."""

    document: Document
    kind: DocumentKind
    said: bool
    certain: bool


def read_source(name: str, *, document_id: str, kind: DocumentKind) -> Document:
    """Read the file or the address ``name``, or standard input for "-"; raise InputError if that cannot be done."""
    if name == STANDARD_INPUT:
        return read_document(sys.stdin.buffer.read(), SHOWN_INPUT, document_id=document_id, kind=kind)
    if "://" in name:
        # Imported late: most documents are files.
        from codecheck.documents.fetch import fetch, is_address

        if is_address(name):
            fetched = fetch(name)
            return read_document(fetched.data, name, document_id=document_id, kind=kind, retrieved_from=fetched.address)
    data, shown = load_file(Path(name))
    return read_document(data, shown, document_id=document_id, kind=kind)


def read_documents(sources: Sequence[Source], pack: RulePack, voice: Voice | None = None) -> Sources:
    """Read all documents of an assessment and find out which is the policy.

    The policy is the one that the user calls so, else the first that reads like one, else the first document, where it
    could be one. Of several policies the first is assessed; one that is a web page is taken for a page of the website,
    any other is put aside as "other", and a remark says so. Raises InputError where a document cannot be read or is
    given twice, and where none is a policy.
    """
    _refuse_repeated([source.name for source in sources])
    shown = steps(sources, lambda source: f"reading {source.name}", voice or Voice(quiet=True))
    read = [_read(source, pack) for source in shown]
    _refuse_copies([one.document for one in read])
    remarks: list[str] = []
    policy = _policy(read, pack, remarks)
    others = [one for one in read if one is not policy]
    for one in others:
        _settle(one, others, remarks)
    counts: dict[str, int] = {}
    documents = [replace(policy.document, id="policy", kind="policy")]
    for one in others:
        counts[one.kind] = counts.get(one.kind, 0) + 1
        identity = one.kind if counts[one.kind] == 1 else f"{one.kind}-{counts[one.kind]}"
        documents.append(replace(one.document, id=identity, kind=one.kind))
    return Sources(tuple(documents), tuple(remarks))


def recognised(document: Document, pack: RulePack) -> Recognition:
    """Return what a document is taken for; a table that codecheck or an assessor made of a policy is none itself."""
    texts = {clause.text for clause in document.clauses}
    texts |= {clause.cell.column_header for clause in document.clauses if clause.cell is not None}
    return Recognition("other", certain=True) if texts.issuperset(HEADER) else recognise(document, pack)


def name_sources(
    documents: Sequence[str], named: Mapping[DocumentKind, Sequence[str]], kinds: Mapping[str, DocumentKind]
) -> list[Source]:
    """Join what was given as DOCUMENT, what was given by an option of its kind, and what --kind says.

    Raises InputError where a name is empty, and where --kind names no document given, or contradicts an option.
    """
    if not all(name.strip() for name in (*documents, *(name for names in named.values() for name in names))):
        raise InputError("The name of a document is empty: name a file, or - for standard input.")
    sources = [Source(name, _said(name, kinds)) for name in documents]
    for kind, names in named.items():
        for name in names:
            said = _said(name, kinds)
            if said not in (None, kind):
                raise InputError(f"{name}: --{kind} and --kind say different things about it. Leave one of them out.")
            sources.append(Source(name, kind))
    for entry in kinds:
        if not any(entry in (source.name, _file_name(source.name)) for source in sources):
            raise InputError(f"--kind {entry}={kinds[entry]}: no document of that name is given. Check its spelling.")
    return sources


def parse_kinds(entries: Sequence[str]) -> dict[str, DocumentKind]:
    """Parse --kind FILE=KIND entries; raise InputError if one is not of that form."""
    known = {kind: kind for kind in get_args(DocumentKind)}
    kinds: dict[str, DocumentKind] = {}
    for entry in entries:
        name, _, kind = entry.rpartition("=")
        if not name or kind not in known:
            raise InputError(f"--kind {entry}: write FILE=KIND, with KIND one of {', '.join(known)}.")
        kinds[name] = known[kind]
    return kinds


def _said(name: str, kinds: Mapping[str, DocumentKind]) -> DocumentKind | None:
    return kinds.get(name) or kinds.get(_file_name(name))


def _file_name(name: str) -> str:
    """Return the short name by which --kind may call a document."""
    if name == SHOWN_INPUT:
        return STANDARD_INPUT
    return name.rstrip("/").rpartition("/")[2] if "://" in name else Path(name).name


def _read(source: Source, pack: RulePack) -> _Read:
    document = read_source(source.name, document_id="other", kind="other")
    if source.kind is not None:
        return _Read(document, source.kind, said=True, certain=True)
    found = recognised(document, pack)
    return _Read(document, found.kind, said=False, certain=found.certain)


def _policy(read: Sequence[_Read], pack: RulePack, remarks: list[str]) -> _Read:
    said = [one for one in read if one.said and one.kind == "policy"]
    if len(said) > 1:
        both = " and ".join(one.document.path for one in said[:2])
        raise InputError(f"{both}: --kind calls both the policy, and only one can be assessed. Name one.")
    found = said or [one for one in read if one.kind == "policy"]
    if found:
        return found[0]
    first = read[0]
    if first.said:
        raise InputError(
            f"{first.document.path}: you call it {_CALLED[first.kind]}, and no other document reads like a policy. "
            f"Give the policy first."
        )
    # What is not about complaints, or is a form, has its own message.
    require_complaints_document(first.document, pack)
    if first.certain:
        raise InputError(
            f"{first.document.path}: this reads like {_CALLED[first.kind]}, and no other document reads like a policy. "
            f"Give the policy first; --kind {_file_name(first.document.path)}=policy assesses this as the policy."
        )
    remarks.append(
        f"{first.document.path}: reads like {_CALLED[first.kind]}; assessed as the policy, since it is given first and "
        "no other document is one."
    )
    return first


def _settle(one: _Read, others: Sequence[_Read], remarks: list[str]) -> None:
    """Decide what a document beside the policy is taken for, where there can be only one of its kind."""
    path = one.document.path
    if one.kind == "policy":
        one.kind = "website" if one.document.format == "html" else "other"
        taken = "taken for a page of the website" if one.kind == "website" else "put aside"
        remarks.append(
            f"{path}: reads like a second policy; {taken}, since only the first is assessed. "
            f"--kind {_file_name(path)}=policy assesses this one, and =procedure compares it."
        )
    elif one.kind == "self-assessment" and one is not next(o for o in others if o.kind == "self-assessment"):
        one.kind = "other"
        remarks.append(f"{path}: a second self-assessment; put aside, since only the first is used.")
    elif one.kind == "other" and not one.said:
        remarks.append(
            f"{path}: does not read like a document on complaints; put aside. --kind {_file_name(path)}=procedure (or "
            "another kind) says what it is."
        )


def _refuse_repeated(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        place = name if name == STANDARD_INPUT or "://" in name else os.path.normcase(os.path.realpath(name))
        if place in seen:
            shown = SHOWN_INPUT if name == STANDARD_INPUT else name
            raise InputError(f"{shown} is given twice: name each document once.")
        seen.add(place)


def _refuse_copies(documents: Sequence[Document]) -> None:
    seen: dict[str, str] = {}
    for document in documents:
        if document.sha256 in seen:
            raise InputError(
                f"{seen[document.sha256]} and {document.path} are the same document: name each document once."
            )
        seen[document.sha256] = document.path
