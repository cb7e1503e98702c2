"""What a finding consists of, so that it is known again after edits elsewhere in the document.

A row is taken apart: each missing element is an issue, and so is each wording against the Code. Mending one of them
leaves the others known. No issue holds an offset, a page or a section number.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from codecheck.model import Assessment, DocumentKind, Finding, MissingElement
from codecheck.rules.pack import RulePack

_WORD = re.compile(r"\w+")
_PLACE = re.compile(
    r"^\W*\d+(?:\.\d+)+\.?\s|\b(?:sections?|paragraphs?|clauses?|pages?|para)\s+\d+(?:\.\d+)*(?:\(\w+\))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing wrong under one provision, in one kind of document.

    ``element`` is the id of a missing element, "" for anything else; ``words`` are the normalised words against the
    Code, "" where there are none.
    """

    provision: str
    element: str
    document: DocumentKind
    words: str

    @property
    def fingerprint(self) -> str:
        """The first 16 hexadecimal digits of a SHA-256 over the parts."""
        parts = "\x1f".join((self.provision, self.element, self.document, self.words))
        return hashlib.sha256(parts.encode("utf-8", errors="replace")).hexdigest()[:16]


def issues(finding: Finding, assessment: Assessment, pack: RulePack) -> frozenset[Issue]:
    """Return the issues of a finding, at least one for each of its provisions.

    A missing element counts under the provision that has it, words against the Code under every provision of the row.
    Where a provision has neither (a step that a document leaves out, an answer of the self-assessment) the words cited
    from the self-assessment stand in their place, else nothing.
    """
    kinds: dict[str, DocumentKind] = {document.id: document.kind for document in assessment.documents}
    found: set[Issue] = set()
    for provision in finding.provisions:
        own = {
            Issue(provision, item.element, "policy", "")
            for item in finding.missing
            if provision in owners(item, finding, pack)
        }
        own |= _worded(provision, finding, kinds, "conflicts")
        own = own or _worded(provision, finding, kinds, "cited")
        found |= own or {Issue(provision, "", kinds.get(finding.id.rpartition("/")[2], "policy"), "")}
    return frozenset(found)


def owners(item: MissingElement, finding: Finding, pack: RulePack) -> tuple[str, ...]:
    """Return the provisions of a finding that have a missing element; all of them where the rules do not say."""
    having = [
        provision
        for provision in finding.provisions
        if provision in pack.provisions and item.element in {one.id for one in pack.provisions[provision].elements}
    ]
    return tuple(having) or finding.provisions


def normalised(quote: str) -> str:
    """Return a quotation's words in lower case, without punctuation and without the numbers of sections and pages."""
    return " ".join(match.group().casefold() for match in _WORD.finditer(_PLACE.sub(" ", quote)))


def _worded(provision: str, finding: Finding, kinds: dict[str, DocumentKind], role: str) -> set[Issue]:
    return {
        Issue(provision, "", kinds[item.document], normalised(item.quote))
        for item in finding.evidence
        if item.role == role and item.document in kinds
    }
