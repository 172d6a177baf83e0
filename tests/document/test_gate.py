"""What the gate says of a finished document: one test for each finding, and what passes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate, check_markdown
from reportgen.checks.document.numerals import Allowed
from reportgen.findings import Findings, Place
from reportgen.language import Citation, Page
from reportgen.language.documents import BODY
from reportgen.language.marks import strip
from reportgen.model import Figure
from reportgen.narrative import Section, Wording
from reportgen.render.word.press import Pressed, WordTemplate
from tests.document.conftest import Example, parts_of, zipped

FILE = "稿.docx"
Build = Callable[[Any], object]


class Made:
    """A small Word document rendered, and what the gate says of it."""

    def __init__(self, tmp_path: Path) -> None:
        self._path = tmp_path / "模板.docx"
        self.page = Page(Place("模板.docx"))

    def press(self, build: Build, sections: dict[str, Section], **context: Any) -> Pressed:
        document = docx.Document()
        build(document)
        document.save(str(self._path))
        pressed = WordTemplate(self._path).press(context, sections, Wording(), self.page)
        assert pressed is not None
        return pressed

    def gate(self, pressed: Pressed, *phrases: str, **more: Any) -> Findings:
        content = more.pop("content", pressed.content)
        expected = Expected(self.page.citations, Allowed(2022, phrases), **more)
        gate = WordGate()
        found = gate.check(FILE, content, pressed.marked, expected)
        gate.learn(pressed.pieces)
        assert not (found and gate.passes(content, pressed.pieces, expected))
        return found

    def told(self, build: Build | str, *phrases: str, **context: Any) -> list[str]:
        """Codes and messages for a document, or one of a single paragraph."""
        text = build
        make = build if callable(build) else lambda d: d.add_paragraph(text)
        found = self.gate(self.press(make, {}, **context), *phrases)
        return [f"{f.code} {f.place.spot}: {f.message}" for f in found]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


AMOUNT = Figure("甲", Decimal(12))


@pytest.mark.parametrize(
    ("text", "context"),
    [
        pytest.param("{{ 年度 }}年度", {"年度": 2019}, id="a year of an input"),
        pytest.param("{{ 名 }}项目", {"名": "第12号&<批>"}, id="a text of an input"),
        pytest.param("{{ 名 }}项目", {"名": "长" * 80 + "12\n13"}, id="a long text of two lines"),
        pytest.param("{{ 名 }}项目", {"名": "１２件"}, id="full-width digits"),
        pytest.param("{{ 名 }}", {"名": "公司 None 与 NaN"}, id="words of a user"),
        pytest.param("{% for i in 'ab' %}{{ loop.index }}{% endfor %}", {}, id="a loop's number"),
        pytest.param("{% set 全 = 名 ~ '号' %}{{ 全 }}", {"名": "第3"}, id="joined texts"),
        pytest.param(
            "{% macro 甲(乙) %}{{ 乙 }}件{% endmacro %}{{ 甲(名) }}", {"名": 7}, id="macro"
        ),
        pytest.param("{% set 全 %}{{ 名 }}{% endset %}{{ 全 }}", {"名": "第3"}, id="a name set"),
        pytest.param(
            "{% macro 甲() %}{{ 名 }}号{% endmacro %}{{ 甲() }}", {"名": "第3"}, id="a macro's name"
        ),
        pytest.param("{{ 额|计数 }}件", {"额": AMOUNT}, id="a citation"),
        pytest.param("截至{{ 年度 }}年12月31日", {"年度": 2022}, id="a date"),
        pytest.param("截至2022年12月31日，2021年", {}, id="typed dates and last year"),
        pytest.param("（1）概况", {}, id="a heading's number"),
        pytest.param("2、概况", {}, id="a list's number"),
        pytest.param("１．概况", {}, id="a full-width number"),
    ],
)
def test_what_passes(made: Made, text: str, context: dict[str, Any]) -> None:
    assert made.told(text, **context) == []


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        pytest.param("共3个项目", ["3"], id="typed"),
        pytest.param("共３个项目", ["3"], id="typed in full width"),
        pytest.param("占12.5%", ["12.5%"], id="a percentage"),
        pytest.param("共1,234.50元", ["1,234.50"], id="an amount"),
        pytest.param("2019年", ["2019"], id="neither this nor last year"),
        pytest.param("13月32日", ["13", "32"], id="no date"),
        pytest.param("1{{ 名 }}", ["1"], id="before a text of an input"),
        pytest.param("{{ 额|计数 }}0件", ["0"], id="behind a citation"),
        pytest.param("{{ '共3个' }}", ["3"], id="a text typed into a tag"),
        pytest.param("{{ 3 }}", ["3"], id="a number typed into a tag"),
        pytest.param("{{ '共3个' ~ 名 }}", ["3", "2"], id="a typed text joined"),
        pytest.param("{% set 甲 %}共3个{% endset %}{{ 甲 }}", ["3"], id="a block that is set"),
        pytest.param("{% macro 甲() %}共3个{% endmacro %}{{ 甲() }}", ["3"], id="typed in a macro"),
        pytest.param("{{ '3' if 名 else '' }}个", ["3"], id="a choice of typed texts"),
    ],
)
def test_numerals_without_a_source(made: Made, text: str, numerals: list[str]) -> None:
    told = made.told(text, 名="2号", 额=AMOUNT)
    assert [line.split("中的“")[1].split("”")[0] for line in told] == numerals
    assert all(line.startswith("P105 第1段") for line in told)


def test_the_allow_list(made: Made) -> None:
    assert made.told("公开03表，单价100万元以上", "公开##表", "单价100万元") == []
    told = made.told("公开103表，单价1000万元", "公开##表", "单价100万元")
    assert [line.split("中的")[1] for line in told] == ["“103”没有来源。", "“1000”没有来源。"]


def test_rows_that_number_columns(made: Made) -> None:
    def build(document: Any, cells: tuple[str, ...]) -> None:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text

    assert made.told(lambda d: build(d, ("栏次", "1", "2", "3"))) == []
    assert len(made.told(lambda d: build(d, ("栏次", "1", "2", "4")))) == 3
    assert len(made.told(lambda d: build(d, ("栏次", "1")))) == 1
    assert len(made.told(lambda d: build(d, ("栏次", "1", "共2")))) == 2


def test_spans_and_colours_carry_no_marks(made: Made) -> None:
    """Attributes are no text: a mark there would break the file."""

    def build(document: Any) -> None:
        row = document.add_table(rows=1, cols=2).rows[0]
        row.cells[0].text = "{% colspan 宽 %}{{ 名 }}"
        row.cells[1].text = "{% cellbg 色 %}{{ 名 }}"

    pressed = made.press(build, {}, 宽=2, 色="FFEE00", 名="第1号")
    body = parts_of(pressed.content)[BODY].decode()
    assert 'w:gridSpan w:val="2"' in body
    assert 'w:fill="FFEE00"' in body
    assert not list(made.gate(pressed))


BOX = (
    f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps"><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>框{}</w:t></w:r></w:p>'
    "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>框{}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_text_boxes_headers_and_footers_are_read(made: Made) -> None:
    def build(document: Any) -> None:
        box = BOX.replace("{}", "{{ 额|计数 }}件9")
        document.add_paragraph("甲")._p.append(parse_xml(box))
        document.sections[0].header.paragraphs[0].text = "第8期"
        document.sections[0].footer.paragraphs[0].text = "{{ 名 }}第7期"

    told = made.told(build, 额=AMOUNT, 名="甲")
    assert sorted(line.split("中的")[1][1] for line in told) == ["7", "8", "9", "9"]
    assert any(line.startswith("P105 页眉 第1段") for line in told)
    assert any(line.startswith("P105 页脚 第1段") for line in told)


FIELD = (
    '<w:r {0}><w:fldChar w:fldCharType="begin"/></w:r><w:r {0}><w:instrText> {1} </w:instrText>'
    '</w:r><w:r {0}><w:fldChar w:fldCharType="separate"/></w:r><w:r {0}><w:t>12</w:t></w:r>'
    '<w:r {0}><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(("code", "count"), [("PAGE", 0), ("NUMPAGES", 0), ("DOCPROPERTY a", 1)])
def test_fields_of_pages_are_no_numerals(made: Made, code: str, count: int) -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("{{ 名 }}第")
        for run in parse_xml(f"<w:p {nsdecls('w')}>{FIELD.format('', code)}</w:p>"):
            paragraph._p.append(run)

    assert len(made.told(build, 名="甲")) == count


def test_deleted_revisions_are_not_read(made: Made) -> None:
    def build(document: Any) -> None:
        moved = '<w:moveFrom {0} w:id="1"><w:r><w:t>共3个</w:t></w:r></w:moveFrom>'
        inserted = '<w:ins {0} w:id="2"><w:r><w:t>共4个</w:t></w:r></w:ins>'
        paragraph = document.add_paragraph("甲")._p
        for piece in (moved, inserted):
            paragraph.append(parse_xml(piece.format(nsdecls("w"))))

    assert [line.split("中的")[1] for line in made.told(build)] == ["“4”没有来源。"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("金额nan元", "nan"),
        ("金额 None。", "None"),
        ("NaT", "NaT"),
        ("甲<NA>乙", "<NA>"),
        ("【待填写：会议费】", "【待填写：会议费】"),
        ("{{ 名 }}", "nan"),
    ],
)
def test_what_must_not_be_left(made: Made, text: str, left: str) -> None:
    assert made.told(text, 名="nan") == [f"P108 第1段: 文件中残留“{left}”。"]


def test_tags_in_any_part(made: Made) -> None:
    pressed = made.press(lambda d: d.add_paragraph("{{ 名 }}"), {}, 名="甲{{ 乙 }}")
    [own] = made.gate(pressed)
    assert (own.code, str(own.severity), own.place.spot) == ("P101", "警告", "第1段")
    parts = {**parts_of(pressed.content), "word/comments.xml": "<a>{{ 甲 }}</a>".encode()}
    found = made.gate(pressed, content=zipped(parts)).sorted()
    assert [(f.code, f.place.spot) for f in found[:-1]] == [("P101", "word/comments.xml")]
    assert str(found[0].severity) == "错误"


def test_marks_that_are_left(made: Made) -> None:
    pressed = made.press(lambda d: d.add_paragraph("{{ 名 }}"), {}, 名="甲1")
    parts = {**parts_of(pressed.content), BODY: pressed.marked[BODY]}
    found = made.gate(pressed, content=zipped(parts))
    assert {f.code for f in found} == {"P101", "P103"}


def test_a_part_that_is_no_xml(made: Made) -> None:
    pressed = made.press(lambda d: d.add_paragraph("{{ 名 }}"), {}, 名="甲")
    broken = Pressed(pressed.content, lambda: {BODY: pressed.marked[BODY][:-9]})
    found = made.gate(broken, content=zipped({**parts_of(pressed.content), **broken.marked}))
    assert [(f.code, f.place.spot) for f in found] == [("P102", BODY)]
    found = made.gate(pressed, content=b"not a zip")
    assert [f.code for f in found] == ["P102"]


def test_a_part_that_is_gone_or_changed(made: Made) -> None:
    pressed = made.press(lambda d: d.add_paragraph("{{ 额|计数 }}个"), {}, 额=AMOUNT)
    parts = parts_of(pressed.content)
    changed = {**parts, BODY: parts[BODY].replace(b"12", b"21")}
    assert [f.code for f in made.gate(pressed, content=zipped(changed))] == ["P103"]
    gone = {name: data for name, data in parts.items() if name != BODY}
    assert "P103" in [f.code for f in made.gate(pressed, content=zipped(gone))]


def test_a_citation_that_says_something_else(made: Made) -> None:
    pressed = made.press(lambda d: d.add_paragraph("{{ 额|计数 }}个"), {}, 额=AMOUNT)
    made.page.citations[0] = Citation(1, "21", (AMOUNT,), "计数")
    [found] = made.gate(pressed)
    assert (found.code, found.message) == ("P104", "印出的“12”与计算的“21”不同。")


def test_a_citation_where_no_reader_sees_it(made: Made) -> None:
    def build(document: Any) -> None:
        field = FIELD.format("", "DOCPROPERTY {{ 额|计数 }}")
        paragraph = document.add_paragraph("甲")
        for run in parse_xml(f"<w:p {nsdecls('w')}>{field.replace('12', '')}</w:p>"):
            paragraph._p.append(run)

    assert made.told(build, 额=AMOUNT) == ["P106 : 算出的“12”没有印在文件里。"]


def test_a_section_that_is_left_out(made: Made) -> None:
    section = Section("说明", made.page.cite("12元", (AMOUNT,), "金额"))
    pressed = made.press(lambda d: d.add_paragraph("{{ 名 }}"), {"说明": section}, 名="甲")
    [found] = made.gate(pressed, sections={"说明": section.markdown, "解释": "没有数字"})
    assert (found.code, str(found.severity)) == ("P107", "警告")
    assert "正文“说明”一章没有排进文件，其中有1个数。" in found.message


def test_markdown_is_read_back(example: Example) -> None:
    expected, content = example.expected, strip(example.markdown).encode()
    assert not list(check_markdown("稿.md", content, example.markdown, expected))
    assert len(expected.citations) > 500
    changed = content.replace(b"62,373,182.64", b"62,373,182.46", 1)
    told = check_markdown("稿.md", changed, example.markdown, expected)
    assert {f.code for f in told} >= {"P103", "P105", "P106"}
    typed = example.markdown + "\n共3个项目，金额nan元\n"
    told = check_markdown("稿.md", strip(typed).encode(), typed, expected)
    assert sorted(f.code for f in told) == ["P105", "P108"]
    told = check_markdown("稿.md", example.markdown.encode(), example.markdown, expected)
    assert {f.code for f in told} == {"P101", "P103"}
    less = example.markdown.split("# 第三部分")[0]
    told = check_markdown("稿.md", strip(less).encode(), less, expected)
    assert [(f.code, f.message[:7]) for f in told] == [
        ("P107", "正文“说明”一"),
        ("P107", "正文“附件”一"),
    ]


def test_unchanged_parts_are_read_once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(document: Any) -> None:
        document.add_paragraph("{{ 名 }}")
        document.sections[0].header.paragraphs[0].text = "第8期"

    pressed = made.press(build, {}, 名="甲")
    gate, expected = WordGate(), Expected((), Allowed(2022, ()))
    first = gate.check("一.docx", pressed.content, pressed.marked, expected)
    read: list[str] = []
    take = zipfile.ZipFile.read

    def noted(self: zipfile.ZipFile, name: Any, pwd: bytes | None = None) -> bytes:
        read.append(str(name))
        return take(self, name, pwd)

    monkeypatch.setattr(zipfile.ZipFile, "read", noted)
    second = gate.check("二.docx", pressed.content, pressed.marked, expected)
    assert read == [BODY]
    assert [f.place.file for f in (*first, *second)] == ["一.docx", "二.docx"]
    assert [f.code for f in second] == ["P105"]


def test_marks_of_another_template_are_not_mixed(made: Made) -> None:
    """A fixed text that reads like a value is still typed."""
    told = made.told("{{ 甲 }}第12号{{ 乙 }}", 甲="第12号", 乙="12")
    assert len(told) == 1
