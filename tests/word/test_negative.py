"""A negative number in a sentence: its sign stays on the line, and reads as any other."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.document.quick import cited_plainly
from reportgen.findings import Place
from reportgen.language import Page
from reportgen.language.documents import word_lines
from reportgen.language.marks import mark
from reportgen.narrative import Section, Wording
from reportgen.render.word.annotate import annotate
from reportgen.render.word.press import WordTemplate
from reportgen.render.word.xml import run
from tests.document.conftest import parts_of
from tests.word.test_annotate import anchors

PART = "word/document.xml"


class Printed:
    """A document with a negative number in a heading, a sentence, in bold and in a table."""

    def __init__(self, template: WordTemplate) -> None:
        self.page = Page(Place("narrative.md"))
        numbers = iter([self.page.cite(f"-{n}.00万元", (), "差额") for n in range(5, 10)])
        text = (
            f"# 差值{next(numbers)}\n\n差值为{next(numbers)}，原因是**{next(numbers)}**。\n\n"
            f"{next(numbers)}\n\n| 差值 |\n|---|\n| {next(numbers)} |\n\n电话甲-乙。\n"
        )
        pressed = template.press({}, {"说明": Section("说明", text)}, Wording(), self.page)
        assert pressed is not None
        self.content, self.marked = pressed.content, pressed.marked
        self.expected = Expected(self.page.citations, Allowed(2022, []), {"说明": text})


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    path = tmp_path_factory.mktemp("negative") / "t.docx"
    document = docx.Document()
    document.add_paragraph("{{p 目录 }}")
    document.add_paragraph("{{p 说明 }}")
    document.save(str(path))
    return Printed(WordTemplate(path))


def test_the_sign_does_not_leave_its_digits(printed: Printed) -> None:
    xml = parts_of(printed.content)[PART].decode()
    assert xml.count("<w:noBreakHyphen/>") == 6  # one in the contents
    assert "电话甲-乙" in xml


def test_readers_find_a_hyphen(printed: Printed) -> None:
    texts = [p.text for p in docx.Document(io.BytesIO(printed.content)).paragraphs]
    assert "差值为-6.00万元，原因是-7.00万元。" in texts
    assert "-8.00万元" in texts
    lines = [line.text for line in word_lines(parts_of(printed.content), contents=False)]
    assert "差值-5.00万元" in lines
    assert "-9.00万元" in lines


def test_the_contents_name_it(printed: Printed) -> None:
    body = docx.Document(io.BytesIO(printed.content)).element.body
    [entry] = [p for p in body.iter(qn("w:p")) if p.find(qn("w:hyperlink")) is not None]
    assert Paragraph(entry, None).text.strip() == "差值-5.00万元"  # type: ignore[arg-type]


def test_the_gate_reads_it_and_knows_it_at_first_sight(printed: Printed) -> None:
    found = WordGate().check("甲.docx", printed.content, printed.marked, printed.expected)
    assert list(found) == []
    plain = f"<w:p>{run(mark(2, '-6.00万元') + '、' + mark(3, '-7.00万元'))}</w:p>"
    assert "noBreakHyphen" in plain
    assert cited_plainly(plain, printed.expected) == {2, 3}
    assert cited_plainly(plain.replace("6.00", "6.01"), printed.expected) is None


def test_a_comment_on_it_holds_the_sign(printed: Printed) -> None:
    made = annotate(printed.content, printed.marked, {2: "甲", 5: "乙"})
    assert anchors(docx.Document(io.BytesIO(made))) == {0: "-6.00万元", 1: "-9.00万元"}
