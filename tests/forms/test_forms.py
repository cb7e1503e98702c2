"""The form as a whole: which Code it was made against, whether it is one at all, and that nothing makes it stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codecheck.documents.document import read_document
from codecheck.documents.structure import build_clauses
from codecheck.forms import SelfAssessmentForm, cited_sections, is_form, read_form
from codecheck.forms.wording import order
from codecheck.model import Block, Cell, Document

FormOf = Callable[..., SelfAssessmentForm]


def markdown_form(rows: Mapping[str, str], header: str = "Code requirement") -> str:
    lines = [f"| {provision} | {text} | Yes | In the policy |" for provision, text in rows.items()]
    return f"# Self-assessment\n\n| Code section | {header} | Comply | Evidence |\n|---|---|---|---|\n" + "\n".join(
        lines
    )


def document_of(text: str, name: str = "form.md") -> Document:
    return read_document(text.encode(), name)


def one_line(requirements: Mapping[str, str]) -> dict[str, str]:
    return {provision: " ".join(text.split()) for provision, text in requirements.items()}


def test_a_form_of_the_code_in_force(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    form = form_of(markdown_form(one_line(requirements)))
    assert list(form.entries) == sorted(requirements, key=order)
    assert (form.edition, form.warnings) == ("2024", ())


def test_provisions_that_the_form_leaves_out_are_told(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    rows = {provision: text for provision, text in one_line(requirements).items() if provision not in ("2.2", "7.4")}
    assert form_of(markdown_form(rows)).warnings == ("the form has no row for 2 of the Code's provisions: 2.2, 7.4",)


def test_the_codes_order_is_by_number(form_of: FormOf) -> None:
    rows = {"6.10": "Wording of ten.", "6.9": "Wording of nine.", "6.2": "Wording of two.", "1.2": "Wording."}
    assert list(form_of(markdown_form(rows)).entries) == ["1.2", "6.2", "6.9", "6.10"]


def test_the_older_code_is_known_by_its_numbers(form_of: FormOf) -> None:
    rows = {
        "1.3": "A first row.",
        "1.7": "A second row.",
        "1.8": "A third row.",
        "4.11": "A fourth.",
        "7.6": "A fifth.",
    }
    form = form_of(markdown_form(rows))
    assert form.edition == "2022"
    assert list(form.entries) == ["1.3", "1.7", "1.8", "4.11", "7.6"]
    assert form.warnings == (
        "the form was made against the superseded Code of 2022: its numbers are not those of 2024",
    )


@pytest.mark.parametrize("title", ["Mandatory 'must' requirements", "Best practice ‘should’ requirements"])
def test_the_older_code_is_known_by_its_headings(title: str, form_of: FormOf) -> None:
    text = markdown_form({"1.2": "A first row.", "1.3": "A second row."}).replace("\n\n", f"\n\n## {title}\n\n", 1)
    assert form_of(text).edition == "2022"


def test_the_older_code_is_known_by_its_definition(form_of: FormOf) -> None:
    definition = (
        "An expression of dissatisfaction, however made, about the standard of service, actions or lack of action by "
        "the organisation, its own staff, or those acting on its behalf, affecting an individual resident or group of "
        "residents."
    )
    assert form_of(markdown_form({"1.2": definition})).edition == "2022"


def test_rows_of_the_older_code_keep_their_numbers(form_of: FormOf, requirements: Mapping[str, str]) -> None:
    rows = {
        "1.2": "First.",
        "1.7": one_line(requirements)["2.1"],
        "1.8": "Third.",
        "4.5": one_line(requirements)["5.9"],
    }
    form = form_of(markdown_form(rows))
    assert list(form.entries) == ["1.2", "1.7", "1.8", "4.5"]


def test_evidence_in_the_older_words_does_not_make_the_form_older(
    form_of: FormOf, requirements: Mapping[str, str]
) -> None:
    older = (
        "A complaint is about action or lack of action by the organisation, its own staff, or those acting on its "
        "behalf, affecting an individual resident"
    )
    text = markdown_form(one_line(requirements)).replace("In the policy", older, 1)
    assert form_of(text).edition == "2024"


def test_a_form_in_the_landlords_own_words_may_be_of_either(form_of: FormOf) -> None:
    assert form_of(markdown_form({"1.2": "We define complaints.", "1.3": "We listen."})).edition == "unknown"


def test_a_document_without_form_says_so(form_of: FormOf) -> None:
    form = form_of("# Complaints policy\n\nWe listen to everybody.\n")
    assert (dict(form.entries), form.edition) == ({}, "unknown")
    assert form.warnings == ("no rows of a self-assessment could be read",)


def test_a_form_is_one(requirements: Mapping[str, str]) -> None:
    assert is_form(document_of(markdown_form(one_line(requirements))))


def test_a_form_without_numbers_is_one(requirements: Mapping[str, str]) -> None:
    rows = [f"| {text} | Yes | Policy |" for text in one_line(requirements).values()]
    text = "# Self-assessment\n\n| Code requirement | Comply | Evidence |\n|---|---|---|\n" + "\n".join(rows)
    assert is_form(document_of(text))


def test_a_form_without_table_is_one() -> None:
    text = "".join(f"\n### 1.{n}\n\nThe wording.\n\nComply: Yes\n\nEvidence: the policy\n" for n in range(2, 7))
    assert is_form(document_of(f"# Self-assessment\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "# Complaints policy\n\n## 1.1 Scope\n\nWe comply with the Code.\n\n## 1.2 Definition\n\nA complaint is.\n" * 4,
        "# Timescales\n\n| Stage | What we do | Time |\n|---|---|---|\n"
        "| 1 | Acknowledge | 5 working days |\n| 2 | Answer | 20 |\n",
        "# Appendix 1\n\n| Code Provision | Code Requirement | Commentary / Observations | Recommendation |\n"
        "|---|---|---|---|\n"
        + "".join(f"| 6.{n} | Landlords must. | The policy is silent. | The landlord should. |\n" for n in range(1, 9)),
        "# Survey\n\n| Question | Yes | No |\n|---|---|---|\n"
        + "".join(f"| Question {n}? | 45 | 12 |\n" for n in range(9)),
    ],
    ids=["policy", "timescales", "assessors' table", "survey"],
)
def test_other_documents_are_no_form(text: str) -> None:
    assert not is_form(document_of(text))


def test_the_samples_are_no_forms() -> None:
    from pathlib import Path

    files = (Path(__file__).parents[2] / "fixtures").rglob("*")
    samples = [p for p in files if p.suffix in (".docx", ".pdf", ".html") and p.stem != "self-assessment"]
    assert samples
    assert [str(path) for path in samples if is_form(read_document(path.read_bytes(), path.name))] == []


WORDS = st.sampled_from(
    "1.2 6.14 6.1 8.1(a) 9.9 4.11 Yes No YPoint Partial ✓ ☐ N/A Comply Comply: Evidence Evidence: Commentary Stage 1 | "
    "Code provision requirement Landlords must issue a full response to stage 1 complaints within 10 working days of "
    "the complaint being acknowledged. policy section 2.3 page 4 above ( ) : - – \n \t é".split(" ")
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=30)
CELLS = st.builds(
    Cell,
    table=st.integers(0, 3),
    row=st.integers(0, 4),
    column=st.integers(0, 5),
    row_header=TEXTS,
    column_header=st.sampled_from(["", "Comply", "Evidence", "Code provision"]) | TEXTS,
    is_header=st.booleans(),
)
KINDS = st.sampled_from(["heading", "paragraph", "item", "cell", "footnote"])
BLOCKS = st.builds(
    Block,
    text=TEXTS,
    kind=KINDS,
    level=st.integers(0, 4),
    label=st.none() | st.sampled_from(["1.2", "(a)", "•", "", "3"]),
    page=st.none() | st.integers(1, 3),
    cell=st.none() | CELLS,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=st.lists(BLOCKS, max_size=40))
def test_no_document_makes_the_reader_stop(blocks: list[Block], requirements: Mapping[str, str]) -> None:
    text, clauses = build_clauses(blocks)
    document = Document("form", "self-assessment", "form.docx", "", "", text, clauses)
    for code in (requirements, {}):
        form = read_form(document, code)
        for entry in form.entries.values():
            assert all(0 <= index < len(clauses) for index in (entry.clause, *entry.clauses))
    is_form(document)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_every_citation_quotes_its_text(text: str) -> None:
    for citation in cited_sections(text):
        assert citation.quote in text
        assert citation.section is None or citation.page is None
