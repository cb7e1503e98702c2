"""A view: one document held against the whole pack, each thing looked for once and only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from codecheck.assess.contacts import ContactProblem, check_contacts
from codecheck.assess.evaluate import ProvisionOutcome, evaluate_provision, read_statements
from codecheck.assess.facts import FactValue, fact_values
from codecheck.assess.verdicts import resolve_implied
from codecheck.model import Document
from codecheck.rules.contacts import load_contacts
from codecheck.rules.match import Match, Reading
from codecheck.rules.pack import Element, Fact, Provision, RulePack


class View:
    """One document held against the whole pack."""

    def __init__(self, document: Document, pack: RulePack) -> None:
        self.document = document
        self.pack = pack
        self.reading: Reading = read_statements(document, pack)
        self.errors: dict[str, str] = {}
        self._facts: dict[tuple[str, str], tuple[FactValue, ...]] = {}

    @cached_property
    def outcomes(self) -> Mapping[str, ProvisionOutcome]:
        """What the document says of each provision; a rule that fails is in ``errors`` and has no outcome."""
        found: dict[str, ProvisionOutcome] = {}
        for pid, provision in self.pack.provisions.items():
            try:
                found[pid] = evaluate_provision(self.reading, provision)
            except Exception as error:  # a broken rule must be reported, and must not take the others with it
                self.errors[pid] = f"{pid} could not be assessed: {type(error).__name__}: {error}"
        return resolve_implied(found)

    def facts(self, provision: Provision, fact: Fact) -> tuple[FactValue, ...]:
        """What the document says of a fact."""
        key = (provision.id, fact.id)
        if key not in self._facts:
            self._facts[key] = fact_values(self.reading, fact)
        return self._facts[key]

    @cached_property
    def stages_described(self) -> frozenset[int]:
        """The stages whose process the document describes, and does not only mention."""
        return frozenset(
            stage
            for stage, patterns in self.pack.describes.items()
            if any(
                self.reading.matches(pattern, stage=stage, unstaged=stage == 1, softened=True) for pattern in patterns
            )
        )

    @cached_property
    def contact_problems(self) -> tuple[ContactProblem, ...]:
        """What is certainly wrong in the Ombudsman's contact details that the document gives."""
        details = load_contacts(Path(self.pack.path)) if self.pack.path else None
        return check_contacts(self.document, details) if details is not None else ()

    def silent_on(self, provision: Provision) -> bool:
        """Tell whether the document says nothing of any element of a provision."""
        outcome = self.outcomes.get(provision.id)
        return outcome is None or not any(found.matches for found in outcome.elements)

    def shows(self, element: Element) -> Match | None:
        """Return where the document shows in fact what ``element`` asks for ("the policy is on the website")."""
        for pattern in element.shown_by.get(self.document.kind, ()):
            found = self.reading.matches(pattern, stage=None, unstaged=True, softened=True)
            if found:
                return found[0]
        return None
