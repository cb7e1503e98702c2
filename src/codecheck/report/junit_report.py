"""The verdicts as JUnit XML, which most CI services show: one test case a provision.

A row is a failure; a note, an accepted row and one in the baseline are skipped cases; a rule that failed is an error.
"""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

from codecheck.model import Assessment, Finding
from codecheck.report.appendix import IN_TABLE
from codecheck.report.labels import VERDICT_LABELS
from codecheck.report.standing import standing
from codecheck.report.xml_text import legal_xml


def junit_report(assessment: Assessment) -> str:
    """Return the verdict on every provision as JUnit XML text; notes are always in it, as skipped cases."""
    concerned: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        for provision in finding.provisions:
            concerned[provision].append(finding)
    name = "+".join(pack.id for pack in assessment.rule_packs) or "codecheck"
    cases = [
        _case(name, provision, concerned[provision])
        for provision in [*assessment.provisions, *(p for p in concerned if p not in assessment.provisions)]
    ]
    cases += [_failed_rule(name, at, error) for at, error in enumerate(assessment.errors, start=1)]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(len(assessment.errors)),
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
    }
    root = ET.Element("testsuites", {"name": "codecheck", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": legal_xml(name), **counts})
    suite.extend(cases)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(suite: str, provision: str, findings: list[Finding]) -> ET.Element:
    case = ET.Element("testcase", {"classname": legal_xml(suite), "name": legal_xml(provision)})
    failing = [finding for finding in findings if finding.severity in IN_TABLE and finding.counts]
    if failing:
        worst = next((finding for finding in failing if finding.severity == "error"), failing[0])
        attributes = {"type": worst.verdict, "message": legal_xml(_message(worst))}
        ET.SubElement(case, "failure", attributes).text = legal_xml("\n\n".join(_told(one) for one in failing))
    elif findings:
        shown = next((one for one in findings if not one.counts), findings[0])
        told = " ".join(part for part in (standing(shown), shown.observation) if part)
        ET.SubElement(case, "skipped", {"message": legal_xml(told)})
    return case


def _failed_rule(suite: str, at: int, error: str) -> ET.Element:
    case = ET.Element("testcase", {"classname": legal_xml(suite), "name": f"rule failure {at}"})
    ET.SubElement(case, "error", {"type": "rule", "message": legal_xml(error)})
    return case


def _message(finding: Finding) -> str:
    return f"{' and '.join(finding.provisions)} {VERDICT_LABELS[finding.verdict]}"


def _told(finding: Finding) -> str:
    return f"{finding.observation}\n{finding.recommendation}"
