"""Forms on web pages and in text: tables without numbers, headings for each provision, definition lists, bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codecheck.forms import SelfAssessmentForm

FormOf = Callable[..., SelfAssessmentForm]


def page(body: str) -> str:
    return f"<html><body><main><h1>Complaint Handling Code self-assessment</h1>{body}</main></body></html>"


def table(*rows: tuple[str, ...]) -> str:
    head, *others = rows
    cells = "".join(f"<th>{text}</th>" for text in head)
    lines = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in others)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table>"


def test_a_table_without_numbers_is_known_by_its_wording(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    rows = [(requirements[p], "Yes", f"Evidence for {p}.") for p in ("6.4", "6.5", "6.6", "6.15", "6.16", "6.17")]
    form = form_of(page(table(("Code requirement", "Comply", "Evidence"), *rows)), "form.html")
    assert {p: e.evidence for p, e in form.entries.items()} == {
        p: f"Evidence for {p}." for p in ("6.4", "6.5", "6.6", "6.15", "6.16", "6.17")
    }


def test_some_numbers_missing(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    rows = [
        ("", requirements["6.1"], "Yes", "One"),
        ("", requirements["6.2"], "No", "Two"),
        ("6.3", requirements["6.3"], "Yes", "Three"),
    ]
    form = form_of(page(table(("Code section", "Code requirement", "Comply (Yes/No)", "Evidence"), *rows)), "form.html")
    assert {p: (e.answer, e.evidence) for p, e in form.entries.items()} == {
        "6.1": ("yes", "One"),
        "6.2": ("no", "Two"),
        "6.3": ("yes", "Three"),
    }


def test_a_row_that_is_no_provision_is_told(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    rows = [
        (requirements["6.2"], "Yes", "One"),
        ("We also have a garden that everybody may use in summer.", "Yes", "Two"),
    ]
    form = form_of(page(table(("Code requirement", "Comply", "Evidence"), *rows)), "form.html")
    assert list(form.entries) == ["6.2"]
    assert form.entries["6.2"].evidence == "One"
    assert form.warnings == (
        'a row could not be matched to a provision of the Code: "We also have a garden that everybody may ..."',
    )


def test_fused_answers(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    rows = [
        ("1.2", requirements["1.2"], "YPoint 1.2"),
        ("1.3", requirements["1.3"], "Yes - section 4"),
        ("1.4", requirements["1.4"], "NoNot yet"),
    ]
    form = form_of(page(table(("Code section", "Code requirement", "Comply"), *rows)), "form.html")
    assert {p: (e.answer, e.answer_text, e.evidence) for p, e in form.entries.items()} == {
        "1.2": ("yes", "Y", "Point 1.2"),
        "1.3": ("yes", "Yes", "section 4"),
        "1.4": ("no", "No", "Not yet"),
    }


def test_a_heading_for_each_provision_and_labels_on_lines_of_their_own(form_of: FormOf) -> None:
    body = "<h2>Section 1: Definition</h2>" + "".join(
        f"<h3>{number}</h3><p>The wording.</p><p><strong>Comply</strong></p><p>{answer}</p>"
        f"<p><strong>Evidence</strong></p><p>See policy {number}.</p><p>It is kept up to date.</p>"
        "<p><strong>Commentary</strong></p><p>None.</p>"
        for number, answer in (("1.2", "Yes"), ("1.3", "Partial"))
    )
    entries = form_of(page(body), "form.html").entries
    assert [(p, e.answer, e.evidence, e.commentary) for p, e in entries.items()] == [
        ("1.2", "yes", "See policy 1.2.\nIt is kept up to date.", "None."),
        ("1.3", "partial", "See policy 1.3.\nIt is kept up to date.", "None."),
    ]


def test_definition_lists(form_of: FormOf) -> None:
    body = (
        "<h3>1.3 A resident does not have to use the word</h3>"
        "<dl><dt>Comply</dt><dd>Yes</dd><dt>Evidence</dt><dd>Section 3 of the policy</dd>"
        "<dt>Commentary</dt><dd>Good</dd></dl>"
    )
    entry = form_of(page(body), "form.html").entries["1.3"]
    assert (entry.requirement, entry.answer, entry.evidence, entry.commentary) == (
        "A resident does not have to use the word",
        "yes",
        "Section 3 of the policy",
        "Good",
    )


def test_bold_labels_with_line_breaks(form_of: FormOf) -> None:
    body = (
        "<h3>1.4</h3><p>The wording.</p><p><b>Comply:</b> No<br><b>Evidence:</b> Not written down<br>"
        "<b>Action required:</b> Write it</p>"
    )
    entry = form_of(page(body), "form.html").entries["1.4"]
    assert (entry.answer, entry.evidence, entry.actions) == (
        "no",
        "Not written down",
        (("Action required", "Write it"),),
    )


def test_accordions(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    body = "".join(
        f"<details><summary>{p} {requirements[p]}</summary><div><p>Comply?<br>{answer}</p>"
        "<p>Evidence: one</p></div></details>"
        for p, answer in (("6.2", "Yes"), ("6.3", "No"))
    )
    assert {p: (e.answer, e.evidence) for p, e in form_of(page(body), "form.html").entries.items()} == {
        "6.2": ("yes", "one"),
        "6.3": ("no", "one"),
    }


def test_cells_that_became_paragraphs(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    body = "".join(
        f"<div><p>{p}</p><p>{requirements[p]}</p><p>{answer}</p><p>Policy (2.2)</p>"
        "<p>2.1 of our policy says so.</p></div>"
        for p, answer in (("6.2", "Yes"), ("6.3", "No"))
    )
    assert {p: (e.answer, e.evidence) for p, e in form_of(page(body), "form.html").entries.items()} == {
        "6.2": ("yes", "Policy (2.2)\n2.1 of our policy says so."),
        "6.3": ("no", "Policy (2.2)\n2.1 of our policy says so."),
    }


def test_a_number_in_the_evidence_begins_no_provision(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    evidence = "<p>Evidence:</p><p>2.1 of our policy has the definition.</p>"
    body = f"<h3>1.2</h3><p>{requirements['1.2']}</p><p>Comply: Yes</p>{evidence}"
    form = form_of(page(body), "form.html")
    assert list(form.entries) == ["1.2"]
    assert form.entries["1.2"].evidence == "2.1 of our policy has the definition."


def test_headings_without_numbers_are_known_by_their_wording(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    body = "".join(
        f"<p>{requirements[p]}</p><p>Comply: Yes</p><p>Evidence: for {p}</p>" for p in ("6.15", "6.16", "6.17")
    )
    assert {p: e.evidence for p, e in form_of(page(body), "form.html").entries.items()} == {
        "6.15": "for 6.15",
        "6.16": "for 6.16",
        "6.17": "for 6.17",
    }


def test_markdown_table(form_of: FormOf) -> None:
    text = (
        "# Self-assessment\n\n| Code provision | Code requirement | Comply | Evidence | Commentary |\n"
        "|---|---|---|---|---|\n"
        "| 1.2 | A complaint must be defined | Yes | Policy 2.1 | |\n| 1.3 | A resident does not | No | | Soon |\n"
    )
    assert [(e.answer, e.evidence, e.commentary) for e in form_of(text).entries.values()] == [
        ("yes", "Policy 2.1", ""),
        ("no", "", "Soon"),
    ]


def test_table_with_bars_in_plain_text(form_of: FormOf) -> None:
    text = (
        "Self-assessment\n\nCode provision | Code requirement | Comply | Evidence | Commentary\n"
        "1.2 | A complaint must be defined | Yes | Policy 2.1 |\n1.3 | A resident does not | No | | Soon\n"
    )
    assert [(e.answer, e.evidence, e.commentary) for e in form_of(text, "form.txt").entries.values()] == [
        ("yes", "Policy 2.1", ""),
        ("no", "", "Soon"),
    ]


def test_rows_with_bars_broken_into_lines(form_of: FormOf) -> None:
    text = (
        "Self-assessment\n\nCode provision | Code requirement | Comply: Yes/No |\nEvidence | Commentary |\n"
        "1.2 | A complaint must be defined as:\nan expression of dissatisfaction. |\n"
        "Yes | Found in the policy\nunder 2.1. | |\n"
        "1.3 | A resident does not have to use the word. |\nNo | | Soon. |\n"
    )
    assert [(e.answer, e.evidence, e.commentary) for e in form_of(text, "form.txt").entries.values()] == [
        ("yes", "Found in the policy under 2.1.", ""),
        ("no", "", "Soon."),
    ]


def test_rows_with_tabs_cut_by_pages(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    first, second = requirements["6.4"], requirements["6.8"]
    text = (
        "Self-assessment\n\nCode provision\tCode requirement\tComply\tEvidence\tCommentary\n"
        f"6.4\t{first[:70]}\tYes\tThe manager decides and the team\t\n\n\t{first[70:]}\t\twrites to the resident.\t\n"
        f"\t{second[:60]}\t\t\t\n6.8\t{second[60:]}\tNo\tLetters.\tSoon.\n"
    )
    entries = form_of(text, "form.txt").entries
    assert [(p, e.answer, e.evidence, e.commentary) for p, e in entries.items()] == [
        ("6.4", "yes", "The manager decides and the team writes to the resident.", ""),
        ("6.8", "no", "Letters.", "Soon."),
    ]
    assert "".join(entries["6.8"].requirement.split()) == "".join(second.split())


def test_labels_on_lines_of_plain_text(form_of: FormOf) -> None:
    text = (
        "Self-assessment\n\n1.2\nA complaint must be defined as dissatisfaction, however made.\nComply\nYes\nEvidence\n"
        "Policy section 2.1\nCommentary / explanation\n\n1.3\nA resident does not have to use the word.\nComply\n\n"
        "Evidence\nWe train staff.\n\nCommentary / explanation\nNone\n\nProvision 1.4\n\nThe wording.\n\n"
        "Comply: Yes / No\n\nPartial\n\nEvidence:\n\nPolicy para 3.\n\nAction required:\n\nRewrite by May.\n"
    )
    entries = form_of(text, "form.txt").entries
    assert [(p, e.answer, e.evidence, e.commentary, e.actions) for p, e in entries.items()] == [
        ("1.2", "yes", "Policy section 2.1", "", ()),
        ("1.3", "blank", "We train staff.", "None", ()),
        ("1.4", "partial", "Policy para 3.", "", (("Action required", "Rewrite by May."),)),
    ]


def test_compliance_and_evidence_in_one_label_each(form_of: FormOf) -> None:
    body = "".join(
        f"<h4>Code section {p}</h4><p>The wording.</p><p>Compliance: {answer}</p>"
        "<p>Evidence, commentary and any explanations: It is on our website.</p>"
        for p, answer in (("1.2", "Yes"), ("1.7", "Partial"))
    )
    assert {p: (e.answer, e.evidence) for p, e in form_of(page(body), "form.html").entries.items()} == {
        "1.2": ("yes", "It is on our website."),
        "1.7": ("partial", "It is on our website."),
    }
