"""Each format, held against what its reader needs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from markdown_it import MarkdownIt

from codecheck.model import Assessment, Evidence, Finding, GivenTime, PackInfo, ProvisionResult, StepTimes
from codecheck.report.csv_report import csv_report
from codecheck.report.json_report import json_report
from codecheck.report.markdown_report import markdown_report
from codecheck.report.terminal_report import terminal_report

AWKWARD = 'Section 2 states: "a | b <b>bold</b> *x* `y` [z](u)",\nand more'


def assessment(*findings: Finding) -> Assessment:
    provisions = {"6.2": ProvisionResult("6.2", "partly_met", {"logged": False})}
    return Assessment((), (PackInfo("p", "1", "P"),), findings, provisions)


def finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "id": "6.2/policy", "provisions": ("6.2",), "severity": "warning", "verdict": "partly_met",
        "requirement": "Complaints must be logged.", "observation": AWKWARD, "recommendation": "=SUM(1,2)",
    }  # fmt: skip
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def test_csv_reads_back_and_formulas_are_neutral() -> None:
    rows = list(csv.reader(io.StringIO(csv_report(assessment(finding())))))
    assert rows[1] == ["6.2", "Complaints must be logged.", AWKWARD, "'=SUM(1,2)"]


def test_markdown_renders_as_one_table_with_the_text_as_it_stands() -> None:
    text = markdown_report(assessment(finding(), finding(provisions=("6.3",))))
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert html.count("<tr>") == 3
    assert html.count("<table>") == 1
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "<em>" not in html
    assert "<a " not in html


def test_notes_are_left_out_unless_asked_for() -> None:
    note = finding(severity="note")
    assert csv_report(assessment(note)).count("\r\n") == 1
    assert csv_report(assessment(note), notes=True).count("6.2") == 1


def test_terminal_has_no_colour_codes_unless_asked_for() -> None:
    assert "\x1b" not in terminal_report(assessment(finding()))
    assert "\x1b" in terminal_report(assessment(finding()), colour=True)


def test_terminal_ends_with_a_summary() -> None:
    assert terminal_report(assessment(finding())).endswith("1 provision: 1 partly met. 1 row for Appendix 1.\n")


def test_json_holds_the_times_side_by_side() -> None:
    words = Evidence("policy", "within a week", "supports", clause=3)
    step = StepTimes("6.2", 1, "acknowledgement", 5, (GivenTime(1, "weeks", 5, None, words),))
    data = json.loads(json_report(replace(assessment(), timescales=(step,))))
    assert data["timescales"][0]["limit_working_days"] == 5
    given = data["timescales"][0]["given"][0]
    assert (given["amount"], given["unit"], given["working_days"], given["from"]) == (1, "weeks", 5, None)
    assert given["evidence"]["quote"] == "within a week"
