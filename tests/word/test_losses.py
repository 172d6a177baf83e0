"""What docxtpl loses: the Word press keeps it, or a finding says where it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pandas as pd
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.word import check_word_template
from reportgen.findings import Finding, Findings, Place
from reportgen.language import Page
from reportgen.model import Figure
from reportgen.narrative import Section, Wording, narrative_environment
from reportgen.render.word.press import open_template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Build = Callable[[Any], object]


class Colour(StrEnum):
    RED = "红&<"


class Trick(str):
    """A text whose methods lie."""

    __slots__ = ()

    def replace(self, *_: Any) -> str:
        return "</w:t>"

    def __str__(self) -> str:
        return "</w:p>"


def body(text: str) -> Build:
    return lambda document: document.add_paragraph(text)


class Printed:
    """A rendered document, its findings, and those of the template gate."""

    def __init__(self, folder: Path, build: Build, context: Mapping[str, Any]) -> None:
        document = docx.Document()
        build(document)
        path = folder / "模板.docx"
        document.save(str(path))
        self.findings = Findings()
        self.gate = Findings()
        self.left: list[Finding] = []
        check_word_template(path, narrative_environment(), context, self.gate)
        template = open_template(path, self.findings)
        self.content = b""
        if template is not None:
            page = Page(Place("模板.docx"), self.findings)
            pressed = template.press(context, {}, Wording(), page)
            self.content = pressed.content if pressed else b""
            again = template.render(context, {}, Wording(), Page(Place("模板.docx")))
            assert (again or b"") == self.content, "the same bytes when run twice"
        if template is not None and pressed is not None:
            expected = Expected(page.citations, Allowed(2022, []))
            found = WordGate().check("模板.docx", self.content, pressed.marked, expected)
            self.left = [finding for finding in found if finding.code == "P108"]
            self.findings.extend(finding for finding in found if finding.code != "P108")

    def part(self, name: str) -> Any:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return etree.fromstring(archive.read(name))

    def text(self, name: str = "word/document.xml") -> str:
        """The text of a part: line breaks as \\n, tabs as \\t, paragraphs apart by |."""
        signs = {f"{W}br": "\n", f"{W}tab": "\t"}
        paragraphs = [
            "".join(signs.get(node.tag, node.text or "") for node in paragraph.iter())
            for paragraph in self.part(name).iter(f"{W}p")
        ]
        return "|".join(text for text in paragraphs if text)

    def told(self) -> list[str]:
        return [str(finding) for finding in self.findings]


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Printed]:
    def render(template: str | Build, **context: Any) -> Printed:
        build = body(template) if isinstance(template, str) else template
        return Printed(tmp_path, build, context)

    return render


KEPT = [
    pytest.param("A&B公司", "A&B公司", id="A&B"),
    pytest.param("收入<5万元", "收入<5万元", id="less than"),
    pytest.param("<select>甲</select>", "<select>甲</select>", id="select"),
    pytest.param(
        "</w:t></w:r></w:p><w:p><w:r><w:t>插入",
        "</w:t></w:r></w:p><w:p><w:r><w:t>插入",
        id="document injection",
    ),
    pytest.param("]]>&amp;<!--", "]]>&amp;<!--", id="entities"),
    pytest.param("\"'", "\"'", id="quotes"),
    pytest.param("{_{ x }}", "{_{ x }}", id="braces of docxtpl"),
    pytest.param("{{ y }}{% if %}", "{{ y }}{% if %}", id="tags in data"),
    pytest.param("1,234.50", "1,234.50", id="number as text"),
    pytest.param("１２３．５", "１２３．５", id="full-width digits"),
    pytest.param(45296, "45296", id="date serial"),
    pytest.param(10**30, "1" + "0" * 30, id="long number"),
    pytest.param(date(2024, 1, 5), "2024年1月5日", id="date"),
    pytest.param(datetime(2024, 1, 5, tzinfo=UTC), "2024年1月5日", id="datetime"),
    pytest.param(pd.Timestamp("2024-01-05 09:30"), "2024年1月5日9时30分", id="timestamp"),
    pytest.param("甲\n乙\t丙", "甲\n乙\t丙", id="line and tab"),
    pytest.param("甲\r\n乙\r丙", "甲\n乙\n丙", id="line ends"),
    pytest.param("  甲  ", "  甲  ", id="blanks"),
    pytest.param("𠮷😀", "𠮷😀", id="beyond the plane"),
    pytest.param(Colour.RED, "红&<", id="enum"),
    pytest.param(Trick("甲&<"), "甲&<", id="str subclass"),
]


@pytest.mark.parametrize(("value", "expected"), KEPT)
def test_values_are_kept(printed: Callable[..., Printed], value: Any, expected: str) -> None:
    result = printed("前{{ x }}后", x=value)
    assert result.text() == f"前{expected}后"
    assert [told for told in result.told() if "P101" not in told] == []


NUMBERS = [
    pytest.param(0.1 + 0.2, "数字", id="0.1+0.2"),
    pytest.param(1e22, "数字", id="1e22"),
    pytest.param(2024.0, "数字", id="2024.0"),
    pytest.param(2.675, "数字", id="half up"),
    pytest.param(Decimal("1E+3"), "数字", id="Decimal 1E+3"),
    pytest.param(float("nan"), "数字", id="nan"),
    pytest.param(float("inf"), "数字", id="inf"),
    pytest.param(Decimal("NaN"), "数字", id="Decimal NaN"),
    pytest.param(np.float64(0.3), "数字", id="numpy float"),
    pytest.param(None, "空值", id="None"),
    pytest.param(pd.NA, "空值", id="pd.NA"),
    pytest.param(pd.NaT, "空值", id="NaT"),
    pytest.param(True, "是非值", id="bool"),
    pytest.param([1, 2], "列表", id="list"),
    pytest.param({"a": 1}, "列表", id="map"),
    pytest.param(object(), "对象", id="object"),
]


@pytest.mark.parametrize(("value", "kind"), NUMBERS)
def test_what_has_no_format_is_reported(
    printed: Callable[..., Printed], value: Any, kind: str
) -> None:
    result = printed("前{{ x }}后", x=value)
    assert result.text() == f"前【没有格式：{kind}】后"
    expected = (
        f"模板.docx 第1段 “前{{{{ x }}}}后”附近: T103 模板直接输出了一个{kind}。请加格式过滤器。"
    )
    assert result.told() == [expected]
    assert [f.message for f in result.left] == [f"文件中残留“【没有格式：{kind}】”。"]


def test_figures_are_rounded_half_up(printed: Callable[..., Printed]) -> None:
    figures = {"a": Figure("a", Decimal("2.675")), "b": Figure("b", Decimal("1E+3"))}
    assert printed("{{ a|金额 }}、{{ b|金额 }}", **figures).text() == "2.68元、1,000.00元"


@pytest.mark.parametrize("value", ["1,234.50", "１２３．５", 12, 0.5])
def test_a_number_that_is_none_is_reported(printed: Callable[..., Printed], value: Any) -> None:
    result = printed("{{ x|金额 }}", x=value)
    assert result.text().startswith("【没有格式：")
    assert ["不是数据" in told for told in result.told()] == [True]


def test_a_number_that_is_blank_is_reported(printed: Callable[..., Printed]) -> None:
    result = printed("{{ x|金额 }}", x=None)
    assert result.text() == "【待填写：这里要用的数】"
    assert ["N106" in told and "还没有填写" in told for told in result.told()] == [True]


@pytest.mark.parametrize("name", ["float", "int", "round", "format"])
def test_filters_that_lose_cents_are_refused(printed: Callable[..., Printed], name: str) -> None:
    result = printed(f"{{{{ x|{name} }}}}", x="1,234.5")
    assert not result.content
    assert [str(f.place) for f in result.gate] == ["模板.docx 第1段"]
    assert [f.code for f in result.gate] == ["T104"]


DROPPED = [
    pytest.param("\x00", "U+0000", id="nul"),
    pytest.param("\x01", "U+0001", id="x01"),
    pytest.param("\x07", "U+0007", id="bell"),
    pytest.param("\x0b", "U+000B", id="x0b"),
    pytest.param("\x0c", "U+000C", id="form feed"),
    pytest.param("\x1f", "U+001F", id="x1f"),
    pytest.param("\ufffe", "U+FFFE", id="fffe"),
    pytest.param("\uffff", "U+FFFF", id="ffff"),
    pytest.param("\ud800", "U+D800", id="lone surrogate"),
]


def head(text: str) -> Build:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return build


def foot(text: str) -> Build:
    def build(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = text

    return build


def title(text: str) -> Build:
    def build(document: Any) -> None:
        document.core_properties.title = text

    return build


@pytest.mark.parametrize(("sign", "code"), DROPPED)
@pytest.mark.parametrize("build", [body, head, foot, title])
def test_what_no_file_can_hold_is_dropped_and_reported(
    printed: Callable[..., Printed], build: Callable[[str], Build], sign: str, code: str
) -> None:
    result = printed(build("前{{ x }}后"), x=f"甲{sign}乙&")
    parts: Mapping[Any, str] = {body: "document", head: "header1", foot: "footer1"}
    spots: Mapping[Any, str] = {body: "第1段", head: "页眉 第1段", foot: "页脚 第1段"}
    spots = {**spots, title: "文件属性"}
    if build is title:
        assert docx.Document(io.BytesIO(result.content)).core_properties.title == "前甲乙&后"
    else:
        assert result.text(f"word/{parts[build]}.xml") == "前甲乙&后"
    place = f"模板.docx {spots[build]} “前{{{{ x }}}}后”附近"
    expected = f"{place}: D114 “甲乙&”中有不可用的字符（{code}），已去掉。"
    assert [told.startswith(expected) for told in result.told()] == [True]


@pytest.mark.parametrize(("sign", "code"), DROPPED)
def test_a_section_can_hold_them_neither(tmp_path: Path, sign: str, code: str) -> None:
    path = tmp_path / "模板.docx"
    document = docx.Document()
    document.add_paragraph("{{p 说明 }}")
    document.save(str(path))
    template = open_template(path, Findings())
    assert template
    sections = {"说明": Section("说明", f"甲{sign}乙 **丙**{sign}")}
    content = template.render({}, sections, Wording(), Page(Place("模板.docx")))
    assert content
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == "甲乙 丙"


@pytest.mark.parametrize("value", ["A&B<5%", "</w:t>"])
def test_headers_and_footers(printed: Callable[..., Printed], value: str) -> None:
    assert printed(head("{{ x }}"), x=value).text("word/header1.xml") == value
    assert printed(foot("{{ x }}"), x=value).text("word/footer1.xml") == value


def test_a_title_is_escaped_once(printed: Callable[..., Printed]) -> None:
    result = printed(title("{{ x }}"), x="A&B<5%")
    assert docx.Document(io.BytesIO(result.content)).core_properties.title == "A&B<5%"


def test_footnotes(tmp_path: Path) -> None:
    path, other = tmp_path / "模板.docx", tmp_path / "脚注.docx"
    docx.Document().save(str(other))
    note = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>注：{{{{ x }}}}</w:t>"
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(other) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("word/footnotes.xml", note.encode("utf-8"))
    template = open_template(path, Findings())
    assert template
    content = template.render({"x": "A&B<5%"}, {}, Wording(), Page(Place("模板.docx")))
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    assert "".join(str(text) for text in root.itertext()).strip() == "注：A&B<5%"


def test_other_properties_hold_no_tags(printed: Callable[..., Printed]) -> None:
    def build(document: Any) -> None:
        properties = document.core_properties
        properties.comments = properties.keywords = properties.category = "{{ x }}"

    result = printed(build, x="甲")
    assert "{{" not in etree.tostring(result.part("docProps/core.xml"), encoding="unicode")
    assert result.told() == []


UNKNOWN = [
    pytest.param("{{ 单为 }}", "单为", "是否应为“单位”？", id="variable"),
    pytest.param("{{ 行.名成 }}", "名成", "是否应为“名称”？", id="attribute"),
    pytest.param("{{ 行['名成'] }}", "名成", "是否应为“名称”？", id="item"),
]


@pytest.mark.parametrize(("source", "name", "hint"), UNKNOWN)
def test_missing_names(printed: Callable[..., Printed], source: str, name: str, hint: str) -> None:
    result = printed(f"前{source}", 单位="某局", 行={"名称": "甲"})
    assert result.text() == f"前【未知名称：{name}】"
    expected = f"模板.docx 第1段 “前{source}”附近: T101 未知的名称“{name}”。{hint}"
    assert result.told() == [expected]


@pytest.mark.parametrize("key", ["items", "keys", "values", "get", "copy", "update"])
def test_a_key_wins_over_a_method(printed: Callable[..., Printed], key: str) -> None:
    assert printed(f"{{{{ d.{key} }}}}", d={key: "甲"}).text() == "甲"


READ = [
    pytest.param("{{ d[“甲”] }}", id="curly double quotes"),
    pytest.param("{{ d[‘甲’] }}", id="curly single quotes"),
    pytest.param('{{ d["甲"] }}', id="straight quotes"),
    pytest.param('{{ d["A&B"] }}', id="ampersand"),
    pytest.param("{{ d['<5'] }}", id="less than"),
    pytest.param("{{ d['“重”'] }}", id="curly quotes in a string"),
    pytest.param("{% if 1 < 2 and 2 > 1 %}乙{% endif %}", id="comparison"),
]


@pytest.mark.parametrize("source", READ)
def test_tags_are_read_as_meant(printed: Callable[..., Printed], source: str) -> None:
    names = ("甲", "A&B", "<5", "“重”", '"重"')
    result = printed(source, d=dict.fromkeys(names, "乙"))
    assert (result.text(), result.told()) == ("乙", [])


def runs(*texts: str) -> Build:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph()
        for text in texts:
            paragraph.add_run(text)
            paragraph._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))

    return build


def test_a_tag_split_over_runs(printed: Callable[..., Printed]) -> None:
    build = runs("甲{", "{ x", " }", "}乙{% if ", "x %}丙{", "% endif %}")
    assert printed(build, x="A&B").text() == "甲A&B乙丙"


DELETED = (
    '<w:del {0} w:id="1" w:author="a"><w:r><w:delText>{1}</w:delText></w:r></w:del>',
    '<w:moveFrom {0} w:id="1" w:author="a"><w:r><w:t>{1}</w:t></w:r></w:moveFrom>',
)


@pytest.mark.parametrize("wrapper", DELETED)
@pytest.mark.parametrize("text", ["{{ 旧 }}", "{{ 旧", "{% if 旧 %}", "{% endif %}", "}}"])
def test_tags_in_tracked_deletions(
    printed: Callable[..., Printed], wrapper: str, text: str
) -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("{{ x }}")
        paragraph._p.append(parse_xml(wrapper.format(nsdecls("w"), text)))

    result = printed(build, x="甲")
    assert (result.text(), result.told()) == ("甲", [])
    assert list(result.gate) == []


def test_tags_in_tracked_insertions(printed: Callable[..., Printed]) -> None:
    def build(document: Any) -> None:
        text = '<w:ins {0} w:id="1" w:author="a"><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:ins>'
        document.add_paragraph()._p.append(parse_xml(text.format(nsdecls("w"))))

    assert printed(build, x="甲").text() == "甲"


def row(document: Any) -> None:
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{%tr for i in y %}", "合计"
    table.cell(1, 0).text = "{%tr endfor %}"


def row_in_a_row(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{%tr for i in y %}", "{%tr endfor %}"


LINTS = [
    pytest.param(body("｛｛ x ｝｝"), "第1段", "全角花括号", id="full-width braces"),
    pytest.param(body("{{ 2024年预算 }}"), "第1段", "“2024年预算”以数字开头", id="digits first"),
    pytest.param(
        body("说明{%p if x %}"), "第1段", "“说明”与“{%p if x %}”同在一段", id="text beside {%p"
    ),
    pytest.param(body("{%p if x %}{{ x }}{%p endif %}"), "第1段", "同在一段", id="tags beside {%p"),
    pytest.param(row, "表1 行1 单元格1", "“合计”与“{%tr for", id="text beside {%tr"),
    pytest.param(row_in_a_row, "表1 行1 单元格1", "同在一行", id="loop in one row"),
    pytest.param(body("{%tr for i in x %}"), "第1段", "不在表格里", id="{%tr outside a table"),
    pytest.param(body("{{ x"), "第1段", "标签没有写完整", id="half a tag"),
]


@pytest.mark.parametrize(("build", "spot", "words"), LINTS)
def test_slips_that_word_hides(
    printed: Callable[..., Printed], build: Build, spot: str, words: str
) -> None:
    result = printed(build, x="甲", y=[1])
    found = [f for f in result.gate if words in f.message]
    assert str(found[0].place) == f"模板.docx {spot}"
    assert {f.code for f in found} == {"T102"}


def test_brackets_of_other_scripts_are_read(printed: Callable[..., Printed]) -> None:
    result = printed("{{ 预算（万元） }}", x="甲")
    assert {(f.code, str(f.place)) for f in result.gate} == {("T101", "模板.docx 第1段")}


BROKEN = [
    pytest.param("{{ 1 / 0 }}", "division by zero", id="division"),
    pytest.param("{{ '甲' + 1 }}", "can only concatenate", id="types"),
    pytest.param("{{ x() }}", "不能这样调用", id="call"),
    pytest.param("{% for i in 3 %}{% endfor %}", "要用清单", id="loop"),
    pytest.param("{% if na %}甲{% endif %}", "boolean value of NA", id="pd.NA as a condition"),
    pytest.param("{% include '甲' %}", "no loader", id="include"),
]


@pytest.mark.parametrize(("source", "words"), BROKEN)
def test_run_time_errors_are_located(
    printed: Callable[..., Printed], source: str, words: str
) -> None:
    def build(document: Any) -> None:
        document.add_paragraph("无关的一段{{ x }}")
        document.add_table(rows=1, cols=2).cell(0, 1).text = f"此处{source}"

    result = printed(build, x="甲", na=pd.NA)
    assert not result.content
    assert len(result.told()) == 1
    assert result.told()[0].startswith(
        f"模板.docx 表1 行1 单元格2 “此处{source}”附近: T105 模板运行出错："
    )
    assert words in result.told()[0]


def test_syntax_errors_are_located(printed: Callable[..., Printed]) -> None:
    result = printed("此处{{ 2024年预算 }}")
    assert result.told()[0].startswith("模板.docx “此处{{ 2024年预算 }}”附近: T102 模板语法错误：")
