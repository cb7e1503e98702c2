"""The self-assessment held against the policy: answers, evidence, citations and practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from codecheck.assess.assess import assess
from codecheck.assess.cases import case_document
from codecheck.errors import InputError
from codecheck.model import Assessment, Finding
from codecheck.rules.load import provision_order
from codecheck.rules.pack import RulePack

POLICY = """
# Complaints policy

## 1. What a complaint is

1.1 The people who live in our homes can tell us of anything that has gone wrong.

## 2. Stage 1

2.1 A complaint is acknowledged, defined and logged within five working days of our receiving it.

2.2 We reply in full within 10 working days of acknowledging it.

## 3. Gardens

3.1 The communal gardens are mown every fortnight in summer.
"""
HEAD = "| Code provision | Code requirement | Comply: Yes / No | Evidence | Commentary |\n|---|---|---|---|---|\n"
FILLER = ("4.1", "4.2", "4.3", "6.1", "6.7", "6.9", "7.1", "7.2", "8.2", "8.3", "9.1", "9.2", "9.3")


def assess_form(
    pack: RulePack, *rows: tuple[str, str, str], worded: Mapping[str, str] = MappingProxyType({})
) -> Assessment:
    """Assess POLICY with a form that has the given rows (provision, answer, evidence) among others filled in.

    ``worded`` gives provisions that the form words otherwise than the Code.
    """
    named = {row[0] for row in rows}
    filled = [(pid, "Yes", "The complaints team keeps to this in every case.") for pid in FILLER if pid not in named]
    lines = [
        f"| {pid} | {worded.get(pid, pack.provisions[pid].requirement).strip()} | {answer} | {evidence} | |"
        for pid, answer, evidence in sorted([*rows, *filled], key=lambda row: provision_order(row[0]))
    ]
    form = replace(case_document(HEAD + "\n".join(lines)), id="self-assessment", kind="self-assessment")
    return assess([case_document(POLICY), form], pack)


def row(assessment: Assessment, provision: str) -> Finding | None:
    """Return the row of a provision, leaving out notes and the row on the form as a whole."""
    rows = [
        f
        for f in assessment.findings
        if provision in f.provisions and f.severity != "note" and f.id.endswith("/policy")
    ]
    return rows[0] if rows else None


def test_practice_with_evidence_is_no_row(pack: RulePack) -> None:
    found = assess_form(
        pack, ("7.4", "Yes", "We follow the Ombudsman's guidance on remedies when we set compensation.")
    )
    assert row(found, "7.4") is None
    assert found.provisions["7.4"].verdict == "met"


@pytest.mark.parametrize(("answer", "verdict"), [("No", "not_met"), ("Partial", "partly_met")])
def test_no_or_partial_on_practice_is_a_row(answer: str, verdict: str, pack: RulePack) -> None:
    found = row(assess_form(pack, ("7.4", answer, "The guidance will be looked at next year.")), "7.4")
    assert found is not None
    assert found.verdict == verdict
    assert f'answers "{answer}" to provision 7.4' in found.observation
    assert '"The guidance will be looked at next year' in found.observation


def test_yes_without_evidence_on_practice_is_a_row(pack: RulePack) -> None:
    found = row(assess_form(pack, ("7.4", "Yes", "")), "7.4")
    assert found is not None
    assert "no evidence is given" in found.observation


def test_a_section_that_does_not_exist_is_named(pack: RulePack) -> None:
    found = row(assess_form(pack, ("7.4", "Yes", "Complaints policy section 9.3")), "7.4")
    assert found is not None
    assert "references section 9.3 of its complaints policy, but no such section exists" in found.observation


def test_a_section_about_something_else_is_named(pack: RulePack) -> None:
    found = row(assess_form(pack, ("7.4", "Yes", "Complaints policy section 3.1")), "7.4")
    assert found is not None
    assert "section 3.1 of its complaints policy, but that relates to other matters" in found.observation
    # Quoted as evidence: the words of the form, and what stands in the policy where they point to.
    assert [(item.role, item.section) for item in found.evidence] == [("cited", None), ("cited", "3.1")]
    assert found.evidence[0].quote == "Complaints policy section 3.1"


def test_a_wrong_reference_makes_no_row_where_the_policy_meets_the_provision(pack: RulePack) -> None:
    assert row(assess_form(pack, ("6.3", "Yes", "Complaints policy section 9.3")), "6.3") is None


def test_a_wrong_reference_stands_in_the_row_of_a_silent_policy(pack: RulePack) -> None:
    found = row(assess_form(pack, ("6.13", "Yes", "Complaints policy section 9.3")), "6.13")
    assert found is not None
    assert found.verdict == "not_met"
    assert found.observation.startswith("In its self-assessment the landlord references section 9.3")


def test_practice_does_not_cure_a_silent_policy(pack: RulePack) -> None:
    said = "A director who took no part at stage 1 looks at every stage 2 complaint."
    found = row(assess_form(pack, ("6.13", "Yes", said)), "6.13")
    assert found is not None
    assert found.verdict == "not_met"
    assert f'In its self-assessment the landlord states: "{said}"' in found.observation


def test_practice_that_differs_from_the_policy_is_inconsistent(pack: RulePack) -> None:
    found = row(assess_form(pack, ("6.3", "Yes", "Residents get our full response within 15 working days.")), "6.3")
    assert found is not None
    assert found.verdict == "inconsistent"
    assert "10 working days" in found.observation
    assert "15 working days" in found.observation


def test_the_same_practice_in_other_words_is_silent(pack: RulePack) -> None:
    assert row(assess_form(pack, ("6.3", "Yes", "Our full response goes out in ten working days.")), "6.3") is None


def test_provisions_left_out_of_the_form_are_one_row(pack: RulePack) -> None:
    found = [f for f in assess_form(pack).findings if f.id.startswith("incomplete/")]
    assert len(found) == 1
    assert "7.4" in found[0].provisions
    assert "4.1" not in found[0].provisions
    assert "6.3" not in found[0].provisions  # a matter of the policy, which has its own row if one is due


def test_a_document_that_is_no_form_is_refused(pack: RulePack) -> None:
    form = replace(case_document(POLICY), id="self-assessment", kind="self-assessment")
    with pytest.raises(InputError, match="no provision of the Code was found"):
        assess([case_document(POLICY), form], pack)


def form_rows(assessment: Assessment) -> dict[str, Finding]:
    """Return the rows on the form as a whole, by what is wrong with it."""
    return {f.id.partition("/")[0]: f for f in assessment.findings if f.id.endswith("/self-assessment")}


def test_a_reworded_provision_is_one_row_under_the_annual_self_assessment(pack: RulePack) -> None:
    wording = pack.provisions["7.4"].requirement
    assert "must" in wording
    weaker = wording.replace("must", "may wish to")
    found = form_rows(
        assess_form(pack, ("7.4", "Yes", "We follow the guidance in every case."), worded={"7.4": weaker})
    )
    assert found["reworded"].provisions == ("8.1",)
    assert "otherwise than the Code does: 7.4." in found["reworded"].observation


def test_the_codes_own_wording_is_no_row(pack: RulePack) -> None:
    assert "reworded" not in form_rows(assess_form(pack))


def test_a_form_of_the_superseded_code_is_said_once(pack: RulePack) -> None:
    lines = [
        "| 1.2 | An expression of dissatisfaction, however made, about the standard of service, actions or lack of "
        "action by the organisation, its own staff, or those acting on its behalf, affecting an individual resident or "
        "group of residents. | Yes | Policy section 1.1 | |",
        *(f"| 1.{n} | Best practice 'should' requirement number {n} of this section. | No | | |" for n in range(3, 10)),
        *(f"| 4.{n} | Mandatory 'must' requirement number {n} of this section. | No | | |" for n in range(1, 20)),
    ]
    form = replace(case_document(HEAD + "\n".join(lines)), id="self-assessment", kind="self-assessment")
    assessment = assess([case_document(POLICY), form], pack)
    assert list(form_rows(assessment)) == ["edition"]
    assert "superseded Complaint Handling Code of 2022" in form_rows(assessment)["edition"].observation
    assert not any("self-assessment the landlord answers" in f.observation for f in assessment.findings)


def test_a_number_without_a_document_may_mean_another_row_of_the_form(pack: RulePack) -> None:
    found = row(assess_form(pack, ("7.4", "Yes", "Please see 5.6.")), "7.4")
    assert found is None
