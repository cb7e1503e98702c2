"""Word's automatic numbers, computed. Unless a comment says otherwise, LibreOffice's text export shows the same."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from codecheck.documents.docx import read_docx
from codecheck.model import Block

NS = nsdecls("w")


def lvl(depth: int, number_format: str, text: str, *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str, kind: str = "multilevel") -> str:
    return (
        f'<w:abstractNum {NS} w:abstractNumId="{identity}"><w:multiLevelType w:val="{kind}"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )


def num(identity: int, of: int, overrides: str = "") -> str:
    return f'<w:num {NS} w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def para(text: str, number: int | None = None, depth: int | None = 0, style: str | None = None) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    level = f'<w:ilvl w:val="{depth}"/>' if depth is not None else ""
    numbered = f'<w:numPr>{level}<w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p {NS}><w:pPr>{named}{numbered}</w:pPr>{run}</w:p>"


def style(identity: str, properties: str, based_on: str = "Normal", kind: str = "paragraph") -> str:
    return (
        f'<w:style {NS} w:type="{kind}" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{identity}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:pPr>{properties}</w:pPr></w:style>'
    )


def make(numbering: list[str], body: list[str], styles: tuple[str, ...] = ()) -> bytes:
    """Make a document with python-docx and put these definitions and paragraphs into it."""
    document = docx.Document()
    definitions = document.part.numbering_part.element
    for child in list(definitions):
        definitions.remove(child)
    for element in numbering:
        definitions.append(parse_xml(element))
    for element in styles:
        document.styles.element.append(parse_xml(element))
    for element in reversed(body):
        document.element.body.insert(0, parse_xml(element))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def blocks(data: bytes) -> tuple[Block, ...]:
    return read_docx(data, "policy.docx").blocks


def labels(data: bytes) -> list[str | None]:
    return [block.label for block in blocks(data)]


LEGAL = abstract(
    50,
    lvl(0, "decimal", "%1."),
    lvl(1, "decimal", "%1.%2"),
    lvl(2, "decimal", "%1.%2.%3"),
    lvl(3, "lowerLetter", "(%4)"),
    lvl(4, "lowerRoman", "%5)"),
)
LIST = abstract(
    51, lvl(0, "decimal", "%1."), lvl(1, "lowerLetter", "%2."), lvl(2, "lowerRoman", "%3."), kind="hybridMultilevel"
)


def outline(*depths: int, number: int = 9) -> list[str]:
    return [para(f"Clause {at} of the sample", number, depth) for at, depth in enumerate(depths)]


CASES: dict[str, tuple[bytes, list[str | None]]] = {
    "levels below restart after a level above": (
        make([LEGAL, num(9, 50)], outline(0, 1, 1, 2, 2, 1, 2, 0, 1)),
        ["1.", "1.1", "1.2", "1.2.1", "1.2.2", "1.3", "1.3.1", "2.", "2.1"],
    ),
    "letters and romans within sections": (
        make([LEGAL, num(9, 50)], outline(0, 1, 3, 3, 4, 4, 4, 4, 3, 1, 3)),
        ["1.", "1.1", "(a)", "(b)", "i)", "ii)", "iii)", "iv)", "(c)", "1.2", "(a)"],
    ),
    "a level above that was skipped counts as begun": (
        make([LEGAL, num(9, 50)], outline(1, 1, 0, 1)),
        ["1.1", "1.2", "2.", "2.1"],
    ),
    "two levels skipped": (
        make([LEGAL, num(9, 50)], outline(0, 2, 2, 1, 2)),
        ["1.", "1.1.1", "1.1.2", "1.2", "1.2.1"],
    ),
    "text between does not interrupt": (
        make([LEGAL, num(9, 50)], [*outline(0, 1), para("Nothing before this line"), *outline(1, 0)]),
        ["1.", "1.1", None, "1.2", "2."],
    ),
    "two numIds of one definition count together": (
        make([LIST, num(9, 51), num(10, 51)], [*outline(0, 0), *outline(0, 0, number=10), *outline(0)]),
        ["1.", "2.", "3.", "4.", "5."],
    ),
    "startOverride begins again, once": (
        make([LIST, num(9, 51), num(10, 51, restart(0, 1))], [*outline(0, 0), *outline(0, 0, 0, number=10)]),
        ["1.", "2.", "1.", "2.", "3."],
    ),
    "startOverride with another number": (
        make([LIST, num(9, 51), num(10, 51, restart(0, 7))], [*outline(0), *outline(0, 0, number=10)]),
        ["1.", "7.", "8."],
    ),
    "startOverride of a lower level": (
        make([LEGAL, num(9, 50, restart(1, 4))], outline(0, 1, 1, 0, 1)),
        ["1.", "1.4", "1.5", "2.", "2.4"],
    ),
    "lvlOverride with another text": (
        make(
            [LEGAL, num(9, 50, f'<w:lvlOverride w:ilvl="1">{lvl(1, "upperLetter", "%1-%2")}</w:lvlOverride>')],
            outline(0, 1, 1),
        ),
        ["1.", "1-A", "1-B"],
    ),
    "start other than one": (
        make(
            [abstract(50, lvl(0, "decimal", "%1.", start=3), lvl(1, "decimal", "%1.%2")), num(9, 50)], outline(0, 1, 0)
        ),
        ["3.", "3.1", "4."],
    ),
    "a zero in the text": (
        make([abstract(50, lvl(0, "decimal", "%1.0"), lvl(1, "decimal", "%1.%2")), num(9, 50)], outline(0, 1, 0)),
        ["1.0", "1.1", "2.0"],
    ),
    "words in the text": (
        make(
            [abstract(50, lvl(0, "decimal", "Section %1:"), lvl(1, "decimal", "%1.%2")), num(9, 50)], outline(0, 1, 0)
        ),
        ["Section 1:", "1.1", "Section 2:"],
    ),
    "the number above typed into the level text": (
        make([abstract(50, lvl(0, "decimal", "2.%1")), num(9, 50)], outline(0, 0)),
        ["2.1", "2.2"],
    ),
    "isLgl turns roman numbers above into decimal": (
        make(
            [
                abstract(50, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2", more="<w:isLgl/>")),
                num(9, 50),
            ],
            outline(0, 0, 1, 1),
        ),
        ["I.", "II.", "2.1", "2.2"],
    ),
    "an appendix letter above a number": (
        make([abstract(50, lvl(0, "upperLetter", "%1"), lvl(1, "decimal", "%1.%2")), num(9, 50)], outline(0, 1, 0, 1)),
        ["A", "A.1", "B", "B.1"],
    ),
    "lvlRestart 0 never begins again": (
        make(
            [
                abstract(50, lvl(0, "upperLetter", "%1."), lvl(1, "decimal", "%2", more='<w:lvlRestart w:val="0"/>')),
                num(9, 50),
            ],
            outline(0, 1, 1, 0, 1),
        ),
        ["A.", "1", "2", "B.", "3"],
    ),
    "formats": (
        make(
            [
                abstract(50, lvl(0, "decimalZero", "%1")),
                abstract(51, lvl(0, "upperRoman", "%1")),
                abstract(52, lvl(0, "upperLetter", "%1", start=26)),
                abstract(53, lvl(0, "ordinal", "%1", start=21)),
                abstract(54, lvl(0, "lowerRoman", "(%1)", start=4)),
                *(num(identity, identity + 41) for identity in range(9, 14)),
            ],
            [para("Sample", number) for number in (9, 10, 11, 11, 12, 13, 13)],
        ),
        ["01", "I", "Z", "AA", "21st", "(iv)", "(v)"],
    ),
    "a custom format has its fallback": (
        make(
            [
                f'<w:abstractNum {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
                ' w:abstractNumId="50"><w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice '
                'Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
                '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
                "</w:abstractNum>",
                num(9, 50),
            ],
            outline(0, 0),
        ),
        ["1.", "2."],
    ),
    "numbers through a style": (
        make(
            [LEGAL, num(9, 50)],
            [para("First", style="ClauseStyle"), para("Second", style="ClauseStyle"), para("Plain")],
            (style("ClauseStyle", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="9"/></w:numPr>'),),
        ),
        ["1.1", "1.2", None],
    ),
    "numbers through the style a style is based on": (
        make(
            [LEGAL, num(9, 50)],
            [para("First", style="Child"), para("Second", style="Child")],
            (
                style("Parent", '<w:numPr><w:numId w:val="9"/></w:numPr>'),
                style("Child", "<w:keepNext/>", based_on="Parent"),
            ),
        ),
        ["1.", "2."],
    ),
    "numId 0 takes the number of the style away": (
        make(
            [LEGAL, num(9, 50)],
            [para("First", style="Parent"), para("Not counted", 0, style="Parent"), para("Second", style="Parent")],
            (style("Parent", '<w:numPr><w:numId w:val="9"/></w:numPr>'),),
        ),
        ["1.", None, "2."],
    ),
    "levels linked to heading styles": (
        make(
            [
                abstract(
                    50,
                    lvl(0, "decimal", "%1", more='<w:pStyle w:val="TopClause"/>'),
                    lvl(1, "decimal", "%1.%2", more='<w:pStyle w:val="SubClause"/>'),
                ),
                num(9, 50),
            ],
            [
                para(f"Text {at}", style=name)
                for at, name in enumerate(["TopClause", "SubClause", "SubClause", "TopClause"])
            ],
            (
                style("TopClause", '<w:numPr><w:numId w:val="9"/></w:numPr>'),
                style("SubClause", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="9"/></w:numPr>'),
            ),
        ),
        ["1", "1.1", "1.2", "2"],
    ),
    "numStyleLink leads to the list behind a numbering style": (
        make(
            [
                abstract(50, '<w:styleLink w:val="HouseList"/>', lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2.")),
                abstract(51, '<w:numStyleLink w:val="HouseList"/>'),
                num(9, 50),
                num(10, 51),
            ],
            outline(0, 1, 1, number=10),
            (style("HouseList", '<w:numPr><w:numId w:val="9"/></w:numPr>', kind="numbering"),),
        ),
        ["1.", "1.1.", "1.2."],
    ),
    "an empty paragraph with a number is counted": (
        make([LIST, num(9, 51)], [para("First", 9), para("", 9), para("Third", 9)]),
        ["1.", "3."],
    ),
    "bullets": (
        make(
            [
                abstract(50, lvl(0, "bullet", "\uf0b7", more='<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>')),
                abstract(51, lvl(0, "bullet", "\u2013")),
                *(num(9, 50), num(10, 51)),
            ],
            [para("First", 9), para("Second", 10)],
        ),
        ["•", "\u2013"],
    ),
    "a number that is not defined": (
        make([LIST, num(9, 51)], [para("First", 77), para("Second", 9, 5)]),
        [None, None],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_labels(case: str) -> None:
    data, expected = CASES[case]
    assert labels(data) == expected
