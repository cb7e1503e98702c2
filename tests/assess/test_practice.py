"""Provisions on practice and governance (tier B): silence is a note, only contrary text makes a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from codecheck.assess.assess import assess
from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import evaluate_provision, read_statements
from codecheck.documents.document import read_document
from codecheck.model import Assessment
from codecheck.report.appendix import rows
from codecheck.rules.pack import RulePack

# One sentence a line, as real policies have them: denials, other processes, the Code quoted, weak resemblance.
INNOCENT = Path(__file__).parent / "files" / "innocent-practice.txt"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SECTIONS = {1: range(2, 7), 2: range(1, 6), 3: range(1, 8), 4: range(1, 4), 5: range(1, 16), 6: range(1, 21),
            7: range(1, 5), 8: range(1, 6), 9: range(1, 9)}  # fmt: skip
PRACTICE = set(
    "1.6 3.3 4.1 4.2 4.3 5.1 5.5 5.8 5.12 5.13 5.15 6.1 6.7 6.9 6.18 6.19 6.20 7.1 7.2 7.3 7.4 8.1 8.2 8.3 8.4 8.5 "
    "9.1 9.2 9.3 9.4 9.5 9.6 9.7 9.8".split()
)


def assessed(text: str, pack: RulePack) -> Assessment:
    return assess([case_document(text)], pack)


def in_table(assessment: Assessment) -> set[str]:
    return {pid for finding in rows(assessment) for pid in finding.provisions}


def test_the_pack_has_every_provision_of_the_code(pack: RulePack) -> None:
    code = [f"{section}.{number}" for section, numbers in SECTIONS.items() for number in numbers]
    assert list(pack.provisions) == code


def test_the_provisions_on_practice_are_tier_b(pack: RulePack) -> None:
    assert {pid for pid, provision in pack.provisions.items() if provision.tier == "B"} == PRACTICE


def test_silence_on_practice_is_a_note_and_no_row(pack: RulePack) -> None:
    assessment = assessed("Complaints are answered within 10 working days.", pack)
    assert assessment.provisions["9.5"].verdict == "not_evidenced"
    assert not in_table(assessment) & PRACTICE
    assert "9.5" in {pid for finding in rows(assessment, notes=True) for pid in finding.provisions}


def test_practice_that_is_said_is_met(pack: RulePack) -> None:
    assessment = assessed("A trustee is our Member Responsible for Complaints.", pack)
    assert assessment.provisions["9.5"].verdict == "met"


@pytest.mark.parametrize(
    ("provision", "text"),
    [
        ("5.8", "The officer who is complained about will investigate the complaint."),
        ("5.13", "Compensation is not offered at stage 1."),
        ("6.1", "Complaints are answered in strict date order."),
        ("8.1", "The self-assessment is carried out every two years."),
        ("9.5", "The Chief Executive is the Member Responsible for Complaints."),
    ],
)
def test_contrary_text_on_practice_is_the_whole_row(provision: str, text: str, pack: RulePack) -> None:
    finding = next(f for f in assessed(text, pack).findings if provision in f.provisions)
    assert finding.severity == "error"
    assert text in finding.observation
    assert finding.missing == ()
    assert "does not say" not in finding.observation


def test_a_stage_2_row_does_not_refer_to_a_stage_1_note(pack: RulePack) -> None:
    assessment = assessed("The panel does not give reasons for its stage 2 decision.", pack)
    finding = next(f for f in assessment.findings if "6.18" in f.provisions)
    assert assessment.provisions["6.7"].verdict == "not_evidenced"
    assert "Section 6.7" not in finding.recommendation


@pytest.mark.parametrize("path", sorted((FIXTURES / "unrelated").glob("*.md")), ids=lambda path: path.stem)
def test_an_unrelated_document_says_nothing_against_practice(path: Path, pack: RulePack) -> None:
    reading = read_statements(read_document(path.read_bytes(), path.name), pack)
    raised = [pid for pid in PRACTICE if evaluate_provision(reading, pack.provisions[pid]).contrary]
    assert raised == []


def test_innocent_sentences_say_nothing_against_practice(pack: RulePack) -> None:
    raised = []
    for sentence in INNOCENT.read_text(encoding="utf-8").splitlines():
        reading = read_statements(case_document(sentence), pack)
        raised += [
            f"{pid}: {sentence}" for pid in PRACTICE if evaluate_provision(reading, pack.provisions[pid]).contrary
        ]
    assert raised == []
