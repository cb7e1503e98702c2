"""One way in for a whole document: bytes of any format become a Document of clauses."""

from __future__ import annotations

import hashlib

from codecheck.documents.read import read_bytes
from codecheck.documents.structure import build_clauses
from codecheck.model import Document, DocumentKind


def read_document(
    data: bytes,
    name: str,
    *,
    document_id: str = "policy",
    kind: DocumentKind = "policy",
    retrieved_from: str | None = None,
) -> Document:
    """Read ``data`` as a document; ``name`` is the path, or the address, as the user gave it.

    Raises InputError, in one line that says what is wrong and what to do, for anything that cannot be read.
    """
    reading = read_bytes(data, name)
    text, clauses = build_clauses(reading.blocks)
    title = reading.title or next((c.text for c in clauses if c.kind == "heading"), "")
    return Document(
        id=document_id,
        kind=kind,
        path=name,
        title=title,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        clauses=clauses,
        pages=reading.pages,
        warnings=reading.warnings,
        format=reading.format,
        retrieved_from=retrieved_from,
    )
