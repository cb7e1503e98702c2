"""Verdicts and the wording of rows, with a pack of our own so that no rule of the Code is in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from codecheck.assess.assess import assess
from codecheck.assess.cases import case_document
from codecheck.model import Assessment, Finding
from codecheck.rules.load import load_pack

HEAD = 'id: tea\nversion: "1"\ntitle: Tea\nedition: none\nsource: ours\nlicence: MIT\nengine: ">=0.1"\n'
TEA = """\
id: "6.2"
title: Tea
tier: A
requirement: Landlords must offer tea and biscuits within five working days.
topic: ["kettle"]
elements:
- id: tea
  says: tea is offered
  satisfied: ["offer ... tea"]
  near: ["coffee"]
- id: biscuits
  says: biscuits are offered
  satisfied: ["offer ... biscuit"]
- id: sugar
  says: sugar is offered
  satisfied: ["sugar"]
  optional: true
contrary:
- id: shut
  beside_gaps: true
  patterns: ["(bar|kitchen) .. shut"]
  observation: The Code does not allow the kitchen to be shut.
  recommendation: The landlord should open the kitchen.
- id: charge
  patterns: ["charge ... tea"]
  observation: The Code does not allow a charge.
  recommendation: The landlord should not charge for tea.
"""
COFFEE = """\
id: "6.11"
title: Coffee
tier: A
requirement: Landlords must offer coffee at the second stage too.
refers_to: "6.2"
row_with: ["6.12"]
elements:
- id: coffee
  says: coffee is offered
  implied_by: ["6.2/tea"]
  satisfied: ["offer ... coffee"]
contrary:
- id: charge
  raised_with: ["6.2/charge"]
  patterns: [{all: ["charge ... coffee"], heading_lacks: [rooms]}]
  observation: The Code does not allow a charge for coffee.
  recommendation: The landlord should not charge for coffee.
"""
CAKE = """\
id: "6.12"
title: Cake
tier: A
requirement: Landlords must offer cake at the second stage too.
elements:
- id: cake
  says: cake is offered
  satisfied: ["offer ... cake"]
"""


@pytest.fixture
def folder(pack_of: Callable[[str, Mapping[str, str]], Path]) -> Path:
    return pack_of(HEAD, {"6.2": TEA, "6.11": COFFEE, "6.12": CAKE})


def assessed(text: str, folder: Path) -> Assessment:
    return assess([case_document(text)], load_pack(folder))


def row(text: str, folder: Path, provision: str = "6.2") -> Finding:
    return next(finding for finding in assessed(text, folder).findings if provision in finding.provisions)


def test_met_makes_no_row(folder: Path) -> None:
    result = assessed("We offer tea and biscuits.", folder)
    assert result.provisions["6.2"].verdict == "met"
    assert not result.provisions["6.2"].findings


def test_silence_is_not_met_and_says_what_is_missing(folder: Path) -> None:
    finding = row("We are nice people.", folder)
    assert finding.verdict == "not_met"
    assert finding.observation == (
        "The complaints policy does not say that tea is offered; or that biscuits are offered."
    )
    assert finding.recommendation == (
        "The landlord should review its complaints policy to ensure it clearly explains that tea is offered; and that "
        "biscuits are offered."
    )


def test_half_is_partly_met_and_quotes_what_is_there(folder: Path) -> None:
    finding = row("## 4.1 Welcome\n\nWe offer tea.", folder)
    assert finding.verdict == "partly_met"
    assert finding.observation == (
        'Section 4.1 of the complaints policy states: "We offer tea." '
        "The complaints policy does not say that biscuits are offered."
    )
    assert [(item.role, item.section, item.quote) for item in finding.evidence] == [
        ("supports", "4.1", "We offer tea.")
    ]


def test_an_aim_is_weak(folder: Path) -> None:
    finding = row("We aim to offer tea. We offer biscuits.", folder)
    assert finding.verdict == "partly_met"
    assert "does not commit the landlord" in finding.observation
    assert [item.element for item in finding.missing] == ["tea"]


def test_contrary_outweighs_good_wording(folder: Path) -> None:
    finding = row("We offer tea and biscuits. We charge 10p for tea.", folder)
    assert (finding.verdict, finding.severity) == ("contrary", "error")
    assert "We charge 10p for tea." in finding.observation
    assert "The Code does not allow a charge." in finding.observation
    assert finding.recommendation == "The landlord should not charge for tea."


def test_what_comes_near_is_quoted_as_that(folder: Path) -> None:
    finding = row("## Drinks\n\nThere is coffee.", folder)
    assert 'comes closest in the section "Drinks", which states: "There is coffee."' in finding.observation
    assert finding.evidence[0].role == "near"


def test_the_topic_is_quoted_where_nothing_else_is(folder: Path) -> None:
    assert '"The kettle is old."' in row("The kettle is old.", folder).observation


def test_an_implied_element_is_satisfied(folder: Path) -> None:
    assert assessed("We offer tea. We offer cake.", folder).provisions["6.11"].verdict == "met"


def test_what_is_raised_with_another_entry_quotes_its_words(folder: Path) -> None:
    finding = row("We offer tea. We charge for tea. We offer coffee.", folder, "6.11")
    assert "We charge for tea." in finding.observation
    assert finding.verdict == "contrary"


def test_what_is_raised_by_itself_is_not_raised_with_another_too(folder: Path) -> None:
    observation = row("We charge for tea.\n\nThere is water.\n\nWe charge for coffee.", folder, "6.11").observation
    assert "We charge for coffee." in observation
    assert "We charge for tea." not in observation


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("The kitchen is shut.", "contrary"), ("We offer tea. We offer biscuits. The kitchen is shut.", "met")],
)
def test_what_stands_beside_gaps_only_is_not_raised_where_nothing_is_missing(
    folder: Path, text: str, verdict: str
) -> None:
    assert assessed(text, folder).provisions["6.2"].verdict == verdict


@pytest.mark.parametrize(("heading", "verdict"), [("Drinks", "contrary"), ("Rooms", "met")])
def test_a_pattern_may_be_deaf_under_a_heading(folder: Path, heading: str, verdict: str) -> None:
    text = f"## Offers\n\nWe offer tea.\n\n## {heading}\n\nWe charge for coffee."
    assert assessed(text, folder).provisions["6.11"].verdict == verdict


def test_twins_that_both_fall_short_share_a_row(folder: Path) -> None:
    finding = row("We are nice.", folder, "6.12")
    assert finding.provisions == ("6.11", "6.12")
    assert finding.requirement.startswith("6.11 - Landlords must offer coffee")


def test_a_twin_that_is_met_stays_out(folder: Path) -> None:
    assert row("We offer cake.", folder, "6.11").provisions == ("6.11",)


def test_stage_2_refers_back_to_a_row_at_stage_1(folder: Path) -> None:
    assert row("We offer cake.", folder, "6.11").recommendation.startswith(
        "Recommendations for this section of the Code have been made in Section 6.2 of this assessment."
    )


def test_rows_stand_in_the_codes_order(folder: Path) -> None:
    assert [finding.provisions[0] for finding in assessed("Hello.", folder).findings] == ["6.2", "6.11"]


def test_a_rule_that_crashes_is_an_error_and_never_met(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from codecheck.assess import views as module

    def crash(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(module, "evaluate_provision", crash)
    result = assessed("We offer tea and biscuits.", folder)
    assert result.errors[0].startswith("6.2 could not be assessed")
    assert "6.2" not in result.provisions


def test_fingerprint_survives_edits_elsewhere(folder: Path) -> None:
    one = row("## 4.1 Welcome\n\nWe offer tea.", folder)
    other = row("## 3 Before\n\nNew words.\n\n## 4.2 Welcome\n\nWe offer tea.", folder)
    assert one.fingerprint == other.fingerprint
