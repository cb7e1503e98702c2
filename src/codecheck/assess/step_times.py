"""Timescales side by side: what each document gives for each step of the process, against the Code's limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from codecheck.assess.facts import CLOSE, FactValue
from codecheck.assess.quotes import Quote, evidence_of, quote_of
from codecheck.assess.views import View
from codecheck.model import Document, GivenTime, Role, StepTimes
from codecheck.rules.pack import Fact, Provision, RulePack

if TYPE_CHECKING:
    from codecheck.assess.self_assessment import FormView


def step_times(
    pack: RulePack, views: Sequence[View], forms: Sequence[FormView], wanted: Callable[[str], bool]
) -> tuple[StepTimes, ...]:
    """Return the times that the documents give for each step of the process, in the pack's order.

    Steps are the facts of the pack that have a step and a limit; ``wanted`` chooses provisions by id. A step for which
    no document gives a time is there too, with nothing given.
    """
    found = []
    for provision in pack.provisions.values():
        for fact in provision.compare.facts if wanted(provision.id) else ():
            if fact.step is None or fact.limit is None or fact.stage is None:
                continue
            given = tuple(_given(provision, fact, views, forms))
            found.append(StepTimes(provision.id, fact.stage, fact.step, fact.limit, given))
    return tuple(found)


def _given(provision: Provision, fact: Fact, views: Sequence[View], forms: Sequence[FormView]) -> Iterator[GivenTime]:
    for view in views:
        for value in view.facts(provision, fact):
            role: Role = "conflicts" if fact.limit and value.working_days > fact.limit + CLOSE else "supports"
            yield _time(value, quote_of(value.match, role), view.document)
    for form in forms:
        for value, quote in form.times(provision, fact):
            yield _time(value, quote, form.document)


def _time(value: FactValue, quote: Quote, document: Document) -> GivenTime:
    return GivenTime(value.amount, value.unit, value.working_days, value.start, evidence_of(quote, document))
