"""How a row is worded: introductions of quotations, what is quoted of a list, and twins that share a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from codecheck.assess.assess import assess
from codecheck.assess.cases import case_document
from codecheck.model import Finding
from codecheck.rules.load import load_pack

HEAD = 'id: tea\nversion: "1"\ntitle: Tea\nedition: none\nsource: ours\nlicence: MIT\nengine: ">=0.1"\n'
TEA = """\
id: "6.2"
title: Tea
tier: A
requirement: Landlords must offer tea and biscuits.
row_with: ["6.3"]
topic: ["kettle"]
elements:
- id: tea
  says: tea is offered
  satisfied: ["offer ... tea"]
- id: biscuits
  says: biscuits are offered
  satisfied: ["offer ... biscuit"]
contrary:
- id: charge
  patterns: ["charge ... tea"]
  observation: The Code does not allow a charge.
  recommendation: The landlord should not charge for tea.
  quotes: 3
"""
CAKE = """\
id: "6.3"
title: Cake
tier: A
requirement: Landlords must offer cake.
topic: ["kettle"]
elements:
- id: cake
  says: cake is offered
  satisfied: ["offer ... cake"]
"""
COFFEE = """\
id: "6.11"
title: Coffee
tier: A
requirement: Landlords must offer coffee.
refers_to: "6.2"
elements:
- id: coffee
  says: coffee is offered
  satisfied: ["offer ... coffee"]
"""


@pytest.fixture
def folder(pack_of: Callable[[str, Mapping[str, str]], Path]) -> Path:
    return pack_of(HEAD, {"6.2": TEA, "6.3": CAKE, "6.11": COFFEE})


def row(text: str, folder: Path, provision: str = "6.2", *, only: str = "") -> Finding:
    found = assess([case_document(text)], load_pack(folder), wanted=lambda pid: not only or pid == only).findings
    return next(finding for finding in found if provision in finding.provisions)


def test_an_item_is_quoted_without_the_word_that_joins_it_to_the_next(folder: Path) -> None:
    said = row("## 4.1 Drinks\n\nWe offer:\n\n- tea; or\n- water.", folder).observation
    assert 'Section 4.1 of the complaints policy states: "We offer: • tea".' in said


def test_what_leads_in_to_a_list_is_quoted_with_an_ellipsis(folder: Path) -> None:
    said = row("## 4.1 Drinks\n\nThe kettle is for:\n\n- soup.\n", folder, "6.3", only="6.3").observation
    assert '"The kettle is for: ..."' in said


def test_a_heading_is_quoted_as_a_heading(folder: Path) -> None:
    said = row("## We charge for tea\n\nTen pence.", folder).observation
    assert 'The complaints policy has the heading: "We charge for tea".' in said


def test_a_list_under_its_heading_does_not_repeat_the_heading(folder: Path) -> None:
    said = row("## Stage 2\n\n- We charge 10p for tea.\n- We wash up.\n", folder).observation
    assert 'Under the heading "Stage 2", the complaints policy states: "We charge 10p for tea."' in said


TABLE = "\n| Drink | Note |\n|---|---|\n| chargefortea | none |\n"


@pytest.fixture
def marked(folder: Path) -> Path:
    """The pack with a contrary entry that a single word of a table fits too."""
    path = folder / "provisions" / "6.2.yaml"
    text = path.read_text(encoding="utf-8").replace('["charge ... tea"]', '["charge ... tea", "chargefortea"]')
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_cell_of_one_word_is_not_quoted_beside_a_sentence(marked: Path) -> None:
    said = row(f"We charge 10p for tea.\n{TABLE}", marked).observation
    assert "We charge 10p for tea." in said
    assert "chargefortea" not in said


def test_a_cell_of_one_word_is_quoted_where_there_is_nothing_else(marked: Path) -> None:
    assert '"chargefortea"' in row(f"Prices.\n{TABLE}", marked).observation


def test_only_one_place_is_the_closest(folder: Path) -> None:
    said = row("## 1.1 One\n\nThe kettle is old.\n\n## 2.1 Two\n\nA kettle may be had.", folder).observation
    assert 'comes closest in section 1.1, which states: "The kettle is old." It also comes near in section 2.1' in said


def test_the_stage_is_named_where_only_an_unseen_heading_names_it(folder: Path) -> None:
    said = row("# 4 Stage 2\n\n4.1 We charge 10p for tea.\n", folder).observation
    assert "Section 4.1 of the complaints policy, relating to Stage 2, states:" in said


@pytest.mark.parametrize(
    "text",
    [
        "# 4 Money\n\n4.1 We charge 10p for tea and do not go on to stage 2.\n",
        "# 4 Escalation protocol\n\n4.1 We charge 10p for tea.\n",
        "# 4 Stage 2\n\n4.1 At stage 1, as at stage 2, we charge 10p for tea.\n",
    ],
    ids=["in the words themselves", "a heading about escalation", "both stages"],
)
def test_the_stage_is_not_named_otherwise(text: str, folder: Path) -> None:
    assert "relating to" not in row(text, folder).observation


def test_twins_quote_the_same_words_once_and_share_one_recommendation(folder: Path) -> None:
    finding = row("The kettle is old.", folder)
    assert finding.provisions == ("6.2", "6.3")
    assert finding.observation.count('"The kettle is old."') == 1
    assert finding.recommendation == (
        "The landlord should review its complaints policy to ensure it clearly explains that tea is offered; that "
        "biscuits are offered; and that cake is offered."
    )


def test_a_row_refers_to_its_twin(folder: Path) -> None:
    assert "have been made in Section 6.2" in row("We are nice people.", folder, "6.11").recommendation


def test_a_row_does_not_refer_to_a_row_that_is_not_in_the_table(folder: Path) -> None:
    assert "Section 6.2" not in row("We are nice people.", folder, "6.11", only="6.11").recommendation
