"""Where a finding stands in the files, for formats that point at a line of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from codecheck.model import Assessment, Document, Evidence, Finding

LINED_FORMATS = frozenset({"markdown", "html", "text"})
_MARKUP = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|<!--.*?-->|<[^<>]*>|&#?\w+;", re.DOTALL | re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_MOST_WORDS, _FEWEST_WORDS = 12, 3


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file: its path relative to the folder that codecheck runs in, with forward slashes, and the line from
    1. ``evidence`` is what stands there, None where the finding is about something missing."""

    path: str
    line: int
    evidence: Evidence | None


def place_of(finding: Finding, assessment: Assessment, sources: Mapping[str, str]) -> Place:
    """Return the file and line that a finding is best shown at.

    It is shown at the words against the Code, else at the first words quoted, else at the top of the document that the
    finding's id names ("7.3/self-assessment"), else of the policy.
    ``sources`` are the texts of the files as they are on disk, by document id; a document without one (a Word file, a
    PDF, a page from its address) has no lines, and the place is line 1. What stands on a page from its address is shown
    at the policy, since no file of the landlord's holds it.
    """
    documents = {document.id: document for document in assessment.documents}
    found = [item for item in finding.evidence if item.document in documents]
    evidence = next((item for item in found if item.role == "conflicts"), found[0] if found else None)
    document = documents.get(evidence.document if evidence else finding.id.rpartition("/")[2])
    if document is None or not _is_file(document):
        first = next(iter(assessment.documents), None)
        return Place(relative_path(first.path) if first else "policy", 1, evidence)
    line = 1
    if evidence is not None and document.id in sources:
        line = line_of(evidence.quote, sources[document.id], markup=document.format == "html")
    return Place(relative_path(document.path), line, evidence)


def line_of(quote: str, source: str, *, markup: bool = False) -> int:
    """Return the line of a source, from 1, on which the words of a quotation begin; 1 where they are not found.

    Words are compared, so that emphasis, line breaks and, with ``markup``, tags between them do not matter.
    """
    if markup:
        source = _MARKUP.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), source)
    words = [(match.group().casefold(), match.start()) for match in _WORD.finditer(source)]
    wanted = [match.group().casefold() for match in _WORD.finditer(quote)]
    for length in sorted({min(_MOST_WORDS, len(wanted)), min(_FEWEST_WORDS, len(wanted))} - {0}, reverse=True):
        for at in range(len(words) - length + 1):
            if words[at][0] == wanted[0] and [word for word, _ in words[at : at + length]] == wanted[:length]:
                return source.count("\n", 0, words[at][1]) + 1
    return 1


def relative_path(path: str) -> str:
    """Return a path as seen from the current folder, with forward slashes; of a file elsewhere only its name."""
    pure = PurePath(path)
    if pure.is_absolute():
        here = Path.cwd()
        pure = pure.relative_to(here) if pure.is_relative_to(here) else PurePath(pure.name)
    if ".." in pure.parts:
        pure = PurePath(pure.name)
    return pure.as_posix()


def described(evidence: Evidence, document: Document) -> str:
    """Return where evidence stands as a person would say it: file, section, page or heading."""
    parts = [document.path if "://" in document.path else PurePath(document.path).name]
    if evidence.section:
        parts.append(f"section {evidence.section}")
    elif evidence.heading:
        parts.append(f"under “{' '.join(evidence.heading.split())}”")
    if evidence.page is not None:
        parts.append(f"page {evidence.page}")
    return ", ".join(parts)


def _is_file(document: Document) -> bool:
    return "://" not in document.path
