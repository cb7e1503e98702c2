"""Runs over whole documents: the rows of a compliant policy, and what an unrelated document satisfies."""

from __future__ import annotations

from pathlib import Path

from codecheck.assess.assess import assess
from codecheck.assess.views import View
from codecheck.documents.document import read_document
from codecheck.errors import RulePackError
from codecheck.model import Document
from codecheck.rules.pack import RulePack


def provisions_with_rows(path: Path, pack: RulePack) -> frozenset[str]:
    """Return the provisions under which a policy has a row; raise RulePackError where a rule fails."""
    return rows_of(read_document(path.read_bytes(), path.name), pack)


def rows_of(policy: Document, pack: RulePack) -> frozenset[str]:
    """Return the provisions under which a policy has a row; raise RulePackError where a rule fails."""
    found = assess([policy], pack)
    if found.errors:
        raise RulePackError(found.errors[0])
    return frozenset(pid for finding in found.findings if finding.severity != "note" for pid in finding.provisions)


def satisfied_elements(path: Path, pack: RulePack) -> dict[str, str]:
    """Return the elements ("6.2/logged") that the words of a document satisfy, not its silence, with words that do.

    Raises RulePackError where a rule fails.
    """
    view = View(read_document(path.read_bytes(), path.name), pack)
    found = {
        f"{pid}/{one.element.id}": one.matches[0].statement.quote
        for pid, outcome in view.outcomes.items()
        for one in outcome.elements
        if one.state == "satisfied" and one.matches
    }
    if view.errors:
        raise RulePackError(next(iter(view.errors.values())))
    return found
