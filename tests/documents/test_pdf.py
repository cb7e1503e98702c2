"""The PDF reader, on files that LibreOffice made (files/make_pdf_files.py) and on pages drawn here line by line."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.documents.pdf import read_pdf
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block

FILES = Path(__file__).parent / "files"
LEFT, TOP, WIDE = 70.0, 760.0, 68
POLICY = (
    "We will acknowledge each complaint within five working days and tell the resident who is handling it. "
    "The officer who looks into the matter will not have been involved in it before, "
    "and will speak to everyone concerned."
)
OTHER = (
    "A resident who is unhappy with our answer may ask for the next stage at any time, and need not say why. "
    "Nobody who took part in the first decision takes part in the second one."
)


class Canvas:
    """One page of a PDF, drawn in Courier (each letter 0.6 em wide), so that line ends are exact."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.has_field = False
        self.y = TOP

    def at(self, x: float, y: float, text: str, *, size: float = 10, font: str = "F1", turn: str = "1 0 0 1") -> Canvas:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.drawn.append(f"BT /{font} {size} Tf {turn} {x} {y} Tm ({escaped}) Tj ET")
        return self

    def lines(
        self, lines: Sequence[str], *, x: float = LEFT, size: float = 10, font: str = "F1", gap: float = 8
    ) -> Canvas:
        for line in lines:
            self.at(x, self.y, line, size=size, font=font)
            self.y -= 1.2 * size
        self.y -= gap
        return self

    def prose(self, text: str, *, x: float = LEFT, width: int = WIDE, gap: float = 8) -> Canvas:
        return self.lines(textwrap.wrap(text, width, break_on_hyphens=False), x=x, gap=gap)

    def heading(self, text: str, *, size: float = 14, font: str = "F2") -> Canvas:
        return self.lines([text], size=size, font=font)

    def field(self) -> Canvas:
        """Add a form field that somebody has filled in."""
        self.has_field = True
        return self

    def scan(self) -> Canvas:
        """Cover the page with an image."""
        self.drawn.append("q 595 0 0 842 0 0 cm /Scan Do Q")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Canvas:
        self.drawn.append(f"{x0} {y0} m {x1} {y1} l S")
        return self


CMAP = (
    "begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
    "2 beginbfchar\n<41> <FFFD>\n<42> <FB01>\nendbfchar\n1 beginbfrange\n<61> <7A> <0061>\nendbfrange\nendcmap"
)


def make_pdf(*pages: Canvas, rotate: int = 0) -> bytes:
    """Return a PDF file of A4 pages. In the font F3 the letter A is unreadable and B is the ligature fi."""
    form = "/AcroForm << /Fields [9 0 R] >>" if any(page.has_field for page in pages) else ""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {form} >>", ""]
    for number, name in enumerate(("Courier", "Courier-Bold", "Courier"), 1):
        unicode_map = "/ToUnicode 6 0 R" if number == 3 else ""
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding {unicode_map} >>"
        objects.append(font)
    objects.append(f"<< /Length {len(CMAP)} >>\nstream\n{CMAP}\nendstream")
    typed = "BT /F1 10 Tf 2 5 Td (typed into the form) Tj ET"
    objects += [
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 3 0 R >> >>"
        f" /Length {len(typed)} >>\nstream\n{typed}\nendstream",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        " /Length 1 >>\nstream\n0\nendstream",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (answer) /V (typed into the form) /F 4 /Rect [70 500 370 520]"
        " /AP << /N 7 0 R >> >>",
    ]
    kids = []
    for page in pages:
        content = "\n".join(page.drawn)
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> /XObject << /Scan 8 0 R >> >>"
            f" /Rotate {rotate} /Contents {len(objects)} 0 R /Annots [{'9 0 R' * page.has_field}] >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data = b"%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def read(*pages: Canvas, rotate: int = 0) -> Reading:
    return read_pdf(make_pdf(*pages, rotate=rotate), "policy.pdf")


def read_file(name: str) -> Reading:
    return read_pdf((FILES / name).read_bytes(), name)


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def numbered_pages(count: int) -> list[Canvas]:
    """Pages with a header, a footer with the page's number, and a paragraph of their own."""
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
    return [
        Canvas()
        .at(LEFT, 800, "Elm Bank Homes policy")
        .at(250, 40, f"Page {at + 1} of {count}")
        .prose(f"{words[at].title()}. {POLICY}")
        for at in range(count)
    ]


# Paragraphs


def test_lines_become_paragraphs() -> None:
    assert texts(read(Canvas().prose(POLICY).prose(OTHER))) == [POLICY, OTHER]


def test_each_block_has_its_page() -> None:
    assert [block.page for block in read(Canvas().prose(POLICY), Canvas().prose(OTHER)).blocks] == [1, 2]


def test_pages_are_counted() -> None:
    assert read(Canvas().prose(POLICY), Canvas().prose(OTHER)).pages == 2


def test_a_short_line_ends_a_paragraph_where_there_is_no_space_between() -> None:
    assert texts(read(Canvas().prose(POLICY, gap=0).prose(OTHER, gap=0))) == [POLICY, OTHER]


def test_wide_line_spacing_does_not_cut_paragraphs() -> None:
    page = Canvas()
    for line in textwrap.wrap(POLICY, WIDE):
        page.at(LEFT, page.y, line)
        page.y -= 20
    assert texts(read(page)) == [POLICY]


def test_an_indented_first_line_begins_a_paragraph() -> None:
    reading = read_file("plain.pdf")
    beginnings = [text.split(".")[0] for text in texts(reading) if text.startswith(("Indented", "Second"))]
    assert beginnings == ["Indented 1", "Second 1", "Indented 2", "Second 2", "Indented 3", "Second 3"]


def test_a_sentence_goes_on_over_a_page_break() -> None:
    lines = textwrap.wrap(POLICY, WIDE)
    assert texts(read(Canvas().prose(OTHER).lines(lines[:2]), Canvas().lines(lines[2:]))) == [OTHER, POLICY]


def test_a_new_sentence_on_a_new_page_is_a_paragraph() -> None:
    assert texts(read(Canvas().prose(POLICY), Canvas().prose(OTHER))) == [POLICY, OTHER]


def test_a_decimal_number_at_a_line_start_stays_in_its_sentence() -> None:
    lines = ["Our teams answer in person or by telephone on weekdays, and within", "2.5 hours at night."]
    assert texts(read(Canvas().prose(OTHER).lines(lines))) == [OTHER, " ".join(lines)]


def test_a_count_at_a_line_start_stays_in_its_sentence() -> None:
    lines = ["If the resident is still unhappy, the complaint will move on to stage", "2 of our process."]
    assert texts(read(Canvas().prose(OTHER).lines(lines))) == [OTHER, " ".join(lines)]


def test_section_numbers_begin_blocks_and_stay_in_the_text() -> None:
    page = Canvas().prose(f"2.3.1 {POLICY}", gap=0).prose(f"2.3.2 {OTHER}", gap=0)
    assert [(block.text, block.kind, block.label) for block in read(page).blocks] == [
        (f"2.3.1 {POLICY}", "paragraph", None),
        (f"2.3.2 {OTHER}", "paragraph", None),
    ]


# Divided words


def divided(before: str, after: str, *, elsewhere: str = "") -> str:
    lead = textwrap.wrap(POLICY, WIDE)
    page = Canvas().prose(OTHER + elsewhere)
    return texts(read(page.lines([lead[0], f"{'x' * (WIDE - len(before) - 2)} {before}-", f"{after} is the end."])))[1]


def test_a_divided_word_is_rejoined() -> None:
    assert "complainant is the end" in divided("complain", "ant")


def test_a_hyphen_stays_where_the_word_has_one_elsewhere() -> None:
    assert "follow-up is the end" in divided("follow", "up", elsewhere=" There is a follow-up call.")


def test_a_hyphen_stays_between_two_words_of_the_document() -> None:
    assert "decision-part is the end" in divided("decision", "part")


def test_a_hyphen_stays_after_a_number() -> None:
    assert "10-day is the end" in divided("10", "day")


# Headings


def test_headings_are_ranked_by_size() -> None:
    page = (
        Canvas()
        .heading("Complaints policy", size=20)
        .heading("Scope")
        .prose(POLICY)
        .heading("Stages", size=12)
        .prose(OTHER)
    )
    headings = [(block.text, block.level) for block in read(page).blocks if block.kind == "heading"]
    assert headings == [("Complaints policy", 1), ("Scope", 2), ("Stages", 3)]


def test_a_bold_line_is_a_heading() -> None:
    page = Canvas().heading("Scope", size=10).prose(POLICY).heading("2 Stages", size=10).prose(OTHER)
    assert [block.kind for block in read(page).blocks] == ["heading", "paragraph", "heading", "paragraph"]


def test_a_bold_sentence_is_no_heading() -> None:
    page = Canvas().prose(POLICY).lines(["This policy does not apply to leaseholders."], font="F2").prose(OTHER)
    assert [block.kind for block in read(page).blocks] == ["paragraph"] * 3


def test_numbers_rank_headings_of_one_size() -> None:
    page = Canvas()
    for title in ("1 Scope", "1.1 Who", "2 Stages", "2.1 First"):
        page.heading(title, size=10).prose(POLICY)
    assert [block.level for block in read(page).blocks if block.kind == "heading"] == [1, 2, 1, 2]


def test_a_short_numbered_line_is_a_heading_of_unknown_level() -> None:
    found = [(block.text, block.level) for block in read_file("plain.pdf").blocks if block.kind == "heading"]
    assert found == [("1. Purpose", 0), ("2. Scope of this policy", 0), ("3. Stage one", 0)]


def test_short_numbered_lines_in_a_row_are_a_list() -> None:
    page = (
        Canvas()
        .prose(POLICY)
        .lines(["12.1 Complaints procedure", "12.2 Compensation guide", "12.3 Data protection policy"])
    )
    assert [block.kind for block in read(page).blocks] == ["paragraph"] * 4


def test_a_long_heading_of_two_lines_is_one_block() -> None:
    page = (
        Canvas()
        .lines(["What we will not take up as a", "complaint under this policy"], size=16, font="F2")
        .prose(POLICY)
    )
    assert texts(read(page))[0] == "What we will not take up as a complaint under this policy"


def test_a_heading_with_one_letter_a_line_is_a_word() -> None:
    page = Canvas()
    for at, letter in enumerate("STAGES"):
        page.at(40, 700 - 20 * at, letter, size=16, font="F2")
    assert "STAGES" in texts(read(page.prose(POLICY)))


def test_a_heading_with_spaced_letters_is_a_word() -> None:
    assert texts(read(Canvas().heading("S C O P E").prose(POLICY)))[0] == "SCOPE"


def test_the_first_heading_is_the_title() -> None:
    assert read(Canvas().heading("Complaints policy", size=20).prose(POLICY)).title == "Complaints policy"


# Lists


def item_rows(reading: Reading) -> list[tuple[str | None, int, str]]:
    return [(block.label, block.level, block.text.split(",")[0]) for block in reading.blocks if block.kind == "item"]


def test_list_markers_become_labels_and_indentation_levels() -> None:
    assert item_rows(read_file("lists.pdf")) == [
        ("•", 1, "apologising"),
        ("•", 1, "doing one of the following:"),
        ("•", 2, "paying money"),
        ("•", 2, "mending what is broken"),
        ("•", 1, "changing our policies."),
        ("(a)", 1, "writing to the resident; Residents may ask a friend"),
        ("(b)", 1, "telephoning the resident; or"),
        ("(c)", 1, "visiting."),
        ("i.", 1, "first roman item"),
        ("ii.", 1, "second roman item"),
        ("-", 1, "a dash item"),
        ("o", 1, "a round item"),
    ]


def test_text_at_the_margin_ends_an_item() -> None:
    assert texts(read_file("lists.pdf"))[7].startswith("Back at the margin.")


def test_a_marker_drawn_apart_belongs_to_its_words() -> None:
    page = Canvas().prose(POLICY).at(LEFT, 650, "•").at(LEFT + 40, 650, "call the resident, and")
    assert item_rows(read(page)) == [("•", 1, "call the resident")]


def test_a_dash_within_a_sentence_is_no_marker() -> None:
    lines = ["We answer in the way that the resident asks for, by letter or email", "– whatever suits them best."]
    assert texts(read(Canvas().prose(OTHER).lines(lines)))[1].endswith("email – whatever suits them best.")


# Reading order


def test_two_columns_are_read_one_after_the_other() -> None:
    found = [
        text.split(".")[0] for text in texts(read_file("two-columns.pdf")) if text.startswith(("Opening", "Closing"))
    ]
    assert found == [f"{word} {number}" for number in range(1, 8) for word in ("Opening", "Closing")]


def test_paragraphs_in_columns_are_whole() -> None:
    assert sum(text.endswith(".") for text in texts(read_file("two-columns.pdf"))) == 7 + 14 + 8


def test_columns_drawn_row_by_row_are_told_apart() -> None:
    page = Canvas()
    for left, right in zip_longest(textwrap.wrap(POLICY, 36), textwrap.wrap(OTHER, 36), fillvalue=""):
        page.at(60, page.y, left).at(310, page.y, right)
        page.y -= 12
    assert texts(read(page)) == [POLICY, OTHER]


def test_a_label_and_its_value_stay_on_one_line() -> None:
    page = Canvas().prose(POLICY)
    for label, value in (
        ("Owner", "Head of Housing"),
        ("Approved", "May 2025"),
        ("Next review", "May 2026"),
        ("Version", "Four"),
    ):
        page.at(LEFT, page.y, label).at(300, page.y, value)
        page.y -= 20
    assert texts(read(page))[1:] == [
        "Owner Head of Housing",
        "Approved May 2025",
        "Next review May 2026",
        "Version Four",
    ]


def test_a_page_drawn_from_the_bottom_up_is_read_from_the_top() -> None:
    page = Canvas().prose(POLICY).prose(OTHER)
    page.drawn.reverse()
    assert texts(read(page)) == [POLICY, OTHER]


def test_a_page_on_its_side_is_read() -> None:
    page = Canvas()
    for at, line in enumerate(textwrap.wrap(POLICY, WIDE)):
        page.at(100 + 12 * at, 100, line, turn="0 1 -1 0")
    assert texts(read(page, rotate=90)) == [POLICY]


# What is left out


def test_running_headers_and_footers_are_left_out() -> None:
    assert [text.split(".")[0] for text in texts(read(*numbered_pages(3)))] == ["Alpha", "Beta", "Gamma"]


def test_what_was_left_out_is_named() -> None:
    assert read(*numbered_pages(3)).warnings == (
        'running headers and footers left out: "Elm Bank Homes policy"; "Page 1 of 3"',
    )


def test_a_header_on_alternate_pages_is_left_out() -> None:
    pages = [
        Canvas().at(LEFT, 800, ("Elm Bank", "Complaints")[at % 2]).prose(f"{'abcdef'[at]}part. {POLICY}")
        for at in range(6)
    ]
    assert all("part" in text for text in texts(read(*pages)))


def test_a_sentence_repeated_at_other_heights_stays() -> None:
    pages = [Canvas().prose("Short.").prose(POLICY), Canvas().prose(POLICY)]
    assert texts(read(*pages)).count(POLICY) == 2


def test_a_contents_list_is_left_out_and_named() -> None:
    page = Canvas().lines([f"{at} Part {at} {'.' * 40} {at}" for at in range(1, 5)]).prose(POLICY)
    reading = read(page)
    assert (texts(reading), reading.warnings) == ([POLICY], ("contents list left out (4 lines)",))


def test_a_watermark_is_left_out_and_named() -> None:
    reading = read(Canvas().prose(POLICY).at(150, 300, "DRAFT", size=80, turn="0.7 0.7 -0.7 0.7"))
    assert (texts(reading), reading.warnings) == ([POLICY], ("1 slanted line (a watermark?) left out",))


def test_a_footnote_is_told_from_the_text() -> None:
    page = Canvas().prose(POLICY).at(LEFT, 70, "1 See the Code, part two.", size=8)
    note = read(page).blocks[-1]
    assert (note.kind, note.label, note.text) == ("footnote", "1", "See the Code, part two.")


def test_a_footnote_does_not_cut_a_sentence_in_two() -> None:
    lines = textwrap.wrap(POLICY, WIDE)
    first = Canvas().prose(OTHER).lines(lines[:2]).at(LEFT, 70, "1 See the Code.", size=8)
    assert texts(read(first, Canvas().lines(lines[2:]))) == [OTHER, POLICY, "See the Code."]


# Tables


def cells(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.cell]


def test_a_cell_knows_its_headers() -> None:
    cell = next(block.cell for block in cells(read_file("table.pdf")) if block.text == "3 working days")
    assert cell
    assert (cell.row, cell.column, cell.row_header, cell.column_header) == (3, 2, "Step 3", "Time limit")


def test_a_table_over_pages_is_one_table_and_keeps_its_header() -> None:
    block = next(block for block in cells(read_file("table.pdf")) if block.text == "12 working days")
    assert block.cell
    assert (block.page, block.cell.table, block.cell.column_header) == (3, 0, "Time limit")


def test_a_repeated_header_row_is_given_once() -> None:
    assert [block.text for block in cells(read_file("table.pdf")) if block.cell and block.cell.is_header] == [
        "Step",
        "What we do",
        "Time limit",
    ]


def test_bullets_in_a_cell_are_blocks_of_their_own() -> None:
    found = [
        (block.label, block.text, block.cell.row)
        for block in cells(read_file("table.pdf"))
        if block.label and block.cell
    ]
    assert found == [("•", "call the resident", 2), ("•", "write to the resident", 2)]


def test_text_round_a_table_keeps_its_place() -> None:
    blocks = read_file("table.pdf").blocks
    assert (blocks[0].text, blocks[-1].text) == (
        "The table shows how long each step takes.",
        "After the table the text goes on.",
    )


def ruled(page: Canvas, rows: Sequence[Sequence[Sequence[str]]], *, top: float) -> Canvas:
    """Draw a table of two columns; each cell is a list of lines."""
    y = top
    page.rule(60, y, 500, y)
    for row in rows:
        for x, lines in zip((66, 206), row, strict=True):
            for at, line in enumerate(lines):
                page.at(x, y - 12 - 12 * at, line)
        y -= 12 * max(len(lines) for lines in row) + 8
        page.rule(60, y, 500, y)
    for x in (60, 200, 500):
        page.rule(x, y, x, top)
    return page


def test_a_row_cut_by_a_page_break_is_made_whole() -> None:
    first = ruled(
        Canvas().prose(POLICY),
        [[["Step"], ["Period"]], [["Stage 1"], ["within ten working days of the day", "on which we"]]],
        top=400,
    )
    second = ruled(
        Canvas(),
        [[["Step"], ["Period"]], [[], ["acknowledged it"]], [["Stage 2"], ["within twenty working days"]]],
        top=780,
    )
    found = [
        (block.text, block.cell.row) for block in cells(read(first, second)) if block.cell and block.cell.column == 1
    ]
    assert found == [
        ("Period", 0),
        ("within ten working days of the day on which we acknowledged it", 1),
        ("within twenty working days", 2),
    ]


def test_a_box_round_a_paragraph_is_no_table() -> None:
    page = Canvas().prose(POLICY)
    for x0, y0, x1, y1 in ((60, 690, 520, 690), (60, 790, 520, 790), (60, 690, 60, 790), (520, 690, 520, 790)):
        page.rule(x0, y0, x1, y1)
    assert [(block.kind, block.text) for block in read(page).blocks] == [("paragraph", POLICY)]


def test_a_table_that_is_the_running_header_is_left_out() -> None:
    header = [[["Elm Bank Homes"], ["Complaints policy"]], [["Version 3"], ["May 2025"]]]
    pages = [ruled(Canvas(), header, top=830), ruled(Canvas(), header, top=830)]
    reading = read(pages[0].prose(POLICY), pages[1].prose(OTHER))
    assert texts(reading) == [POLICY, OTHER]
    assert "Version 3" in reading.warnings[0]


# Forms and characters


def test_what_was_typed_into_a_form_is_text() -> None:
    assert texts(read(Canvas().prose(POLICY).field())) == [POLICY, "typed into the form"]


def test_unreadable_characters_are_counted() -> None:
    assert read(Canvas().prose(POLICY).lines(["abcAdefA"], font="F3")).warnings == (
        "2 characters could not be read (shown as \ufffd): check the quotes",
    )


def test_ligatures_are_expanded() -> None:
    assert texts(read(Canvas().prose(POLICY).lines(["Bnd"], font="F3")))[1] == "find"


# What cannot be read


def message(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_pdf(data, "policy.pdf")
    return str(caught.value)


def test_a_password_is_asked_to_be_removed() -> None:
    assert message((FILES / "password.pdf").read_bytes()) == (
        "policy.pdf is password-protected: save a copy without a password and run codecheck on that"
    )


def test_restricted_permissions_do_not_matter() -> None:
    assert len(read_file("permissions.pdf").blocks) == 1


def test_a_scan_has_no_text_layer() -> None:
    assert message(make_pdf(Canvas().at(LEFT, 40, "1"), Canvas().at(LEFT, 40, "2"))) == (
        "policy.pdf has no text layer (it looks like a scan): "
        "run text recognition (OCR) on it, or use the Word document"
    )


def test_a_scanned_page_among_others_is_named() -> None:
    reading = read(Canvas().prose(POLICY), Canvas().scan(), Canvas().prose(OTHER))
    assert reading.warnings == ("page 2 is an image without text and could not be read",)


def test_fonts_without_letters_are_not_taken_for_text() -> None:
    assert "cannot be read as words" in message(make_pdf(Canvas().lines(["A" * 60] * 3, font="F3")))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04 a zip file", make_pdf(Canvas().prose(POLICY))[:200]])
def test_a_damaged_file_is_told(data: bytes) -> None:
    assert message(data) == (
        "policy.pdf is not a PDF file, or is damaged: open it, save it as PDF again and run codecheck on that"
    )


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_pdf(data, "policy.pdf")


SAMPLE = make_pdf(
    ruled(Canvas().prose(POLICY).prose(OTHER), [[["Step"], ["Period"]], [["One"], ["ten days"]]], top=400)
)


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_file_with_wrong_bytes_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLE)
    for at, value in changes:
        data[at] = value
    with contextlib.suppress(InputError):
        assert read_pdf(bytes(data), "policy.pdf").blocks
