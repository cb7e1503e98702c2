"""Timescales side by side: what each document gives for each step of the process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from codecheck.assess.assess import assess
from codecheck.assess.cases import case_document
from codecheck.model import Document, DocumentKind, StepTimes
from codecheck.rules.pack import RulePack

POLICY = """\
# Complaints policy

## Stage 1

We will acknowledge your complaint within five working days of receiving it. We will respond within 10 working days of
the acknowledgement. We may extend this by no more than 10 working days.

## Stage 2

We will acknowledge your request within 5 working days. We will send our final response within 30 working days of the
acknowledgement.
"""
PROCEDURE = "## Stage 1\n\nWe acknowledge complaints within 3 days and reply within two weeks."


def document(text: str, kind: DocumentKind) -> Document:
    return replace(case_document(text), id=kind, kind=kind)


@pytest.fixture(scope="module")
def steps(pack: RulePack) -> dict[str, StepTimes]:
    documents = [document(POLICY, "policy"), document(PROCEDURE, "procedure")]
    return {step.provision: step for step in assess(documents, pack).timescales}


def test_the_steps_of_the_code_with_its_limits_in_working_days(steps: dict[str, StepTimes]) -> None:
    assert [(step.stage, step.step, step.limit) for step in steps.values()] == [
        (1, "acknowledgement", 5), (1, "response", 10), (1, "extension", 10),
        (2, "acknowledgement", 5), (2, "response", 20), (2, "extension", 20),
    ]  # fmt: skip


def test_each_document_gives_its_own_time_with_its_words(steps: dict[str, StepTimes]) -> None:
    given = steps["6.2"].given
    assert [(one.evidence.document, one.amount, one.unit, one.start) for one in given] == [
        ("policy", 5, "working days", "receipt"),
        ("procedure", 3, "days", None),
    ]
    assert given[0].evidence.quote.startswith("We will acknowledge your complaint within five working days of")


def test_lengths_are_compared_in_working_days(steps: dict[str, StepTimes]) -> None:
    assert [one.working_days for one in steps["6.3"].given] == [10, 10]


def test_a_time_over_the_limit_goes_against_the_code(steps: dict[str, StepTimes]) -> None:
    assert [(one.amount, one.evidence.role) for one in steps["6.14"].given] == [(30, "conflicts")]


def test_a_step_without_a_time_is_there_all_the_same(steps: dict[str, StepTimes]) -> None:
    assert steps["6.15"].given == ()


def test_only_the_provisions_that_were_asked_for(pack: RulePack) -> None:
    found = assess([document(POLICY, "policy")], pack, wanted=lambda provision: provision == "6.2").timescales
    assert [step.provision for step in found] == ["6.2"]


def test_the_self_assessment_gives_the_times_of_its_own_words(pack: RulePack) -> None:
    form = (
        "| Code provision | Code requirement | Comply: Yes / No | Evidence | Commentary |\n|---|---|---|---|---|\n"
        f"| 6.2 | {pack.provisions['6.2'].requirement} | Yes | Policy, section 1 "
        "| We acknowledge every complaint within two working days of receiving it. |\n"
    )
    documents = [document(POLICY, "policy"), document(form, "self-assessment")]
    given = {step.provision: step.given for step in assess(documents, pack).timescales}["6.2"][-1]
    assert (given.amount, given.evidence.document) == (2, "self-assessment")
    assert given.evidence.clause is not None
    assert documents[1].clauses[given.evidence.clause].text == given.evidence.quote
