"""A pack of one's own beside the one that we ship: provisions of both together, and concepts of the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codecheck.cli.app import run
from codecheck.errors import RulePackError
from codecheck.rules.combine import load_packs
from codecheck.rules.load import DEFAULT_PACK, load_pack
from codecheck.rules.validate import validate_pack

POLICY = Path(__file__).resolve().parents[2] / "fixtures" / "good" / "policy.docx"
RULE = """\
id: X-tea
title: Tea is offered
tier: A
requirement: Landlords must offer tea to everybody who complains.
elements:
- id: offered
  says: tea is offered to the resident
  satisfied: ["<our-offer> <resident> .. tea"]
"""
CASES = """\
provision: X-tea
elements:
  offered: {satisfied: [We offer the tenant tea.], near_miss: [We do not offer the tenant tea.]}
"""
HEADER = 'id: ours\nversion: "1"\ntitle: Ours\nedition: none\nsource: ours\nlicence: ours\nengine: ">=0.1"\n'


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A pack of one's own that uses a concept of the shipped one."""
    folder = tmp_path / "ours"
    for name, text in {
        "pack.yaml": HEADER + f"uses: [{DEFAULT_PACK}]\n",
        "lexicon/ours.yaml": "our-offer: [offer]\n",
        "provisions/X-tea.yaml": RULE,
        "provisions/X-tea.cases.yaml": CASES,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_concepts_of_a_used_pack_may_be_used(ours: Path) -> None:
    assert validate_pack(ours) == []
    assert run(["rules", "test", "--rules", str(ours)]) == 0


def test_without_uses_they_are_not_there(ours: Path) -> None:
    (ours / "pack.yaml").write_text(HEADER, encoding="utf-8")
    assert any("there is no concept <resident>" in str(problem) for problem in validate_pack(ours))
    with pytest.raises(RulePackError, match="no concept <resident>"):
        load_pack(ours)


def test_a_used_pack_that_is_not_there_is_named(ours: Path) -> None:
    (ours / "pack.yaml").write_text(HEADER + "uses: [nowhere]\n", encoding="utf-8")
    assert "pack.yaml:8: No rule pack 'nowhere'" in str(validate_pack(ours)[0])


def test_a_concept_may_not_be_redefined(ours: Path) -> None:
    (ours / "lexicon" / "ours.yaml").write_text("our-offer: [offer]\nresident: [guest]\n", encoding="utf-8")
    assert any("concept 'resident' is defined otherwise" in str(problem) for problem in validate_pack(ours))
    with pytest.raises(RulePackError, match="rename one of the two"):
        load_pack(ours)


def test_an_element_of_a_used_pack_may_be_referred_to(ours: Path) -> None:
    rule = ours / "provisions" / "X-tea.yaml"
    rule.write_text(RULE.replace("  satisfied:", "  implied_by: [2.4/reasons]\n  satisfied:"), encoding="utf-8")
    assert validate_pack(ours) == []
    rule.write_text(RULE.replace("  satisfied:", "  implied_by: [2.4/tea]\n  satisfied:"), encoding="utf-8")
    assert any("there is no element '2.4/tea'" in str(problem) for problem in validate_pack(ours))


def test_a_joined_pack_has_the_provisions_of_both(ours: Path) -> None:
    joined = load_packs([DEFAULT_PACK, str(ours)])
    assert joined.info.id == DEFAULT_PACK
    assert next(iter(joined.provisions)) == "1.2" and list(joined.provisions)[-1] == "X-tea"


def test_the_same_provision_in_two_packs_is_refused(ours: Path, small_pack: Path) -> None:
    with pytest.raises(RulePackError, match="X-tea is also in"):
        load_packs([str(ours), str(small_pack)])


def test_a_pack_given_twice_counts_once() -> None:
    assert load_packs([DEFAULT_PACK, DEFAULT_PACK]).joined == ()


def test_an_assessment_uses_both(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packs = ["--rules", DEFAULT_PACK, "--rules", str(ours)]
    assert run(["assess", str(POLICY), *packs, "--only", "X-*,6.14", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [pack["id"] for pack in found["rule_packs"]] == [DEFAULT_PACK, "ours"]
    assert [finding["provisions"] for finding in found["findings"] if finding["severity"] != "note"] == [["X-tea"]]


def test_explain_gives_the_cases_of_the_pack_it_is_in(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "X-tea", "--rules", DEFAULT_PACK, "--rules", str(ours)]) == 0
    assert "for example: We offer the tenant tea." in capsys.readouterr().out
