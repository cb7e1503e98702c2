"""Web pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.documents.html import read_html
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block


def read(body: str, *, main: bool = True) -> list[Block]:
    """The blocks of a page with `body` in its <main>."""
    page = f"<!doctype html><title>Complaints</title><body>{f'<main>{body}</main>' if main else body}"
    return list(read_html(page.encode(), "page.html").blocks)


def shape(body: str, *, main: bool = True) -> list[tuple[str, str | None, str]]:
    """Kind, label and text of each block."""
    return [(block.kind, block.label, block.text) for block in read(body, main=main)]


def texts(body: str, *, main: bool = True) -> list[str]:
    return [block.text for block in read(body, main=main)]


# What is content


FURNITURE = [
    "<nav>Home</nav>",
    "<header>Site</header>",
    "<footer>Imprint</footer>",
    "<script>let a = 'b'</script>",
    "<style>p {}</style>",
    "<noscript>Turn on scripts</noscript>",
    "<template><p>Later</p></template>",
    "<div class='cookie-banner'><p>We use cookies</p></div>",
    "<div id='onetrust-consent'>Choose</div>",
    "<div role='dialog'>Choose</div>",
    "<div role='search'>Find</div>",
    "<ul class='breadcrumb'><li>Home</ul>",
    "<a class='skip-link' href='#x'>Skip</a>",
    "<button>Print</button>",
    "<form><select><option>One</select><textarea>Two</textarea></form>",
    "<!-- note -->",
]


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_is_left_out(furniture: str) -> None:
    assert texts(f"{furniture}<p>Tell us.</p>", main=False) == ["Tell us."]


def test_text_after_what_is_left_out_is_kept() -> None:
    assert texts("<p>Tell <script>x</script>us<!-- y --> now.</p>") == ["Tell us now."]


def test_only_main_is_read() -> None:
    assert texts("<div>News</div><main><p>Tell us what went wrong.</p></main>", main=False) == [
        "Tell us what went wrong."
    ]


@pytest.mark.parametrize("landmark", ["<div role='main'>{}</div>", "<article>{}</article>"])
def test_other_landmarks(landmark: str) -> None:
    content = landmark.format("<p>Tell us what went wrong.</p>")
    assert texts(f"<div>News</div>{content}", main=False) == ["Tell us what went wrong."]


def test_landmark_with_next_to_nothing_in_it_is_not_believed() -> None:
    body = "<article>News</article><div><p>Tell us what went wrong, and we will reply.</p></div>"
    assert "Tell us what went wrong, and we will reply." in texts(body, main=False)


def test_header_within_an_article_is_content() -> None:
    assert texts("<article><header><h1>Complaints</h1></header><p>Tell us.</p></article>") == ["Complaints", "Tell us."]


@pytest.mark.parametrize(
    "body", ["<main><p>Tell us.</p><aside>Call 0300</aside></main>", "<main>Tell us.</main><aside>Call 0300</aside>"]
)
def test_aside_is_kept(body: str) -> None:
    assert texts(body, main=False) == ["Tell us.", "Call 0300"]


def test_class_on_what_holds_everything_is_no_cookie_banner() -> None:
    assert texts("<div class='cookies-accepted'><h1>Complaints</h1><p>Tell us.</p></div>") == ["Complaints", "Tell us."]


def test_hidden_text_outside_accordions_is_left_out() -> None:
    body = "<p hidden>Error</p><p style='display: none'>Error</p><p>Tell <span class='sr-only'>(link)</span>us.</p>"
    assert texts(body) == ["Tell us."]


# Headings


def test_headings_have_levels() -> None:
    blocks = read("<h1>Complaints</h1><h3>Stage 1</h3><div role='heading' aria-level='4'>Who</div>")
    assert [(block.kind, block.level) for block in blocks] == [("heading", 1), ("heading", 3), ("heading", 4)]


@pytest.mark.parametrize(
    "bold", ["<strong>Stage 1</strong>", "<b>Stage</b> <b>1</b>", "<span style='font-weight:700'>Stage 1</span>"]
)
def test_paragraph_in_bold_is_a_heading(bold: str) -> None:
    assert read(f"<p>{bold}</p><p>We reply.</p>")[0] == Block("Stage 1", "heading", 0)


@pytest.mark.parametrize("bold", ["We reply in ten days.", "We will reply within ten days"])
def test_sentence_in_bold_is_not(bold: str) -> None:
    assert read(f"<p><strong>{bold}</strong></p>") == [Block(bold)]


def test_first_line_in_bold_is_a_heading() -> None:
    assert shape("<p><b>Stage 1</b><br>We reply<br>soon.</p>") == [
        ("heading", None, "Stage 1"),
        ("paragraph", None, "We reply soon."),
    ]


def test_title() -> None:
    assert (
        read_html(b"<title>Complaints | Landlord</title><h1>Tell us</h1>", "page.html").title == "Complaints | Landlord"
    )


def test_title_from_heading() -> None:
    assert read_html(b"<h1>Tell us</h1><p>Now</p>", "page.html").title == "Tell us"


# Accordions and tabs


ACCORDIONS = [
    "<button aria-expanded='false' aria-controls='p'>Stage 1</button><div id='p' hidden><p>We reply.</p></div>",
    "<details><summary>Stage 1</summary><p>We reply.</p></details>",
    "<details><summary><span>Stage 1</span><span aria-hidden='true'>+</span></summary><p>We reply.</p></details>",
    "<div class='accordion'><div class='accordion-header' role='button'>Stage 1</div>"
    "<div style='display:none'><p>We reply.</p></div></div>",
    "<div class='accordion'><button>Stage 1<span>Show</span></button>"
    "<div aria-hidden='true'><p>We reply.</p></div></div>",
    "<ul class='accordion'><li><a class='accordion-title' href='#p'>Stage 1</a><div id='p'>We reply.</div></li></ul>",
    "<input type='checkbox' id='c'><label class='tab-label' for='c'>Stage 1</label>"
    "<div class='tab-content'>We reply.</div>",
    "<div role='tablist'><button role='tab' aria-controls='p'>Stage 1</button></div>"
    "<div role='tabpanel' id='p' hidden><p>We reply.</p></div>",
    "<div class='faq-question'>Stage 1</div><div class='faq-answer'>We reply.</div>",
    "<a data-bs-toggle='collapse' href='#p'>Stage 1</a><div class='collapse' id='p'>We reply.</div>",
]


@pytest.mark.parametrize("accordion", ACCORDIONS)
def test_accordions(accordion: str) -> None:
    kinds = [(block.kind, block.text) for block in read(accordion)]
    assert kinds[0] == ("heading", "Stage 1")
    assert [text for _, text in kinds[1:]] == ["We reply."]


def test_button_in_a_heading_takes_its_level() -> None:
    assert read("<h3><button aria-expanded='false'>Stage 1</button></h3><p>We reply.</p>")[0] == Block(
        "Stage 1", "heading", 3
    )


def test_tabs_are_put_at_their_panels() -> None:
    tabs = "<ul role='tablist'><li><a role='tab' href='#a'>One</a><li><a role='tab' href='#b'>Two</a></ul>"
    assert texts(f"{tabs}<div id='a'><p>First.</p></div><div id='b'><p>Second.</p></div>") == [
        "One",
        "First.",
        "Two",
        "Second.",
    ]


def test_unclosed_details() -> None:
    body = "<details><summary>Stage 1</summary><p>We reply.<details><summary>Stage 2</summary><p>We review."
    assert shape(body) == [
        ("heading", None, "Stage 1"),
        ("paragraph", None, "We reply."),
        ("heading", None, "Stage 2"),
        ("paragraph", None, "We review."),
    ]


def test_unclosed_summary() -> None:
    body = f"<details><summary>Stage 1<p>{'We reply to every complaint. ' * 10}"
    assert [block.kind for block in read(body)] == ["heading", "paragraph"]


@pytest.mark.parametrize("button", ["Open all sections", "Show", "Hide details", "Print this page"])
def test_buttons_that_only_work_the_accordion_are_left_out(button: str) -> None:
    assert texts(f"<div class='accordion'><button aria-expanded='false'>{button}</button><p>We reply.</p></div>") == [
        "We reply."
    ]


# Lists


@pytest.mark.parametrize(
    ("listing", "labels"),
    [
        ("<ul><li>x<li>y</ul>", ["•", "•"]),
        ("<ol><li>x<li>y</ol>", ["1.", "2."]),
        ("<ol start=3><li>x<li>y</ol>", ["3.", "4."]),
        ("<ol><li value=7>x<li>y</ol>", ["7.", "8."]),
        ("<ol reversed><li>x<li>y</ol>", ["2.", "1."]),
        ("<ol type=a><li>x<li>y</ol>", ["(a)", "(b)"]),
        ("<ol type=I start=4><li>x<li>y</ol>", ["(IV)", "(V)"]),
        ("<ol style='list-style-type: lower-roman'><li>x<li>y</ol>", ["(i)", "(ii)"]),
        ("<ol style='list-style: none'><li>x<li>y</ol>", [None, None]),
        ("<ol type=a start=27><li>x<li>y</ol>", ["(aa)", "(ab)"]),
        ("<ol type=a start=0><li>x<li>y</ol>", ["0.", "(a)"]),
        ("<ol start=many><li>x<li>y</ol>", ["1.", "2."]),
    ],
)
def test_list_labels(listing: str, labels: list[str | None]) -> None:
    assert [block.label for block in read(listing)] == labels


def test_nested_list() -> None:
    blocks = read("<ol><li>One<ol type=a><li>inner</ol>more</li><li>Two</ol>")
    assert [(block.text, block.label, block.level) for block in blocks] == [
        ("One", "1.", 1),
        ("inner", "(a)", 2),
        ("more", None, 1),
        ("Two", "2.", 1),
    ]


def test_second_paragraph_of_an_item_has_no_label() -> None:
    assert shape("<ul><li><p>First.</p><p>Second.</p></ul>") == [("item", "•", "First."), ("item", None, "Second.")]


def test_heading_as_list_item_keeps_its_number() -> None:
    assert shape("<ol><li><h2>Stage 1</h2><p>We reply.</p></ol>")[0] == ("heading", "1.", "Stage 1")


def test_question_in_a_definition_list_is_a_heading() -> None:
    assert shape("<dl><dt>Can I appeal?<dd><p>Yes.</p></dl>") == [
        ("heading", None, "Can I appeal?"),
        ("paragraph", None, "Yes."),
    ]


def test_fact_in_a_definition_list_follows_its_name() -> None:
    assert shape("<dl><dt>Phone<dd>01632 960733</dl>") == [("paragraph", None, "Phone"), ("item", None, "01632 960733")]


# Text


def test_one_break_is_a_space_and_two_part_paragraphs() -> None:
    assert texts("<p>The Ombudsman<br>PO Box 1<br><br>We reply.</p>") == ["The Ombudsman PO Box 1", "We reply."]


def test_bullets_typed_between_breaks() -> None:
    assert shape("<p>We will:<br>• listen<br>• reply</p>") == [
        ("paragraph", None, "We will:"),
        ("item", "•", "listen"),
        ("item", "•", "reply"),
    ]


def test_typed_number_stays_in_the_text() -> None:
    assert read("<p>2.1 We will reply.</p>") == [Block("2.1 We will reply.")]


def test_inline_tags_do_not_break_words() -> None:
    assert texts("<p>the 1<sup>st</sup> com&shy;plaint, <em>unless</em>\n withdrawn</p>") == [
        "the 1st complaint, unless withdrawn"
    ]


def test_address_behind_a_link_is_shown() -> None:
    body = "<p><a href='mailto:help@landlord.example'>Email us</a> or <a href='tel:01632960733'>01632 960733</a></p>"
    assert texts(body) == ["Email us (help@landlord.example) or 01632 960733"]


def test_address_element() -> None:
    assert texts("<address>The Ombudsman<br>PO Box 1</address>") == ["The Ombudsman PO Box 1"]


# Tables


def test_table_headers() -> None:
    blocks = read("<table><tr><th>Stage<th>Target<tr><th scope=row>One<td><p>10 days</p><ul><li>or more</ul></table>")
    cells = [(block.kind, block.text, block.label) for block in blocks]
    assert cells[2:] == [("cell", "One", None), ("cell", "10 days", None), ("cell", "or more", "•")]
    cell = blocks[4].cell
    assert cell is not None
    assert (cell.row, cell.column, cell.row_header, cell.column_header) == (1, 1, "One", "Target")


def test_header_row_in_bold() -> None:
    blocks = read("<table><tr><td><b>Stage 1</b><td><b>A longer heading of a column</b><tr><td>Yes<td>No</table>")
    assert blocks[0].cell is not None and blocks[0].cell.is_header


def test_caption_is_a_heading() -> None:
    assert shape("<table><caption>Targets</caption><tr><td>1<td>2</table>")[0] == ("heading", None, "Targets")


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>We reply.<td>We review.</table>",
        "<table><tr><td>We reply.<tr><td>We review.</table>",
        "<table><tr><td>We reply.<td><table><tr><td>We review.</table></table>",
    ],
)
def test_table_for_layout_only(table: str) -> None:
    assert read(table) == [Block("We reply."), Block("We review.")]


def test_tables_are_counted() -> None:
    table = "<table><tr><th>a<th>b<tr><td>c<td>d</table>"
    assert {block.cell.table for block in read(table * 2) if block.cell} == {0, 1}


# Files


def test_declared_character_set() -> None:
    page = "<meta charset=windows-1252><p>We\u2019ll reply".encode("cp1252")
    assert read_html(page, "page.html").blocks[0].text == "We\u2019ll reply"


def test_xhtml_with_its_own_declaration() -> None:
    page = b'<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>We reply</p></body></html>'
    assert read_html(page, "page.html").blocks == (Block("We reply"),)


@pytest.mark.parametrize("page", [b"", b"<!-- x -->", b"<html><body><div id=app></div><script>go()</script>"])
def test_page_without_text(page: bytes) -> None:
    with pytest.raises(InputError, match=r"^page\.html holds no text: .* codecheck on that$"):
        read_html(page, "page.html")


def test_depth_of_nesting_ends_nothing() -> None:
    assert read("<div>" * 1500 + "We reply." + "</div>" * 1500) == [Block("We reply.")]


TAGS = "div p ul ol li table tr td th details summary button h2 span b br a dl dt dd nav main article pre caption thead"
ATTRIBUTES = [
    "",
    " hidden",
    " role=tab",
    " role=heading aria-level=x",
    " class=accordion",
    " rowspan=0 colspan=9",
    " start=-1",
]
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS.split()), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS.split())),
    st.text(max_size=8),
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode("utf-8", "replace")),
    )
)
def test_any_input_gives_blocks_or_an_input_error(data: bytes) -> None:
    try:
        reading = read_html(data, "page.html")
    except InputError:
        return
    assert isinstance(reading, Reading)
    assert all(block.text and block.text == block.text.strip() for block in reading.blocks)
    assert all((block.kind == "cell") == (block.cell is not None) for block in reading.blocks)
