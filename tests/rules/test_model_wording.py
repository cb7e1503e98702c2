"""Model wording: each clause satisfies its element, and all of them together are a policy that meets the Code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from codecheck.assess.assess import assess
from codecheck.assess.cases import case_document, model_cases, run_cases
from codecheck.cli.app import run
from codecheck.documents.document import read_document
from codecheck.model import Assessment
from codecheck.rules.load import load_pack
from codecheck.rules.pack import Element, Provision, RulePack

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
# The sections that a landlord would put the clauses under: by stage, else by the section of the Code.
STAGES = {"6.8": 1, "6.10": 2, "6.12": 2, "6.13": 2}
HEADINGS = {
    "1": "What a complaint is",
    "2": "Complaints that we do not accept",
    "3": "How to complain",
    "5": "How we handle complaints",
}
MOST_SHARED_WORDS = 9
# The Code prescribes the definition of a complaint word for word.
PRESCRIBED = {"1.2"}


def tier_a(pack: RulePack) -> list[tuple[Provision, Element]]:
    return [(p, element) for p in pack.provisions.values() if p.tier == "A" for element in p.elements]


def section(provision: Provision, element: Element) -> str:
    stage = element.stage or STAGES.get(provision.id)
    return f"Stage {stage}" if stage else HEADINGS[provision.id.split(".")[0]]


def policy(parts: Iterable[tuple[str, Sequence[str]]]) -> str:
    sections = ["\n\n".join([f"## {name}", *dict.fromkeys(clauses)]) for name, clauses in parts]
    return "\n\n".join(["# Complaints policy", *sections])


def rows(assessment: Assessment) -> list[str]:
    return [f"{f.id}: {f.observation}" for f in assessment.findings if f.severity != "note"]


def test_every_element_of_tier_a_has_a_model_clause(pack: RulePack) -> None:
    assert [f"{provision.id}/{element.id}" for provision, element in tier_a(pack) if not element.model] == []


def test_every_model_clause_satisfies_its_element(pack: RulePack) -> None:
    results = run_cases(model_cases(pack), pack)
    assert [f"{r.case.provision}/{r.case.part}: {r.case.text}" for r in results if not r.passed] == []


def test_a_policy_of_all_model_clauses_meets_everything(pack: RulePack) -> None:
    sections: dict[str, list[str]] = {name: [] for name in (*HEADINGS.values(), "Stage 1", "Stage 2")}
    for provision, element in tier_a(pack):
        sections[section(provision, element)].append(element.model)
    assessment = assess([case_document(policy(sections.items()))], pack)
    unmet = [p.id for p in pack.provisions.values() if p.tier == "A" and assessment.provisions[p.id].verdict != "met"]
    assert (unmet, rows(assessment)) == ([], [])


def test_clauses_need_no_headings(pack: RulePack) -> None:
    text = policy([("All of it", [element.model for _, element in tier_a(pack)])])
    assert rows(assess([case_document(text)], pack)) == []


def test_a_policy_without_one_clause_has_a_row(pack: RulePack) -> None:
    without = {element.model for provision, element in tier_a(pack) if provision.id == "6.13"}
    clauses = [element.model for _, element in tier_a(pack) if element.model not in without]
    assessment = assess([case_document(policy([("All of it", clauses)]))], pack)
    assert [f.id for f in assessment.findings if f.severity != "note"] == ["6.13/policy"]


def test_clauses_are_our_own_words(pack: RulePack) -> None:
    copied = {
        f"{provision.id}/{element.id}": shared
        for provision, element in tier_a(pack)
        if (shared := longest_shared(element.model, provision.requirement)) > MOST_SHARED_WORDS
    }
    assert {name.split("/")[0] for name in copied} == PRESCRIBED


def longest_shared(one: str, other: str) -> int:
    first, second = (re.findall(r"\w+", text.lower()) for text in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).find_longest_match().size


@pytest.mark.parametrize("name", ["poor/policy.html", "middling/policy.pdf", "good/policy.docx"])
def test_suggested_clauses_cure_what_is_missing(name: str, pack: RulePack) -> None:
    path = FIXTURES / name
    clauses = read_document(path.read_bytes(), path.name).clauses
    paragraphs = [f"### {clause.text}" if clause.kind == "heading" else clause.text for clause in clauses]

    def tier_a_of(additions: Iterable[str]) -> Assessment:
        text = "\n\n".join([*paragraphs, "### Additions", *additions])
        return assess([case_document(text)], pack, wanted=lambda pid: pack.provisions[pid].tier == "A")

    before = tier_a_of([])
    suggested = dict.fromkeys(text for finding in before.findings for text in finding.suggested)
    assert suggested
    assert [f"{f.id}: {item.element}" for f in tier_a_of(suggested).findings for item in f.missing] == []


def test_contrary_words_get_the_clause_to_stand_in_their_place(pack: RulePack) -> None:
    text = policy([("The Ombudsman", ["You can go to the Housing Ombudsman only once our process has ended."])])
    (finding,) = assess([case_document(text)], pack, wanted=lambda pid: pid == "3.7").findings
    assert any("do not have to wait" in clause for clause in finding.suggested)


def test_a_model_clause_that_does_not_satisfy_fails_the_test_of_the_pack(
    small_pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = small_pack / "provisions" / "X-tea.yaml"
    text = rule.read_text(encoding="utf-8").replace("  satisfied:", "  model: We like tea.\n  satisfied:")
    rule.write_text(text, encoding="utf-8")
    assert run(["rules", "test", "--rules", str(small_pack)]) == 1
    out = capsys.readouterr().out
    assert "X-tea/offered: model, but missing: We like tea." in out
    assert "model               0 of 1 right" in out


def test_a_pack_needs_no_model_wording(small_pack: Path) -> None:
    assert model_cases(load_pack(small_pack)) == []
    assert run(["rules", "test", "--rules", str(small_pack)]) == 0


def test_explain_prints_each_clause_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "6.2"]) == 0
    out = capsys.readouterr().out
    assert out.endswith(
        "Model wording:\n"
        "  We will acknowledge, define and log a complaint at Stage 1 within five working days of receiving it.\n"
    )
