"""Which words of the documents the rows rest on, and the links between the two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from codecheck.model import Document, Evidence, Role, Verdict

# Where words serve several rows they are shown by the first of these.
_FIRST: tuple[Role, ...] = ("conflicts", "supports", "cited", "near")


@dataclass(frozen=True, slots=True)
class RowLink:
    """A row as it is linked to from a document: its anchor, the provisions to show, its verdict."""

    anchor: str
    provisions: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a clause, ``start`` to ``end`` in its text, and the rows that rest on them."""

    anchor: str
    start: int
    end: int
    role: Role
    rows: tuple[RowLink, ...]


class Marks:
    """The marked words of all documents. Words that overlap are one mark, so that marks never nest."""

    def __init__(self, documents: Sequence[Document], uses: Iterable[tuple[Evidence, RowLink]]) -> None:
        self._documents: Mapping[str, Document] = {document.id: document for document in documents}
        spans: dict[tuple[str, int], list[Mark]] = defaultdict(list)
        for evidence, row in uses:
            words = self._words(evidence)
            if words is not None and evidence.clause is not None:
                key = (evidence.document, evidence.clause)
                spans[key].append(Mark("", *words, evidence.role, (row,)))
        self._marks = {key: _joined(*key, found) for key, found in spans.items()}

    def of_clause(self, document: str, clause: int) -> tuple[Mark, ...]:
        """Return the marks of a clause, in order."""
        return self._marks.get((document, clause), ())

    def anchor(self, evidence: Evidence) -> str | None:
        """Return the anchor of the mark that holds the words of ``evidence``, None where they have no place."""
        words = self._words(evidence)
        if words is None or evidence.clause is None:
            return None
        marks = self.of_clause(evidence.document, evidence.clause)
        return next((mark.anchor for mark in marks if mark.start <= words[0] < mark.end), None)

    def _words(self, evidence: Evidence) -> tuple[int, int] | None:
        """Return where the quoted words stand in their clause, all of it where they are not found word for word."""
        document = self._documents.get(evidence.document)
        if document is None or evidence.clause is None or evidence.clause >= len(document.clauses):
            return None
        text = document.clauses[evidence.clause].text
        found = re.search(r"\s+".join(map(re.escape, evidence.quote.split())), text) if evidence.quote.strip() else None
        return found.span() if found else (0, len(text))


def anchor_name(*parts: object) -> str:
    """Return an id for an element: the parts, joined by hyphens, with nothing in them that a link would escape."""
    return "-".join(re.sub(r"[^A-Za-z0-9._-]+", "-", str(part)) for part in parts)


def _joined(document: str, clause: int, found: Sequence[Mark]) -> tuple[Mark, ...]:
    joined: list[Mark] = []
    for mark in sorted(found, key=lambda one: (one.start, one.end)):
        if joined and mark.start < joined[-1].end:
            last = joined[-1]
            role = min(last.role, mark.role, key=_FIRST.index)
            rows = tuple(dict.fromkeys((*last.rows, *mark.rows)))
            joined[-1] = replace(last, end=max(last.end, mark.end), role=role, rows=rows)
        else:
            joined.append(mark)
    return tuple(
        replace(mark, anchor=anchor_name("quote", document, clause, at)) for at, mark in enumerate(joined, start=1)
    )
