"""The HTML report: valid, whole, safe with hostile text, rows and quotations linked both ways, colours legible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import Assessment, Document, DocumentKind, Evidence, Finding, ProvisionResult
from codecheck.report.html.page import html_report
from codecheck.rules.pack import RulePack

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
HOSTILE = """\
Complaints policy <script>alert(1)</script>

We acknowledge a stage 1 complaint within 5 working days of receiving it <img src=x onerror=alert(2)>.

</script></style><svg onload=alert(3)> {{ 7 * 7 }} "quoted" & 'so on'
"""


def read(path: Path, kind: DocumentKind) -> Document:
    return read_document(path.read_bytes(), path.name, document_id=kind, kind=kind)


@pytest.fixture(scope="module")
def four(pack: RulePack) -> Assessment:
    """A landlord's four documents, of which the self-assessment cites what is not there."""
    folder = FIXTURES / "labelled" / "four-that-agree"
    names: Mapping[DocumentKind, str] = {
        "policy": "policy.docx", "procedure": "procedure.pdf", "website": "website.html",
        "self-assessment": "self-assessment.docx",
    }  # fmt: skip
    return assess([read(folder / name, kind) for kind, name in names.items()], pack)


@pytest.fixture(scope="module")
def middling(pack: RulePack) -> Assessment:
    return assess([read(FIXTURES / "middling" / "policy.pdf", "policy")], pack)


@pytest.fixture(scope="module")
def hostile(pack: RulePack) -> Assessment:
    return assess([read_document(HOSTILE.encode(), "<b>policy.txt")], pack)


@cache
def _parsed(html: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    assert [(error[1], error[0]) for error in parser.errors] == []
    return tree


def page(assessment: Assessment) -> Element:
    """The page as a browser would build it; it must be valid HTML."""
    return _parsed(html_report(assessment))


def text(element: Element) -> str:
    return "".join(element.itertext())


def having(tree: Element, name: str, css_class: str) -> list[Element]:
    return [element for element in tree.iter(name) if css_class in element.get("class", "").split()]


@pytest.mark.parametrize("name", ["four", "middling", "hostile"])
def test_it_is_valid_and_its_links_lead_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    tree = page(request.getfixturevalue(name))
    anchors = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(anchors) == len(set(anchors))
    assert {link.get("href", "")[1:] for link in tree.iter("a")} - set(anchors) == set()


@pytest.mark.parametrize("name", ["four", "middling", "hostile"])
def test_it_needs_nothing_from_elsewhere(name: str, request: pytest.FixtureRequest) -> None:
    tree = page(request.getfixturevalue(name))
    wanted = [e.get(a) for e in tree.iter() for a in ("src", "href", "action", "srcset") if e.get(a)]
    assert [address for address in wanted if address is not None and not address.startswith(("#", "data:,"))] == []
    assert "url(" not in html_report(request.getfixturevalue(name))


def test_what_a_document_says_is_text_and_nothing_else(hostile: Assessment) -> None:
    tree = page(hostile)
    assert len(list(tree.iter("script"))) == 1
    assert [e.tag for e in tree.iter() if any(name.startswith("on") for name in e.attrib)] == []
    assert list(tree.iter("img")) == []
    whole = text(tree)
    for words in (
        "<script>alert(1)</script>",
        "</script></style><svg onload=alert(3)> {{ 7 * 7 }}",
        "<b>policy.txt",
    ):
        assert words in whole


def test_only_the_script_of_the_page_may_run(hostile: Assessment) -> None:
    policy = next(e.get("content", "") for e in page(hostile).iter("meta") if "http-equiv" in e.attrib)
    assert re.search(r"default-src 'none'; .*script-src 'sha256-[\w+/=]{44}';", policy)


def test_the_same_assessment_gives_the_same_bytes(four: Assessment) -> None:
    assert html_report(four) == html_report(four)


def test_every_provision_is_on_the_map_and_has_a_row(four: Assessment) -> None:
    tree = page(four)
    tiles = {text(tile).split()[0]: tile.get("href", "")[1:] for tile in having(tree, "a", "tile")}
    assert list(tiles) == list(four.provisions)
    rows = {row.get("id"): text(having(row, "span", "ids")[0]) for row in tree.iter("tr") if row.get("data-verdict")}
    assert [pid for pid, anchor in tiles.items() if pid not in rows[anchor].split(", ")] == []


def test_sections_have_the_titles_of_the_code(four: Assessment) -> None:
    heads = [text(head) for table in having(page(four), "table", "heat") for head in table.iter("th")][3:]
    assert heads[1] == "2 Exclusions"
    assert len(heads) == 9


def test_a_verdict_is_said_in_words_wherever_it_has_a_colour(four: Assessment) -> None:
    tree = page(four)
    words = ("met", "contrary to the Code", "inconsistent", "not evidenced")
    for name in ("tile", "to-row", "badge"):
        shown = [text(element) for tag in ("a", "span") for element in having(tree, tag, name)]
        assert shown and [one for one in shown if not one.endswith(words)] == []


def test_each_row_leads_to_its_words_and_these_lead_back(four: Assessment) -> None:
    tree = page(four)
    rows = {row.get("id"): row for row in tree.iter("tr") if row.get("data-verdict")}
    forth = {(anchor, link.get("href", "")[1:]) for anchor, row in rows.items() for link in having(row, "a", "words")}
    back = set()
    for line in tree.iter():
        children = list(line)
        for mark, chips in pairwise(children):
            if mark.tag == "mark" and mark.get("id"):
                back |= {(chip.get("href", "")[1:], mark.get("id")) for chip in having(chips, "a", "to-row")}
    assert len(forth) > 50
    assert forth - back == set()
    # A time in the chart is marked too, and leads to the row about its step.
    assert {anchor for anchor, _ in back - forth} <= {
        f"row-{pid}" for pid in ("6.2", "6.3", "6.4", "6.11", "6.14", "6.15")
    }


def test_the_marked_words_are_the_words_quoted(four: Assessment) -> None:
    marked = {mark.get("id"): text(mark) for mark in page(four).iter("mark") if mark.get("id")}
    whole = {document.id: document.text for document in four.documents}
    assert [
        words
        for anchor, words in marked.items()
        if anchor and words not in whole[anchor.split("-", 1)[1].rsplit("-", 2)[0]]
    ] == []
    quotes = {" ".join(e.quote.split()) for found in four.findings for e in found.evidence}
    shown = [" ".join(words.split()) for words in marked.values()]
    assert [quote for quote in quotes if not any(quote in words for words in shown)] == []


def test_the_same_words_in_two_documents_are_linked_each_to_its_own() -> None:
    words = "We answer within 10 working days."
    documents = tuple(
        read_document(f"# Complaints\n\n{words}\n".encode(), f"{kind}.md", document_id=kind, kind=kind)
        for kind in ("procedure", "website")
    )
    finding = Finding(
        "6.3/policy", ("6.3",), "warning", "inconsistent", "Answer in ten working days.",
        f'The complaints procedure states: "{words}" The landlord\'s website states: "{words}"',
        "The landlord should mend it.",
        evidence=tuple(Evidence(kind, words, "conflicts", clause=1) for kind in ("procedure", "website")),
    )  # fmt: skip
    links = [a.get("href") for a in having(page(Assessment(documents, (), (finding,), {})), "a", "words")]
    assert links == ["#quote-procedure-1-1", "#quote-website-1-1"]


def test_the_whole_text_of_each_document_is_there(four: Assessment) -> None:
    shown = {"".join(text(e).split()) for e in having(page(four), "div", "text")}
    whole = " ".join(shown)
    missing = [c.text for d in four.documents for c in d.clauses if "".join(c.text.split())[:20] not in whole]
    assert missing == []


def test_met_rows_show_what_they_rest_on(four: Assessment) -> None:
    row = next(row for row in page(four).iter("tr") if row.get("id") == "row-1.2")
    assert "Met. It rests on these words:" in text(row)
    assert having(row, "a", "words") != []


def test_a_row_for_two_provisions_has_the_requirement_of_each_in_a_paragraph() -> None:
    results = {pid: ProvisionResult(pid, "not_met", {}, requirement=f"Do {pid}.") for pid in ("5.6", "5.7")}
    finding = Finding(
        "5.6/policy", ("5.6", "5.7"), "error", "not_met", "5.6 - Do 5.6. 5.7 - Do 5.7.", "It does not.", ""
    )
    cell = having(page(Assessment((), (), (finding,), results)), "td", "requirement")[0]
    assert [text(paragraph) for paragraph in cell.iter("p")] == ["5.6 - Do 5.6.", "5.7 - Do 5.7."]


def test_headings_follow_one_another_without_a_gap(four: Assessment) -> None:
    levels = [int(e.tag[1]) for e in page(four).iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_controls_have_labels_and_parts_have_names(four: Assessment) -> None:
    tree = page(four)
    labelled = {label.get("for") for label in tree.iter("label")}
    assert [select.get("id") for select in tree.iter("select") if select.get("id") not in labelled] == []
    sections = [e for e in tree.iter("section") if not e.get("aria-labelledby")]
    assert sections == []
    for landmark in ("header", "nav", "main", "footer"):
        assert len(list(tree.iter(landmark))) == 1
    assert tree.get("lang") == "en-GB"


def test_a_time_longer_than_the_code_allows_is_said_to_be(pack: RulePack) -> None:
    policy = (
        "# Complaints policy\n\n## Stage 1\n\nWe will respond within 20 working days of acknowledging your complaint."
    )
    tree = page(assess([read_document(policy.encode(), "policy.md")], pack))
    over = [" ".join(text(bar).split()) for bar in having(tree, "div", "over")]
    assert over == ["20 working days from acknowledgementover the Code's limit"]


def test_a_provision_that_could_not_be_assessed_is_named() -> None:
    tree = page(Assessment((), (), (), {}, errors=("6.2 could not be assessed: \x07",)))
    assert "6.2 could not be assessed: \ufffd" in text(having(tree, "div", "notice")[0])


# ---- colours ------------------------------------------------------------------------------------------------------

_ON_SURFACES = ("ink", "soft", "link", "not_met-ink")
_VERDICTS = ("met", "partly_met", "not_met", "contrary", "inconsistent", "not_evidenced")
_TEXT = [(name, ground) for name in _ON_SURFACES for ground in ("page", "surface")]
_TEXT += [(f"{verdict}-ink", f"{verdict}-tint") for verdict in _VERDICTS]
_TEXT += [(ink, ground) for ground in ("supports", "conflicts", "cited", "near") for ink in ("ink", "soft")]
_PARTS = [
    (f"{role}-line", ground) for role in ("supports", "conflicts", "cited", "near") for ground in (role, "surface")
]
_PARTS += [(name, ground) for name in ("focus", "control") for ground in ("page", "surface")]
_PARTS += [("bar", "page"), ("bar-over", "page"), ("contrary-tint", "surface")]


def colours(scheme: str) -> dict[str, str]:
    """The variables of the style sheet that are colours, in one scheme."""
    style = (resources.files("codecheck.report.html") / "assets" / "report.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it, from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(_TEXT, 4.5), (_PARTS, 3)], ids=["text", "parts"])
def test_colours_have_the_contrast_of_wcag_aa(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    found = colours(scheme)
    low = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < least} == {}
