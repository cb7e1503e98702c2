"""Reading Word documents: what is kept, what is left out, and what kind of block it becomes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from codecheck.documents.docx import read_docx
from codecheck.documents.reading import Reading
from codecheck.errors import InputError
from codecheck.model import Block

SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def styled(name: str, text: str) -> str:
    return p(run(text), f'<w:pStyle w:val="{name}"/>')


def bold(text: str, properties: str = "") -> str:
    return p(run(text, "<w:b/>"), properties)


def cell(*paragraphs: str, properties: str = "") -> str:
    inside = "".join(text if text.startswith("<") else p(run(text)) for text in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(text if text.startswith("<w:tc>") else cell(text) for text in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def numbered(number: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def lists(*levels: tuple[str, str]) -> str:
    """A list definition with these (number format, level text) as its levels."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return inside


def make(*body: str, numbering: tuple[str, ...] = (), notes: str = "", endnotes: str = "", title: str = "") -> bytes:
    """Make a document with python-docx; the n-th list definition of `numbering` has the numId 70 + n."""
    document = docx.Document()
    document.core_properties.title = title
    content = parse_xml(f"<w:body {SPACES}>{''.join(body)}</w:body>")
    for at, element in enumerate(list(content)):
        document.element.body.insert(at, element)
    definitions = document.part.numbering_part.element
    for at, levels in enumerate(numbering):
        definitions.insert(
            0, parse_xml(f'<w:abstractNum {SPACES} w:abstractNumId="{70 + at}">{levels}</w:abstractNum>')
        )
        definitions.append(
            parse_xml(f'<w:num {SPACES} w:numId="{70 + at}"><w:abstractNumId w:val="{70 + at}"/></w:num>')
        )
    for kind, text in (("footnotes", notes), ("endnotes", endnotes)):
        if text:
            blob = f"<w:{kind} {SPACES}>{text}</w:{kind}>".encode()
            part = Part(PackURI(f"/word/{kind}.xml"), f"{TYPES}.{kind}+xml", blob, document.part.package)
            document.part.relate_to(part, f"{RELATIONS}/{kind}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(*body: str, numbering: tuple[str, ...] = (), notes: str = "", endnotes: str = "", title: str = "") -> Reading:
    return read_docx(make(*body, numbering=numbering, notes=notes, endnotes=endnotes, title=title), "policy.docx")


def texts(*body: str, numbering: tuple[str, ...] = ()) -> list[str]:
    return [block.text for block in read(*body, numbering=numbering).blocks]


def kinds(reading: Reading) -> list[tuple[str, int, str | None, str]]:
    return [(block.kind, block.level, block.label, block.text) for block in reading.blocks]


SECTIONS = lists(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)"))
PLAIN = lists(("decimal", "%1."), ("lowerLetter", "%2."))
BULLETS = lists(("bullet", "•"), ("bullet", "o"))


class TestText:
    def test_insertions_are_accepted_and_deletions_dropped(self) -> None:
        assert texts(
            p(
                run("We reply in ")
                + '<w:del w:id="1" w:author="A"><w:r><w:delText>twenty</w:delText></w:r></w:del>'
                + '<w:ins w:id="2" w:author="A">'
                + run("ten")
                + "</w:ins>"
                + run(" days.")
            )
        ) == ["We reply in ten days."]

    def test_a_move_is_read_at_its_new_place_only(self) -> None:
        assert texts(
            p('<w:moveFrom w:id="1" w:author="A">' + run("Moved line.") + "</w:moveFrom>" + run("First.")),
            p('<w:moveTo w:id="2" w:author="A">' + run("Moved line.") + "</w:moveTo>"),
        ) == ["First.", "Moved line."]

    def test_a_deleted_paragraph_end_joins_the_paragraphs(self) -> None:
        mark = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
        assert texts(p(run("We write "), mark), p(run("to you."))) == ["We write to you."]

    def test_a_deleted_row_is_dropped(self) -> None:
        deleted = row("Old", "Row", properties='<w:del w:id="1" w:author="A"/>')
        assert texts(table(row("Kept", "Words"), deleted)) == ["Kept", "Words"]

    def test_tracked_changes_are_reported(self) -> None:
        inserted = '<w:ins w:id="2" w:author="A">' + run(" New.") + "</w:ins>"
        deleted = '<w:del w:id="3" w:author="A"><w:r><w:delText>Gone.</w:delText></w:r></w:del>'
        assert read(p(run("Old.") + inserted + deleted + deleted)).warnings == (
            "the document has tracked changes (1 insertion, 2 deletions); it was read as if all were accepted",
        )

    def test_an_untouched_document_has_no_warnings(self) -> None:
        assert read(p(run("As it was."))).warnings == ()

    @pytest.mark.parametrize(
        "wrapper",
        [
            "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
            '<w:hyperlink w:anchor="place">{}</w:hyperlink>',
            '<w:fldSimple w:instr=" TITLE ">{}</w:fldSimple>',
            '<w:smartTag w:element="x">{}</w:smartTag>',
            '<w:customXml w:element="x"><w:customXmlPr/>{}</w:customXml>',
            '<w:ins w:id="1" w:author="A"><w:hyperlink w:anchor="place">{}</w:hyperlink></w:ins>',
        ],
    )
    def test_wrapped_text_is_kept(self, wrapper: str) -> None:
        assert texts(p(run("Before ") + wrapper.format(run("within")) + run(" after"))) == ["Before within after"]

    def test_a_content_control_around_paragraphs_is_kept(self) -> None:
        control = f"<w:sdt><w:sdtContent>{p(run('One.'))}{p(run('Two.'))}</w:sdtContent></w:sdt>"
        assert texts(control, p(run("Three."))) == ["One.", "Two.", "Three."]

    def test_the_prompt_of_an_empty_content_control_is_left_out(self) -> None:
        control = (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + run("Click here to enter text.")
            + "</w:sdtContent></w:sdt>"
        )
        assert texts(p(run("Comment: ") + control)) == ["Comment:"]

    def test_spaces_breaks_and_hyphens(self) -> None:
        inside = (
            "<w:r><w:t>Ten</w:t><w:tab/><w:t>working</w:t><w:br/><w:t>days,</w:t><w:cr/><w:t>self</w:t>"
            "<w:noBreakHyphen/><w:t>assess\u00adment\u00a0\u200b form</w:t><w:softHyphen/></w:r>"
        )
        assert texts(p(inside)) == ["Ten working days, self-assessment form"]

    def test_symbols_of_symbol_fonts(self) -> None:
        inside = '<w:r><w:t>Comply: </w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        assert texts(p(inside)) == ["Comply: ✓"]

    def test_hidden_text_is_dropped(self) -> None:
        assert texts(p(run("Seen.") + run(" Not seen.", "<w:vanish/>")), p(run("Nor this.", "<w:vanish/>"))) == [
            "Seen."
        ]

    def test_vanish_that_is_switched_off_hides_nothing(self) -> None:
        assert texts(p(run("Seen.", '<w:vanish w:val="0"/>'))) == ["Seen."]

    def test_the_code_of_a_field_is_dropped_and_its_result_kept(self) -> None:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        code = "<w:r><w:instrText> REF s </w:instrText></w:r>" + run("hidden code")
        inside = run("See section ") + mark("begin") + code + mark("separate") + run("4.2") + mark("end") + run(".")
        assert texts(p(inside)) == ["See section 4.2."]

    def test_a_ticked_form_field(self) -> None:
        box = (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
            "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        assert texts(p(run("Yes ") + box)) == ["Yes ☒"]

    def test_an_email_address_behind_a_link_is_shown(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("You can ")
        identity = document.part.relate_to("mailto:help@homes.example", f"{RELATIONS}/hyperlink", is_external=True)
        paragraph._p.append(
            parse_xml(f'<w:hyperlink {SPACES} r:id="{identity}"><w:r><w:t>email us</w:t></w:r></w:hyperlink>')
        )
        buffer = io.BytesIO()
        document.save(buffer)
        blocks = read_docx(buffer.getvalue(), "policy.docx").blocks
        assert [block.text for block in blocks] == ["You can email us (help@homes.example)"]

    def test_one_branch_of_alternatives_is_read(self) -> None:
        inside = (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{run("Once.")}</mc:Choice>'
            f"<mc:Fallback>{run('Once.')}</mc:Fallback></mc:AlternateContent>"
        )
        assert texts(p(inside)) == ["Once."]

    def test_the_branch_with_text_is_read(self) -> None:
        inside = (
            '<mc:AlternateContent><mc:Choice Requires="wps"><w:r><w:drawing/></w:r></mc:Choice>'
            f"<mc:Fallback>{run('Words.')}</mc:Fallback></mc:AlternateContent>"
        )
        assert texts(p(inside)) == ["Words."]

    def test_a_text_box_follows_its_anchor_once(self) -> None:
        def box(shape: str) -> str:
            return f"<w:txbxContent>{p(run('In the box.'))}</w:txbxContent>".join(shape.split("|"))

        inside = (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            + box("<wps:wsp><wps:txbx>|</wps:txbx></wps:wsp>")
            + "</w:drawing></mc:Choice><mc:Fallback><w:pict>"
            + box("<v:shape><v:textbox>|</v:textbox></v:shape>")
            + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert texts(p(run("Anchor.") + inside), p(run("Next."))) == ["Anchor.", "In the box.", "Next."]

    def test_comments_headers_and_footers_are_left_out(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("The clause.")
        document.add_comment(paragraph.runs, text="Is that right?", author="A")
        document.sections[0].header.paragraphs[0].text = "Header"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        buffer = io.BytesIO()
        document.save(buffer)
        assert [block.text for block in read_docx(buffer.getvalue(), "policy.docx").blocks] == ["The clause."]

    def test_a_diagram_is_reported(self) -> None:
        reading = read(p(run("Text.") + "<w:r><w:drawing><dgm:relIds/></w:drawing></w:r>"))
        assert reading.warnings == ("1 diagram could not be read: check by hand what they say",)


class TestNotes:
    NOTE = (
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> As the Code has it.</w:t></w:r></w:p>'
        "</w:footnote>"
    )

    def test_a_footnote_follows_its_paragraph(self) -> None:
        reading = read(
            p(run("Two stages") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")),
            p(run("Next.")),
            notes=self.NOTE,
        )
        assert kinds(reading) == [
            ("paragraph", 0, None, "Two stages."),
            ("footnote", 0, "1", "As the Code has it."),
            ("paragraph", 0, None, "Next."),
        ]

    def test_an_endnote_has_a_roman_number(self) -> None:
        reading = read(
            p(run("Two stages.") + '<w:r><w:endnoteReference w:id="3"/></w:r>'),
            endnotes='<w:endnote w:id="3"><w:p><w:r><w:t>See above.</w:t></w:r></w:p></w:endnote>',
        )
        assert kinds(reading)[1] == ("footnote", 0, "i", "See above.")

    def test_a_footnote_of_a_deleted_run_is_dropped(self) -> None:
        deleted = '<w:del w:id="1" w:author="A"><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
        assert len(read(p(run("Two stages.") + deleted), notes=self.NOTE).blocks) == 1


class TestHeadings:
    def test_heading_styles_have_levels(self) -> None:
        assert kinds(read(styled("Heading1", "Stages"), styled("Heading2", "Stage 1"))) == [
            ("heading", 1, None, "Stages"),
            ("heading", 2, None, "Stage 1"),
        ]

    def test_an_outline_level_makes_a_heading(self) -> None:
        assert kinds(read(p(run("Scope"), '<w:outlineLvl w:val="2"/>'))) == [("heading", 3, None, "Scope")]

    def test_a_short_bold_paragraph_is_a_heading_of_unknown_level(self) -> None:
        assert kinds(read(bold("How to complain"))) == [("heading", 0, None, "How to complain")]

    @pytest.mark.parametrize(
        "text",
        ["We reply in time.", "Telephone: 01234 567890", "We will always answer you", "and this;"],
    )
    def test_bold_text_that_is_no_heading(self, text: str) -> None:
        assert read(bold(text)).blocks[0].kind == "paragraph"

    def test_a_partly_bold_paragraph_is_no_heading(self) -> None:
        assert read(p(run("Stage 1", "<w:b/>") + run(" takes ten days"))).blocks[0].kind == "paragraph"

    def test_a_clause_in_a_heading_style_is_a_paragraph(self) -> None:
        clause = "When we have looked into your complaint, we write to you with our answer and our reasons."
        reading = read(p(run(clause), '<w:pStyle w:val="Heading2"/>' + numbered(70, 1)), numbering=(SECTIONS,))
        assert kinds(reading) == [("paragraph", 0, "1.1", clause)]

    def test_a_title_is_heading_and_title(self) -> None:
        reading = read(styled("Title", "Complaints Policy"), p(run("Text.")))
        assert reading.title == "Complaints Policy"
        assert kinds(reading)[0] == ("heading", 1, None, "Complaints Policy")

    def test_a_title_that_comes_again_is_no_heading(self) -> None:
        reading = read(styled("Title", "Complaints Policy"), p(run("Cover.")), styled("Title", "Complaints Policy"))
        assert [block.kind for block in reading.blocks] == ["heading", "paragraph", "paragraph"]
        assert reading.title == "Complaints Policy"

    def test_the_title_of_the_file_serves_where_there_is_no_other(self) -> None:
        assert read(p(run("Text.")), title="Putting it right").title == "Putting it right"

    @pytest.mark.parametrize("style", ["TOC1", "TOCHeading"])
    def test_contents_are_dropped(self, style: str) -> None:
        document = docx.Document()
        if style == "TOC1":
            document.styles.element.append(
                parse_xml(f'<w:style {SPACES} w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>')
            )
        document.element.body.insert(0, parse_xml(styled(style, "Scope 3").replace("<w:p>", f"<w:p {SPACES}>", 1)))
        document.add_paragraph("Text.")
        buffer = io.BytesIO()
        document.save(buffer)
        assert [block.text for block in read_docx(buffer.getvalue(), "policy.docx").blocks] == ["Text."]

    def test_a_contents_control_is_dropped(self) -> None:
        control = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{p(run('Scope 3'))}</w:sdtContent></w:sdt>"
        )
        assert texts(control, p(run("Text."))) == ["Text."]


class TestLists:
    def test_sections_are_paragraphs_and_letters_items(self) -> None:
        reading = read(
            bold("Scope", numbered(70)),
            p(run("We look at:"), numbered(70, 1)),
            p(run("your home;"), numbered(70, 2)),
            p(run("its walls;"), numbered(70, 3)),
            numbering=(SECTIONS,),
        )
        assert kinds(reading) == [
            ("heading", 0, "1.", "Scope"),
            ("paragraph", 0, "1.1", "We look at:"),
            ("item", 1, "(a)", "your home;"),
            ("item", 2, "(i)", "its walls;"),
        ]

    def test_bullets_are_items_with_their_depth(self) -> None:
        reading = read(p(run("One"), numbered(70)), p(run("Below"), numbered(70, 1)), numbering=(BULLETS,))
        assert kinds(reading) == [("item", 1, "•", "One"), ("item", 2, "o", "Below")]

    def test_the_second_list_style_is_nested(self) -> None:
        assert kinds(read(styled("ListBullet2", "Below"))) == [("item", 2, "•", "Below")]

    def test_a_numbered_list_style_makes_items(self) -> None:
        reading = read(styled("ListNumber", "Tell us"), styled("ListNumber", "We reply"))
        assert kinds(reading) == [("item", 1, "1.", "Tell us"), ("item", 1, "2.", "We reply")]

    def test_plain_numbers_after_a_colon_are_items(self) -> None:
        reading = read(
            p(run("The steps are:")),
            p(run("Tell us"), numbered(70)),
            p(run("We reply"), numbered(70)),
            numbering=(PLAIN,),
        )
        assert [block.kind for block in reading.blocks] == ["paragraph", "item", "item"]

    def test_plain_numbers_on_normal_paragraphs_are_clauses(self) -> None:
        reading = read(
            p(run("We take all complaints seriously."), numbered(70)),
            p(run("We reply to every complaint."), numbered(70)),
            numbering=(PLAIN,),
        )
        assert [(block.kind, block.label) for block in reading.blocks] == [("paragraph", "1."), ("paragraph", "2.")]

    def test_letters_below_plain_numbers_do_not_change_what_the_numbers_are(self) -> None:
        reading = read(
            p(run("We look at complaints about your home."), numbered(70)),
            p(run("its walls"), numbered(70, 1)),
            p(run("We reply to every complaint."), numbered(70)),
            numbering=(PLAIN,),
        )
        assert [block.kind for block in reading.blocks] == ["paragraph", "item", "paragraph"]

    def test_a_lone_bold_number_in_a_list_style_is_a_heading(self) -> None:
        style = '<w:pStyle w:val="ListParagraph"/>'
        reading = read(
            bold("Scope", style + numbered(70)),
            p(run("All residents.")),
            bold("Stages", style + numbered(70)),
            p(run("There are two.")),
            numbering=(PLAIN,),
        )
        assert [(block.kind, block.label) for block in reading.blocks] == [
            ("heading", "1."),
            ("paragraph", None),
            ("heading", "2."),
            ("paragraph", None),
        ]

    def test_a_typed_bullet_becomes_the_label(self) -> None:
        assert kinds(read(p(run("•\tby telephone")))) == [("item", 1, "•", "by telephone")]

    def test_a_typed_number_stays_in_the_text(self) -> None:
        assert kinds(read(p(run("2.1 We listen.")))) == [("paragraph", 0, None, "2.1 We listen.")]


class TestTables:
    HEADER = "<w:tblHeader/>"

    @staticmethod
    def places(reading: Reading) -> list[tuple[str, int, int, str, str, bool]]:
        return [
            (
                block.text,
                block.cell.row,
                block.cell.column,
                block.cell.row_header,
                block.cell.column_header,
                block.cell.is_header,
            )
            for block in reading.blocks
            if block.cell
        ]

    def test_headers_govern_cells(self) -> None:
        reading = read(table(row("Stage", "Answer", properties=self.HEADER), row("Stage 1", "Ten days")))
        assert self.places(reading) == [
            ("Stage", 0, 0, "", "", True),
            ("Answer", 0, 1, "", "", True),
            ("Stage 1", 1, 0, "", "Stage", False),
            ("Ten days", 1, 1, "Stage 1", "Answer", False),
        ]

    def test_a_bold_first_row_is_a_header(self) -> None:
        reading = read(table(row(cell(bold("Who")), cell(bold("When"))), row("Us", "By 5 May")))
        assert [place[5] for place in self.places(reading)] == [True, True, False, False]

    def test_a_list_of_facts_has_no_header(self) -> None:
        reading = read(table(row("Policy owner", "Head of Homes"), row("Approved by", "The board")))
        assert self.places(reading)[1] == ("Head of Homes", 0, 1, "Policy owner", "", False)

    def test_each_paragraph_of_a_cell_is_a_block(self) -> None:
        bulleted = p(run("by post"), numbered(70))
        reading = read(table(row("How", cell("Tell us:", bulleted)), row("Who", "Anyone")), numbering=(BULLETS,))
        assert [(block.text, block.label, block.kind) for block in reading.blocks][1:3] == [
            ("Tell us:", None, "cell"),
            ("by post", "•", "cell"),
        ]

    def test_a_column_of_automatic_numbers_is_read(self) -> None:
        number = cell(p("", numbered(70, 1)))
        reading = read(
            table(row("Code", "Comply", properties=self.HEADER), row(number, "Yes"), row(number, "No")),
            numbering=(SECTIONS,),
        )
        assert self.places(reading)[2:] == [
            ("1.1", 1, 0, "", "Code", False),
            ("Yes", 1, 1, "1.1", "Comply", False),
            ("1.2", 2, 0, "", "Code", False),
            ("No", 2, 1, "1.2", "Comply", False),
        ]

    def test_a_cell_merged_down_comes_once_and_heads_its_rows(self) -> None:
        top = cell("Stage 1", properties='<w:vMerge w:val="restart"/>')
        below = cell("", properties="<w:vMerge/>")
        reading = read(
            table(row("Stage", "What", properties=self.HEADER), row(top, "Acknowledge"), row(below, "Answer"))
        )
        assert self.places(reading)[2:] == [
            ("Stage 1", 1, 0, "", "Stage", False),
            ("Acknowledge", 1, 1, "Stage 1", "What", False),
            ("Answer", 2, 1, "Stage 1", "What", False),
        ]

    def test_a_cell_merged_across_keeps_the_columns_after_it_in_place(self) -> None:
        wide = cell("Both stages", properties='<w:gridSpan w:val="2"/>')
        reading = read(table(row("A", "B", "C", properties=self.HEADER), row(wide, "Last")))
        assert self.places(reading)[3:] == [
            ("Both stages", 1, 0, "", "A B", False),
            ("Last", 1, 2, "Both stages", "C", False),
        ]

    def test_a_nested_table_is_read_where_it_stands(self) -> None:
        inner = table(row("inner 1", "inner 2"), row("inner 3", "inner 4"))
        reading = read(table(row(cell("before", inner, "after"), "right"), row("x", "y")))
        assert [(block.text, block.cell.table) for block in reading.blocks if block.cell] == [
            *(
                ("before", 0),
                ("inner 1", 1),
                ("inner 2", 1),
                ("inner 3", 1),
                ("inner 4", 1),
                ("after", 0),
                ("right", 0),
            ),
            *(("x", 0), ("y", 0)),
        ]

    def test_a_row_within_a_content_control_is_kept(self) -> None:
        control = f"<w:sdt><w:sdtContent>{row('C', 'D')}</w:sdtContent></w:sdt>"
        assert texts(table(row("A", "B"), control)) == ["A", "B", "C", "D"]

    def test_a_frame_of_one_cell_is_not_a_table(self) -> None:
        reading = read(table(row(cell(bold("Need help?"), "Ring us."))))
        assert kinds(reading) == [("paragraph", 0, None, "Need help?"), ("paragraph", 0, None, "Ring us.")]

    def test_order_around_tables_is_kept(self) -> None:
        assert texts(p(run("Before.")), table(row("A", "B"), row("C", "D")), p(run("After."))) == [
            *("Before.", "A", "B", "C", "D", "After.")
        ]


class TestOtherProducers:
    def test_strict_open_xml_is_read(self) -> None:
        source = zipfile.ZipFile(io.BytesIO(make(p(run("Strict text.")))))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for name in source.namelist():
                data = source.read(name)
                if name in ("word/document.xml", "word/styles.xml"):
                    data = data.replace(
                        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                    )
                target.writestr(name, data)
        assert [block.text for block in read_docx(buffer.getvalue(), "policy.docx").blocks] == ["Strict text."]

    def test_no_text_is_an_error(self) -> None:
        with pytest.raises(InputError, match=r"policy\.docx has no text"):
            read(p(""))


def test_blocks_are_the_shared_model() -> None:
    assert read(p(run("Text."))).blocks == (Block("Text.", paragraph=0),)
