"""How a report names the documents that were assessed."""

from __future__ import annotations

from pathlib import Path

from codecheck.model import Document

_KINDS = {
    "policy": "Complaints policy", "procedure": "Complaints procedure", "website": "Website",
    "self-assessment": "Self-assessment", "other": "Other document",
}  # fmt: skip
_SHORT_HASH = 12


def kind_name(document: Document) -> str:
    """Return what a document is, as the first words of a line."""
    return _KINDS[document.kind]


def file_name(document: Document) -> str:
    """Return a document's address, or its file name without the folders of whoever ran codecheck."""
    return document.path if "://" in document.path else Path(document.path).name


def short_hash(document: Document) -> str:
    """Return the first 12 digits of a document's SHA-256: enough to tell versions apart."""
    return document.sha256[:_SHORT_HASH]
