"""From the arguments of a command to documents."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from codecheck.assess.recognise import require_complaints_document
from codecheck.documents.document import read_document
from codecheck.documents.read import load_file
from codecheck.errors import InputError
from codecheck.model import Document, DocumentKind
from codecheck.rules.pack import RulePack

STANDARD_INPUT = "-"


def read_source(name: str, *, document_id: str, kind: DocumentKind) -> Document:
    """Read the file ``name``, or standard input for "-"; raise InputError if that cannot be done."""
    if name == STANDARD_INPUT:
        return read_document(sys.stdin.buffer.read(), "standard input", document_id=document_id, kind=kind)
    if name.startswith(("http://", "https://")):
        raise InputError(f"{name}: codecheck does not fetch pages. Save the page from your browser and give that file.")
    data, shown = load_file(Path(name))
    return read_document(data, shown, document_id=document_id, kind=kind)


def read_policy(name: str, kinds: Mapping[str, DocumentKind], pack: RulePack) -> Document:
    """Read the document to be assessed; refuse one that is not about complaints, unless ``kinds`` calls it a policy."""
    kind = kinds.get(name) or kinds.get(Path(name).name)
    document = read_source(name, document_id="policy", kind="policy")
    if kind is None:
        require_complaints_document(document, pack)
    elif kind != "policy":
        raise InputError(f"{name}: the first document must be the policy, and --kind calls it a {kind}.")
    return document


def read_others(named: Sequence[tuple[str, DocumentKind]]) -> list[Document]:
    """Read the documents given beside the policy, with ids such as "procedure" and "procedure-2"."""
    documents: list[Document] = []
    for name, kind in named:
        count = 1 + sum(document.kind == kind for document in documents)
        identity = kind if count == 1 else f"{kind}-{count}"
        documents.append(read_source(name, document_id=identity, kind=kind))
    return documents


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
