"""An annotated copy is the landlord's own file with comments: nothing else in it is changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import Assessment, Document, Finding
from codecheck.report.comments.compose import Comment, policy_comments
from codecheck.report.comments.word import with_comments
from codecheck.rules.pack import RulePack

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
# Enough of them: each is assessed, and they were made by a few tools.
POLICIES = sorted(FIXTURES.glob("*/policy.docx")) + sorted(FIXTURES.glob("labelled/*/policy.docx"))[::3]
TOUCHED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def root(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(data)[part])


def text_of(element: etree._Element) -> str:
    """The text of an element as it is stored, deleted and hidden text too."""
    return "".join(part.text or "" for part in element.iter(f"{W}t", f"{W}delText", f"{W}instrText"))


def texts(data: bytes) -> list[str]:
    return [text_of(paragraph) for paragraph in root(data).iter(f"{W}p")]


def comments(data: bytes, part: str = "word/comments.xml") -> dict[str, list[str]]:
    """The paragraphs of each comment by its number."""
    return {
        comment.get(f"{W}id", ""): [text_of(paragraph) for paragraph in comment.iter(f"{W}p")]
        for comment in root(data, part).iter(f"{W}comment")
    }


def anchored(data: bytes) -> dict[str, list[str]]:
    """The numbers of the comments on each paragraph, by the paragraph's text; only those that have comments."""
    found: dict[str, list[str]] = {}
    for paragraph in root(data).iter(f"{W}p"):
        numbers = [mark.get(f"{W}id", "") for mark in paragraph.iter(f"{W}commentReference")]
        if numbers:
            found[text_of(paragraph)] = numbers
    return found


def without_marks(data: bytes) -> bytes:
    """The document part in canonical form, without any mark of a comment."""
    tree = root(data)
    for mark in list(tree.iter(*(f"{W}{name}" for name in MARKS))):
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)
        if parent.tag == f"{W}r" and not any(child.tag != f"{W}rPr" for child in parent):
            holder = parent.getparent()
            assert holder is not None
            holder.remove(parent)
    return etree.tostring(tree, method="c14n")


# A policy with what real ones have: numbering, tracked changes, fields, a content control, a table, a text box (twice,
# for newer and older versions of Word) and a footnote.
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W.strip("{}"),
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
BOX = "<w:txbxContent><w:p><w:r><w:t>Words in a box.</w:t></w:r></w:p></w:txbxContent>"
BODY = f"""
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Complaints policy</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>
<w:r><w:t>A numbered item.</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">We reply in </w:t></w:r>
<w:del w:id="1" w:author="A"><w:r><w:delText>twenty</w:delText></w:r></w:del>
<w:ins w:id="2" w:author="A"><w:r><w:t>ten</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> days.</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="A"/></w:rPr></w:pPr>
<w:r><w:t xml:space="preserve">Joined </w:t></w:r></w:p>
<w:p><w:r><w:t>to what follows.</w:t></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>See section 3.</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>Held in a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>First cell.</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>Second cell.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>Beside a box.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}
</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>
<w:p><w:r><w:t>With a note.</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>
<w:p><w:r><w:t>The last paragraph.</w:t></w:r></w:p>
"""
NOTES = f"""<w:footnotes {SPACES}><w:footnote w:id="7"><w:p><w:r><w:t>Words in a note.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word_file() -> bytes:
    """The policy above as a file, with a header and a part that no program knows."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "A header"
    for at, element in enumerate(list(parse_xml(f"<w:body {SPACES}>{BODY}</w:body>"))):
        made.element.body.insert(at, element)
    package = made.part.package
    made.part.relate_to(Part(PackURI("/word/footnotes.xml"), f"{TYPES}.footnotes+xml", NOTES.encode(), package),
                        f"{RELATIONS}/footnotes")  # fmt: skip
    made.part.relate_to(Part(PackURI("/word/odd.bin"), "application/odd", b"\x00odd", package), "urn:odd")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(data: bytes) -> Document:
    return read_document(data, "policy.docx")


def on(words: str, policy: Document, *paragraphs: str) -> Comment:
    """A comment on the clause that has these words."""
    clause = next(clause for clause in policy.clauses if words in clause.text)
    return Comment(clause.index, paragraphs or ("Provision 6.2", "This is wrong."))


@pytest.fixture(scope="module")
def original() -> bytes:
    return word_file()


@pytest.fixture(scope="module")
def commented(original: bytes) -> bytes:
    """The file with one comment already, as another program would have it."""
    made = docx.Document(io.BytesIO(original))
    paragraph = next(p for p in made.paragraphs if p.text == "The last paragraph.")
    made.add_comment(paragraph.runs, text="Somebody else's.", author="A reviewer", initials="AR")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def check_nothing_else_changed(before: bytes, after: bytes) -> None:
    assert texts(after) == texts(before)
    assert without_marks(after) == without_marks(before)
    old, new = parts(before), parts(after)
    assert set(new) - set(old) <= {"word/comments.xml"}
    assert [name for name in old if name not in TOUCHED and new[name] != old[name]] == []
    assert [name for name in new if name in old] == list(old)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_a_policy_keeps_its_text_and_its_parts(path: Path, pack: RulePack) -> None:
    data = path.read_bytes()
    policy = read(data)
    made = policy_comments(assess([policy], pack), pack, notes=True)
    copy = with_comments(data, policy, made)
    check_nothing_else_changed(data, copy)
    assert len(comments(copy)) == len(made) > 0
    assert read(copy).clauses == policy.clauses


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_every_finding_has_a_comment_on_each_paragraph_that_it_quotes(path: Path, pack: RulePack) -> None:
    data = path.read_bytes()
    policy = read(data)
    assessment = assess([policy], pack)
    copy = with_comments(data, policy, policy_comments(assessment, pack))
    said, places = comments(copy) if assessment_rows(assessment) else {}, anchored(copy)
    for finding in assessment_rows(assessment):
        for evidence in finding.evidence:
            assert evidence.clause is not None
            whole = " ".join(policy.clauses[evidence.clause].text.split())
            titles = [said[number][0] for text, numbers in places.items() if whole in " ".join(text.split())
                      for number in numbers]  # fmt: skip
            assert any(f" {finding.provisions[0]}" in title for title in titles), (finding.id, whole)


def assessment_rows(assessment: Assessment) -> list[Finding]:
    return [finding for finding in assessment.findings if finding.severity != "note"]


@pytest.mark.parametrize(
    ("words", "paragraph"),
    [
        ("Complaints policy", "Complaints policy"),
        ("A numbered item.", "A numbered item."),
        ("We reply in ten days.", "We reply in twentyten days."),
        ("Joined to what follows.", "to what follows."),
        ("See section 3.", "REF xSee section 3."),
        ("Held in a control.", "Held in a control."),
        ("First cell.", "First cell."),
        ("Second cell.", "Second cell."),
        ("Words in a box.", "Beside a box.Words in a box.Words in a box."),
        ("Words in a note.", "With a note."),
        ("The last paragraph.", "The last paragraph."),
    ],
)
def test_a_comment_is_on_the_paragraph_of_its_words(original: bytes, words: str, paragraph: str) -> None:
    policy = read(original)
    copy = with_comments(original, policy, [on(words, policy)])
    assert list(anchored(copy)) == [paragraph]
    check_nothing_else_changed(original, copy)


def test_a_comment_covers_its_paragraph(original: bytes) -> None:
    policy = read(original)
    copy = with_comments(original, policy, [on("numbered", policy), on("numbered", policy)])
    (paragraph,) = (p for p in root(copy).iter(f"{W}p") if text_of(p) == "A numbered item.")
    inside = [(etree.QName(child).localname, child.get(f"{W}id")) for child in paragraph]
    assert inside == [
        ("pPr", None),
        ("commentRangeStart", "0"),
        ("commentRangeStart", "1"),
        ("r", None),
        ("commentRangeEnd", "0"),
        ("r", None),
        ("commentRangeEnd", "1"),
        ("r", None),
    ]


def test_comments_that_are_there_are_kept(commented: bytes) -> None:
    policy = read(commented)
    copy = with_comments(commented, policy, [on("The last paragraph.", policy), on("numbered", policy)])
    assert comments(copy) == {
        "0": ["Somebody else's."],
        "1": ["Provision 6.2", "This is wrong."],
        "2": ["Provision 6.2", "This is wrong."],
    }
    assert anchored(copy)["The last paragraph."] == ["0", "1"]
    assert parts(commented)["[Content_Types].xml"] == parts(copy)["[Content_Types].xml"]


def test_the_copy_opens_and_says_who_commented(original: bytes) -> None:
    policy = read(original)
    copy = with_comments(original, policy, [on("numbered", policy, "Provision 6.2", "Wrong.", "We will reply.")])
    (comment,) = docx.Document(io.BytesIO(copy)).comments
    assert (comment.author, comment.initials) == ("codecheck", "cc")
    assert comment.text == "Provision 6.2\nWrong.\nWe will reply."
    assert comment.timestamp is None


def test_the_same_input_gives_the_same_bytes(original: bytes) -> None:
    policy = read(original)
    made = [on("numbered", policy)]
    assert with_comments(original, policy, made) == with_comments(original, policy, made)


def test_without_comments_the_copy_is_the_original(original: bytes) -> None:
    assert with_comments(original, read(original), []) == original


def test_characters_that_xml_does_not_allow_are_replaced(original: bytes) -> None:
    policy = read(original)
    copy = with_comments(original, policy, [on("numbered", policy, "A \x0b & <b>")])
    assert comments(copy) == {"0": ["A \ufffd & <b>"]}


def test_a_file_in_strict_open_xml_stays_strict(original: bytes) -> None:
    strict = io.BytesIO()
    with zipfile.ZipFile(strict, "w") as archive:
        for name, content in parts(original).items():
            for old, new in (
                (
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
                (RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
            ):
                content = content.replace(old, new)
            archive.writestr(name, content)
    data = strict.getvalue()
    policy = read(data)
    copy = parts(with_comments(data, policy, [on("numbered", policy)]))
    assert b"schemas.openxmlformats.org/wordprocessingml" not in copy["word/comments.xml"] + copy["word/document.xml"]
    assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in copy["word/_rels/document.xml.rels"]
