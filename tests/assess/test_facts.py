"""Facts: the times that a document gives, whom they are for, and when two documents agree."""

from __future__ import annotations

import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.facts import agree
from codecheck.assess.views import View
from codecheck.rules.pack import RulePack


def times(text: str, provision: str, pack: RulePack) -> list[str]:
    """The times that a Markdown text gives for the first fact of a provision."""
    wanted = pack.provisions[provision]
    return [str(value) for value in View(case_document(text), pack).facts(wanted, wanted.compare.facts[0])]


@pytest.mark.parametrize(
    ("text", "provision", "found"),
    [
        ("We acknowledge complaints within 5 working days.", "6.2", ["5 working days"]),
        ("We acknowledge in 2 working days and answer stage 1 in 10 working days.", "6.3", ["10 working days"]),
        ("Our answer will be with you ten working days later.", "6.3", ["10 working days"]),
        ("## Stage 2\n\nTell us within four weeks and it goes to stage 2.", "6.10", ["4 weeks"]),
        ("## Stage 2\n\nWe acknowledge your request within 5 working days.", "6.10", []),
        ("We answered 96 per cent of stage 1 complaints within ten working days.", "6.3", []),
        ("We answer emails within 3 working days.", "6.3", []),
    ],
)
def test_times_of_a_fact(text: str, provision: str, found: list[str], pack: RulePack) -> None:
    assert times(text, provision, pack) == found


@pytest.mark.parametrize(
    ("theirs", "same"),
    [
        ("## Stage 1\n\nWe reply within 10 working days.", True),
        ("## Stage 1\n\nWe reply within two working weeks.", True),
        ("## Stage 1\n\nWe reply within 10 days.", False),
        ("## Stage 1\n\nWe reply within 10 working days of receipt.", False),
        ("## Stage 1\n\nWe reply within 10 working days.\n\n- Stage 1 response: 15 working days", False),
    ],
)
def test_agreement_with_ten_working_days_from_acknowledgement(theirs: str, same: bool, pack: RulePack) -> None:
    provision = pack.provisions["6.3"]
    fact = provision.compare.facts[0]
    ours = View(case_document("We reply within 10 working days of the acknowledgement at stage 1."), pack)
    other = View(case_document(theirs), pack)
    assert agree(ours.facts(provision, fact), other.facts(provision, fact), start=fact.trigger) is same


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("## Stage 2\n\nWe reply within 20 working days.", {2}),
        ("We acknowledge complaints within 5 working days.", {1}),
        ("Our policy has two stages. Read it to see what happens at stage 1 and stage 2.", set()),
        ("You can go to the Housing Ombudsman once you have had our stage 2 response.", set()),
    ],
)
def test_stages_that_a_document_describes(text: str, described: set[int], pack: RulePack) -> None:
    assert set(View(case_document(text), pack).stages_described) == described
