"""Comments on citations: anchored on the number's text, in a file that stays a Word file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.parsers import expat

import docx
import pytest
from docx.oxml.ns import qn

from reportgen.language.marks import mark
from reportgen.render.word.annotate import annotate

PART = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def base(path: Path | None = None) -> bytes:
    buffer = io.BytesIO()
    docx.Document(str(path) if path else None).save(buffer)
    return buffer.getvalue()


def body(xml: str) -> bytes:
    return (f'<w:document xmlns:w="{W}"><w:body>{xml}<w:sectPr/></w:body></w:document>').encode()


def run(text: str, properties: str = "<w:b/>") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def annotated(
    xml: str, notes: dict[int, str], content: bytes | None = None
) -> docx.document.Document:
    made = annotate(content or base(), {PART: body(xml)}, notes)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                expat.ParserCreate().Parse(archive.read(name), True)
                assert not any(
                    0xE000 <= ord(sign) <= 0xE0FF for sign in archive.read(name).decode()
                )
    return docx.Document(io.BytesIO(made))


def anchors(document: docx.document.Document) -> dict[int, str]:
    """The text between the range marks of each comment."""
    found: dict[int, str] = {}
    opened: set[int] = set()
    for element in document.element.body.iter():
        number = int(element.get(qn("w:id"), -1)) if element.tag.startswith(qn("w:c")) else -1
        if element.tag == qn("w:commentRangeStart"):
            opened.add(number)
            found[number] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            opened.remove(number)
            following = element.getnext()
            assert following.tag == qn("w:r")
            reference = following.find(qn("w:commentReference"))
            assert int(reference.get(qn("w:id"))) == number
        elif element.tag == qn("w:t"):
            for number in opened:
                found[number] += element.text or ""
    assert not opened
    return found


def test_a_run_is_split_round_the_number_and_keeps_its_look() -> None:
    text = f"收入{mark(1, '5元')}，支出{mark(2, '6元')}。"
    document = annotated(f"<w:p>{run(text)}</w:p>", {1: "甲", 2: "乙\n丙&<"})
    assert anchors(document) == {0: "5元", 1: "6元"}
    assert [c.text for c in document.comments] == ["甲", "乙\n丙&<"]
    assert {c.author for c in document.comments} == {"reportgen"}
    assert {c.timestamp for c in document.comments} == {None}
    [paragraph] = document.paragraphs
    assert paragraph.text == "收入5元，支出6元。"
    assert all(r.bold for r in paragraph.runs if r.text)


def test_numbers_that_touch_and_numbers_at_the_ends() -> None:
    text = mark(1, "5元") + mark(2, "6元")
    document = annotated(f"<w:p>{run(text)}</w:p>", {1: "甲", 2: "乙"})
    assert anchors(document) == {0: "5元", 1: "6元"}
    assert document.paragraphs[0].text == "5元6元"


def test_a_citation_over_several_runs_and_breaks() -> None:
    marked = mark(3, "减少5元，下降2%")
    first, second = marked[:7], marked[7:]
    xml = f"<w:p>{run('共' + first)}<w:r><w:br/></w:r>{run(second + '。', '<w:i/>')}</w:p>"
    document = annotated(xml, {3: "甲"})
    assert anchors(document) == {0: "减少5元，下降2%"}
    runs = [r for r in document.paragraphs[0].runs if r.text.strip()]
    assert [bool(r.italic) for r in runs] == [False, False, True, True]


def test_breaks_and_tabs_in_a_run_stay_where_they_are() -> None:
    inner = f"<w:t>甲</w:t><w:br/><w:t>{mark(1, '5元')}</w:t><w:tab/><w:t>乙</w:t>"
    document = annotated(f"<w:p><w:r><w:rPr><w:b/></w:rPr>{inner}</w:r></w:p>", {1: "注"})
    assert anchors(document) == {0: "5元"}
    assert document.paragraphs[0].text == "甲\n5元\t乙"


def test_only_the_citations_with_a_note_get_a_comment() -> None:
    xml = f"<w:p>{run(mark(1, '5元') + mark(2, '6元'))}</w:p>"
    document = annotated(xml, {2: "乙"})
    assert anchors(document) == {0: "6元"}
    assert document.paragraphs[0].text == "5元6元"


def test_the_same_citation_twice_gets_two_comments() -> None:
    xml = f"<w:p>{run(mark(1, '5元'))}</w:p>" * 2
    document = annotated(xml, {1: "甲"})
    assert anchors(document) == {0: "5元", 1: "5元"}
    assert len(list(document.comments)) == 2


def test_cells_and_links_can_be_commented_and_boxes_can_not() -> None:
    linked = f"<w:p><w:hyperlink>{run(mark(1, '5元'))}</w:hyperlink></w:p>"
    cell = f"<w:tbl><w:tr><w:tc><w:p>{run(mark(2, '6元'))}</w:p></w:tc></w:tr></w:tbl>"
    box = f"<w:txbxContent><w:p>{run(mark(3, '7元'))}</w:p></w:txbxContent>"
    boxed = f"<w:p>{run('图')}<w:r><w:pict>{box}</w:pict></w:r>{run(mark(4, '8元'))}</w:p>"
    document = annotated(linked + cell + boxed, dict.fromkeys((1, 2, 3, 4), "注"))
    assert anchors(document) == {0: "5元", 1: "6元", 2: "8元"}


def test_comments_that_the_template_has_stay() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("旧")
    for text in ("一", "二"):
        document.add_comment(paragraph.runs, text=text, author="局里", initials="j")
    buffer = io.BytesIO()
    document.save(buffer)
    own = "".join(
        f'<w:commentRangeStart w:id="{n}"/>{run("旧")}<w:commentRangeEnd w:id="{n}"/>'
        f'<w:r><w:commentReference w:id="{n}"/></w:r>'
        for n in (0, 1)
    )
    xml = f"<w:p>{own}{run(mark(1, '5元'))}</w:p>"
    found = annotated(xml, {1: "新"}, buffer.getvalue())
    assert [(c.comment_id, c.text, c.author) for c in found.comments] == [
        (0, "一", "局里"),
        (1, "二", "局里"),
        (2, "新", "reportgen"),
    ]
    assert anchors(found) == {0: "旧", 1: "旧", 2: "5元"}


def test_a_document_without_citations_gets_none() -> None:
    document = annotated(f"<w:p>{run('无')}</w:p>", {1: "甲"})
    assert list(document.comments) == []


def test_the_same_input_gives_the_same_bytes() -> None:
    marked = {PART: body(f"<w:p>{run(mark(1, '5元'))}</w:p>")}
    content = base()
    assert annotate(content, marked, {1: "甲"}) == annotate(content, marked, {1: "甲"})


@pytest.mark.parametrize("note", ["=cmd|1", "]]>", "甲\x0b乙", ""])
def test_notes_of_any_text(note: str) -> None:
    document = annotated(f"<w:p>{run(mark(1, '5元'))}</w:p>", {1: note})
    assert [c.text for c in document.comments] == [note.replace("\x0b", "")]
