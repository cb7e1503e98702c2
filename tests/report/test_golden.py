"""The text formats of the middling fixture, as they were last looked at.

A change of rules or wording changes them too: look at the difference, then write them anew with
``CODECHECK_UPDATE_GOLDEN=1 pytest tests/report/test_golden.py``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import Assessment
from codecheck.report.csv_report import csv_report
from codecheck.report.github_report import github_report, job_summary
from codecheck.report.html.page import html_report
from codecheck.report.junit_report import junit_report
from codecheck.report.markdown_report import markdown_report
from codecheck.report.sarif_report import sarif_report
from codecheck.report.terminal_report import terminal_report
from codecheck.rules.pack import RulePack


def html_of_section_6(assessment: Assessment) -> str:
    """The page for one section, without its style sheet and script, which are no different for each page."""
    wanted = {pid: result for pid, result in assessment.provisions.items() if pid.startswith("6.")}
    findings = tuple(finding for finding in assessment.findings if finding.provisions[0] in wanted)
    page = html_report(replace(assessment, provisions=wanted, findings=findings))
    page = re.sub(r"(?<=<style>).*?(?=</style>)", "", page, flags=re.DOTALL)
    return re.sub(r"(?<=<script>).*?(?=</script>)|'sha256-[^']*'", "", page, flags=re.DOTALL)


GOLDEN = Path(__file__).parent / "golden"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
REPORTS: dict[str, Callable[[Assessment], str]] = {
    "middling.txt": terminal_report,
    "middling.md": markdown_report,
    "middling.csv": csv_report,
    "middling.html": html_of_section_6,
    "middling.sarif": sarif_report,
    "middling.junit.xml": junit_report,
    "middling.github.txt": github_report,
    "middling.summary.md": job_summary,
}


@pytest.fixture(scope="module")
def middling(pack: RulePack) -> Assessment:
    data = (FIXTURES / "middling" / "policy.pdf").read_bytes()
    document = read_document(data, "fixtures/middling/policy.pdf", document_id="policy", kind="policy")
    return assess((document,), pack)


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_as_it_was_looked_at(middling: Assessment, name: str) -> None:
    written = REPORTS[name](middling).encode("utf-8")
    if os.environ.get("CODECHECK_UPDATE_GOLDEN"):
        (GOLDEN / name).write_bytes(written)
    assert written.decode("utf-8") == (GOLDEN / name).read_bytes().decode("utf-8")
