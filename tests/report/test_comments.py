"""What comments say, and where they belong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import Acceptance, Assessment, Document, DocumentKind
from codecheck.report.comments.compose import policy_comments
from codecheck.rules.pack import RulePack

POLICY = """\
# Complaints policy

## What a complaint is

A complaint is an expression of dissatisfaction, however made. A service request is not a complaint.

## Stage 1

We will acknowledge, define and log a complaint at Stage 1 within five working days of receiving it.

We will send a full response at Stage 1 within 10 working days of acknowledging the complaint.

## Stage 2

We will acknowledge, define and log a request for Stage 2 within five working days of receiving it.

You must tell us why you are unhappy with the Stage 1 response. We will send our final response within 20 days of
acknowledging the request.
"""


def read(text: str, kind: DocumentKind = "policy") -> Document:
    return read_document(text.encode(), f"{kind}.md", document_id=kind, kind=kind)


def assessed(pack: RulePack, *provisions: str, policy: str = POLICY, procedure: str = "") -> Assessment:
    documents = [read(policy), *([read(procedure, "procedure")] if procedure else [])]
    return assess(documents, pack, wanted=lambda pid: pid in provisions if provisions else True)


def commented(assessment: Assessment, pack: RulePack, *, notes: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    """The comments, each with the text that it is on."""
    policy = assessment.documents[0]
    return [
        (policy.clauses[comment.clause].text, comment.paragraphs)
        for comment in policy_comments(assessment, pack, notes=notes)
    ]


def test_a_comment_names_the_provision_says_what_is_wrong_and_suggests_wording(pack: RulePack) -> None:
    ((_, paragraphs),) = commented(assessed(pack, "6.14"), pack)
    assert paragraphs == (
        "Provision 6.14: Stage 2 response within 20 working days (partly met)",
        "The period is given in days, without saying that these are working days.",
        "Suggested wording:",
        "We will send our final response to a complaint at Stage 2 within 20 working days of acknowledging the "
        "request.",
    )


def test_words_that_are_only_part_of_their_paragraph_are_quoted(pack: RulePack) -> None:
    more = " ".join(["Our staff are friendly, and so are the people who answer the telephone."] * 4)
    text = POLICY.replace("the request.\n", f"the request. {more}\n")
    ((_, paragraphs),) = commented(assessed(pack, "6.14", policy=text), pack)
    assert paragraphs[1] == "“We will send our final response within 20 days of acknowledging the request.”"


def test_contrary_words_are_commented_where_they_stand(pack: RulePack) -> None:
    ((place, paragraphs),) = commented(assessed(pack, "6.12"), pack)
    assert place.startswith("You must tell us why")
    assert any("asks the resident for reasons" in text for text in paragraphs)
    assert paragraphs[-2:] == (
        "A resident does not have to explain why they are asking for Stage 2.",
        "As part of our Stage 2 response we will make reasonable efforts to understand why the resident is still "
        "unhappy.",
    )


@pytest.mark.parametrize(
    ("provision", "heading"), [("6.5", "Stage 1"), ("6.6", "Stage 1"), ("6.16", "Stage 2"), ("6.13", "Stage 2")]
)
def test_what_is_missing_is_said_at_the_heading_of_its_stage(pack: RulePack, provision: str, heading: str) -> None:
    assessment = assessed(pack)
    places = [place for place, paragraphs in commented(assessment, pack) if f" {provision}:" in paragraphs[0]]
    assert places == [heading]


def test_what_is_missing_is_said_at_the_heading_of_its_subject(pack: RulePack) -> None:
    found = [entry for entry in commented(assessed(pack), pack) if " 1.3:" in entry[1][0]]
    assert [place for place, paragraphs in found if "Suggested wording:" in paragraphs] == ["What a complaint is"]


def test_where_nothing_is_said_the_title_has_the_comment(pack: RulePack) -> None:
    text = "# Complaints policy\n\nThis is our complaints policy.\n\n## Who we are\n\nWe are a landlord.\n"
    ((place, _),) = commented(assessed(pack, "6.13", policy=text), pack)
    assert place == "Complaints policy"


def test_further_places_of_a_finding_lead_to_the_main_comment(pack: RulePack) -> None:
    text = POLICY + "\n## Formal complaints\n\nStaff try to resolve informal complaints first.\n"
    found = commented(assessed(pack, "1.4", policy=text), pack)
    assert len(found) > 1
    assert sum("Suggested wording:" in paragraphs for _, paragraphs in found) == 1
    assert sum("main comment on this provision" in paragraphs[-1] for _, paragraphs in found) == len(found) - 1
    assert len({place for place, _ in found}) == len(found)


PROCEDURE = """\
# Complaints procedure

## Stage 1

We acknowledge a complaint within seven working days of receiving it, and reply within 10 working days of that.

## Stage 2

We acknowledge your request within five working days and send a final response within 20 working days of that.
"""


def test_what_another_document_says_is_in_the_comment_on_the_policy(pack: RulePack) -> None:
    ((place, paragraphs),) = commented(assessed(pack, "6.2", procedure=PROCEDURE), pack)
    assert place.startswith("We will acknowledge, define and log a complaint at Stage 1")
    assert any("within seven working days" in text for text in paragraphs)
    assert any(text.startswith("The landlord should") for text in paragraphs)


def test_a_comment_refers_to_no_table(pack: RulePack) -> None:
    procedure = PROCEDURE.replace("five working days and", "eight working days and")
    assessment = assessed(pack, "6.2", "6.11", procedure=procedure)
    assert "in Section 6.2 of this assessment" in assessment.findings[1].recommendation
    said = [text for _, paragraphs in commented(assessment, pack) for text in paragraphs]
    assert not any("of this assessment" in text for text in said)


def test_notes_are_comments_only_where_they_are_wanted(pack: RulePack) -> None:
    assessment = assessed(pack, "9.5")
    assert commented(assessment, pack) == []
    ((place, _),) = commented(assessment, pack, notes=True)
    assert place == "Complaints policy"


def test_findings_about_the_form_alone_are_no_comments_on_the_policy(pack: RulePack) -> None:
    assessment = assessed(pack, "6.14")
    of_the_form = replace(assessment.findings[0], id="edition/self-assessment")
    assert policy_comments(replace(assessment, findings=(of_the_form,)), pack) == []


def test_twins_are_one_comment(pack: RulePack) -> None:
    ((_, paragraphs),) = [
        entry for entry in commented(assessed(pack, "5.6", "5.7"), pack) if "Suggested wording:" in entry[1]
    ]
    assert paragraphs[0] == (
        "Provisions 5.6 and 5.7: The complaint definition; What the landlord is and is not responsible for (partly met)"
    )


def test_an_accepted_finding_says_so(pack: RulePack) -> None:
    assessment = assessed(pack, "6.14")
    accepted = replace(assessment.findings[0], accepted=Acceptance("Changes in May.", "J. Doe", "2027-05-31"))
    ((_, paragraphs),) = commented(replace(assessment, findings=(accepted,)), pack)
    assert paragraphs[1] == "Accepted by J. Doe until 31 May 2027: Changes in May."
