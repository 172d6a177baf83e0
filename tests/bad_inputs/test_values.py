"""Texts with characters that mean something to Word, Markdown, Jinja or nobody.

One report carries every text in a paragraph of 文字.md, in a field of a project and in a cell
of an indicator; the finished files are read back and each text is looked for.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from reportgen.findings import Finding
from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = "HINOPQR"  # 年度目标 and other texts of 项目
TEXTS = {
    "ampersand": "甲&乙",
    "less": "收入<5万元",
    "greater": "满意度>90%",
    "element": "<select>甲",
    "injection": "</w:t></w:r></w:p><w:p>甲",
    "cdata": "]]>甲<![CDATA[乙",
    "entity": "甲&amp;乙&#65;&lt;",
    "html": "<b>粗</b><!-- 注 --><br/>",
    "docxtpl": "{_{ 甲 }_}",
    "jinja": "{{ 单位 }}",
    "statement": "{% if 甲 %}",
    "comment": "{# 注 #}",
    "quotes": "“引”\"双\"'单'‘内’",
    "tab": "甲\t乙",
    "pipe": "甲|乙||丙",
    "rule of a table": "|---|",
    "emphasis": "*重*与**强**",
    "underline": "_斜_与甲_乙_丙",
    "heading": "#题",
    "spaced heading": "## 题",
    "dash": "- 项",
    "plus": "+ 项",
    "number": "1. 项",
    "bracketed number": "2) 项",
    "quote": "> 引",
    "rule": "---",
    "underline of a heading": "甲---",
    "code": "`码`与```栏",
    "link": "[甲](乙)与![图](丙)",
    "reference": "[^1]与[甲][乙]",
    "address": "http://a.b与<http://c.d>",
    "struck": "~~删~~",
    "backslash": "甲\\乙\\*丙\\",
    "formula": "$甲$",
    "space": "甲 乙",
    "wide": "㐂𠮷😀",
}
DIRTY = {
    "vertical tab": ("甲\x0b乙", "U+000B"),
    "unit separator": ("甲_x001F_乙", "U+001F"),
    "escaped": ("甲_x000B_乙", "U+000B"),
    "figure mark": ("甲\ue000\ue013\ue001乙\ue002", "U+E000"),
    "lone mark": ("甲\ue002乙", "U+E002"),
    "private use": ("甲\uf8ff乙", "U+F8FF"),
    "non-character": ("甲\ufffe乙", "U+FFFE"),
}


def _marked(name: str, text: str) -> str:
    return f"始{name}：{text}：终"


def _filled(folder: Path, texts: Mapping[str, str]) -> None:
    lines = [_marked(name, text) for name, text in texts.items()]
    openings = [f"{text}：{name}：尾" for name, text in texts.items() if not text.startswith("## ")]
    path = folder / "文字.md"
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace("# 职责\n", "# 职责\n\n" + "\n\n".join(lines + openings)), "utf-8")
    book = openpyxl.load_workbook(folder / "项目.xlsx")
    for number, line in enumerate(lines):
        book["指标"].cell(2 + number, 4).value = line
        column = FIELDS[number % len(FIELDS)]
        book["项目"][f"{column}{2 + number // len(FIELDS)}"] = line
    book.save(folder / "项目.xlsx")


class Made:
    """A report in memory: its findings, and its two documents as plain text."""

    def __init__(self, folder: Path) -> None:
        prepared = prepare(Job(folder), layouts=("report.md",))
        files = compose(prepared, ("docx", "md")).files
        self.findings: list[Finding] = list(prepared.findings)
        self.word = next(data for name, data in files.items() if name.endswith(".docx"))
        self.source = next(data for name, data in files.items() if name.endswith(".md")).decode()
        self.plain = {"docx": _word_text(self.word), "md": _markdown_text(self.source)}


def _word_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    paragraphs = (
        "".join(
            node.text or "" if node.tag == f"{W}t" else signs.get(node.tag, "") for node in p.iter()
        )
        for p in root.iter(f"{W}p")
    )
    return "\n\n".join(paragraphs)


def _markdown_text(source: str) -> str:
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(source)
    inlines = (token.children or [] for token in tokens if token.type == "inline")
    signs = {"hardbreak": "\n", "softbreak": "\n"}
    return "\n\n".join(
        "".join(signs.get(child.type, child.content) for child in children) for children in inlines
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("文字") / "报告"))
    _filled(folder, TEXTS)
    return Made(folder)


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("脏字") / "报告"))
    texts = {name: text for name, (text, _) in DIRTY.items()}
    path = folder / "文字.md"
    old = path.read_text(encoding="utf-8")
    lines = "\n\n".join(_marked(name, text) for name, text in texts.items())
    path.write_text(old.replace("# 职责\n", f"# 职责\n\n{lines}"), "utf-8")
    book = openpyxl.load_workbook(folder / "项目.xlsx")
    for number, (name, text) in enumerate(texts.items()):
        if "\x0b" not in text and "\ufffe" not in text:  # no workbook can hold these
            book["指标"].cell(2 + number, 4).value = _marked(name, text)
    book.save(folder / "项目.xlsx")
    return Made(folder)


@pytest.mark.parametrize("target", ["docx", "md"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_reads_the_same(made: Made, name: str, target: str) -> None:
    text, plain = TEXTS[name], made.plain[target]
    in_table = _marked(name, " ".join(text.split()))
    assert sum(plain.count(one) for one in {in_table, _marked(name, text)}) >= 3
    if not text.startswith("## "):
        assert f"\n{text}：{name}：尾" in plain or f"　　{text}：{name}：尾" in plain


def test_texts_raise_no_error(made: Made) -> None:
    codes = {f.code for f in made.findings if f.place.file.endswith((".docx", ".md"))}
    codes -= {code for code in codes if code.startswith("H")}  # warnings: these texts are no prose
    assert codes <= {"P101", "N103", "N105", "D119"}  # D119: a text that begins with #
    shown = [f for f in made.findings if f.code == "P101"]
    assert {str(f.severity) for f in shown} == {"警告"}
    assert all("不会换成数据" in f.message for f in shown)


def test_the_text_is_no_tag_in_the_next_rendering(made: Made) -> None:
    assert "{{ 单位 }}" in made.plain["docx"]
    assert "始jinja：{{ 单位 }}：终" in made.plain["md"]


@pytest.mark.parametrize("name", DIRTY)
def test_a_character_that_no_document_holds_is_taken_out_and_told(dirty: Made, name: str) -> None:
    assert all(_marked(name, "甲乙") in plain for plain in dirty.plain.values())
    number = 3 + 2 * list(DIRTY).index(name)
    told = next(f for f in dirty.findings if str(f.place) == f"文字.md:{number}")
    assert (told.code, str(told.severity)) == ("D114", "警告")
    assert DIRTY[name][1] in told.message
    assert "重新录入" in told.hint


def test_characters_in_cells_are_told_with_their_cell(dirty: Made) -> None:
    told = {str(f.place) for f in dirty.findings if f.code == "D114" and f.place.sheet}
    expected = [2 + n for n, (text, _) in enumerate(DIRTY.values()) if text[1] not in "\x0b\ufffe"]
    assert told == {f"项目.xlsx[指标]!D{row}" for row in expected}


def test_no_mark_is_left(dirty: Made) -> None:
    text = dirty.source + dirty.plain["docx"]
    assert not any("\ue000" <= character <= "\uf8ff" for character in text)


@pytest.mark.parametrize(
    ("reason", "printed"),
    [
        pytest.param("甲<乙&丙", "甲<乙&丙", id="markup"),
        pytest.param("一是甲\n二是乙", "一是甲\n二是乙", id="two lines"),
        pytest.param("甲\r\n乙", "甲\n乙", id="carriage return"),
        pytest.param("甲_x000D_\n乙", "甲\n乙", id="escaped return"),
        pytest.param("*甲*|乙。", "*甲*|乙", id="markdown"),
        pytest.param("#甲\n- 乙\n1. 丙", "#甲\n- 乙\n1. 丙", id="openings of lines"),
    ],
)
def test_reasons_and_uses(tmp_path: Path, reason: str, printed: str) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))
    for file, sheet, address in (("原因.xlsx", "原因", "I2"), ("补充数据.xlsx", "用途", "C7")):
        book = openpyxl.load_workbook(folder / file)
        book[sheet][address] = reason
        book.save(folder / file)
    made = Made(folder)
    for plain in made.plain.values():
        assert f"主要原因是{printed}。" in plain
        assert f"主要用于：{printed}。" in plain


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("甲&乙<丙>局", id="markup"),
        pytest.param("甲*乙_丙_|丁局", id="markdown"),
        pytest.param("{{ 甲 }}局", id="jinja"),
        pytest.param("“甲”'乙'\"丙\"局", id="quotes"),
    ],
)
def test_the_name_of_the_unit(tmp_path: Path, unit: str) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))
    path = folder / "report.yaml"
    quoted = unit.replace("\\", "\\\\").replace('"', '\\"')
    old = path.read_text(encoding="utf-8")
    new = old.replace("单位: 晋城市人力资源和社会保障局\n", f'单位: "{quoted}"\n')
    path.write_text(new, encoding="utf-8")
    made = Made(folder)
    for plain in made.plain.values():
        assert f"根据上述职责，{unit}设" in plain
        assert f"部门名称：{unit}" in plain
    with zipfile.ZipFile(io.BytesIO(made.word)) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(part))


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        pytest.param('"甲\\u000b局"', "D114", id="control character"),
        pytest.param('"甲\\ue000局"', "D114", id="mark"),
        pytest.param('"甲\\n乙局"', "H113", id="line break"),
    ],
)
def test_the_unit_is_cleaned(tmp_path: Path, unit: str, code: str) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))
    path = folder / "report.yaml"
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace("单位: 晋城市人力资源和社会保障局", f"单位: {unit}"), "utf-8")
    prepared = prepare(Job(folder))
    told = [f"{f.place} {f.code}" for f in prepared.findings if f.place.file == "report.yaml"]
    assert told == [f"report.yaml:3:1 {code}"]
    assert prepared.context["单位"] == ("甲 乙局" if code == "H113" else "甲局")
