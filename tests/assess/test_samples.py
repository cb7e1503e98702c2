"""The sample policies: their Appendix 1 tables as golden files, and unrelated documents, which are refused.

After a change that is meant to alter the tables:
CODECHECK_UPDATE_GOLDEN=1 python -m pytest tests/assess/test_samples.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from codecheck.assess.assess import assess
from codecheck.assess.recognise import require_complaints_document
from codecheck.documents.document import read_document
from codecheck.errors import InputError
from codecheck.model import Assessment, Document
from codecheck.report.markdown_report import markdown_report
from codecheck.rules.pack import RulePack

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {"good": "policy.docx", "middling": "policy.pdf", "poor": "policy.html"}
UNRELATED = sorted((ROOT / "fixtures" / "unrelated").glob("*.md"))
GOLDEN = Path(__file__).parent / "golden"


def read(path: Path) -> Document:
    return read_document(path.read_bytes(), path.name)


def assessed(path: Path, pack: RulePack) -> Assessment:
    return assess([read(path)], pack)


@pytest.mark.parametrize("sample", SAMPLES)
def test_table_of_a_sample_is_as_reviewed(sample: str, pack: RulePack) -> None:
    table = markdown_report(assessed(ROOT / "fixtures" / sample / SAMPLES[sample], pack))
    golden = GOLDEN / f"{sample}.md"
    if os.environ.get("CODECHECK_UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(table, encoding="utf-8")
    assert table == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_quote_of_a_sample_is_its_own_words(sample: str, pack: RulePack) -> None:
    assessment = assessed(ROOT / "fixtures" / sample / SAMPLES[sample], pack)
    whole = " ".join(assessment.documents[0].text.split())
    quotes = [item.quote for finding in assessment.findings for item in finding.evidence]
    assert [quote for quote in quotes if " ".join(quote.split()) not in whole] == []


def test_the_good_sample_has_no_row(pack: RulePack) -> None:
    found = assessed(ROOT / "fixtures" / "good" / "policy.docx", pack).findings
    assert [finding.provisions for finding in found if finding.severity != "note"] == []


@pytest.mark.parametrize("path", UNRELATED, ids=lambda path: path.stem)
def test_an_unrelated_document_is_refused(path: Path, pack: RulePack) -> None:
    with pytest.raises(InputError, match="complaints policy"):
        require_complaints_document(read(path), pack)
