"""The example of every code's explanation is what the program prints.

Each world is a copy of the example, or of its bundle, with faults put in; the examples of its
codes are found among what is told of it, word for word, but for line numbers of templates.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate
from reportgen.checks.document.numerals import Allowed
from reportgen.findings import CODES, Findings, Severity
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose, publish
from reportgen.pipeline.starter import starter_files
from reportgen.render.word.lint import compare_with_docxtpl

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
NARRATIVE, GOOD = "narrative.md", "{{ 收入总计|金额 }}"
TABLES, EXTRA, PROJECTS = "决算表.xlsx", "补充数据.xlsx", "项目.xlsx"
_LINE = re.compile(r"((?:common|shanxi|shanxi-2022)/\w+\.(?:yaml|md)):\d+(?::\d+)?")


@dataclass(frozen=True)
class World:
    """Changes of files of the report or, by ``bundle``, of its bundle; and its codes."""

    codes: str
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    bundle: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    more: Callable[[Path], object] = lambda folder: None
    gate: Gate = Gate.DATA

    def build(self, folder: Path) -> Findings:
        """What is told of the changed copy."""
        shutil.copytree(EXAMPLE, folder)
        for file, (old, new) in self.texts.items():
            _edit(folder / file, old, new)
        for file, cells in self.cells.items():
            _fill(folder / file, cells)
        self.more(folder)
        templates = self._templates(folder.parent / "模板") if self.bundle else None
        return prepare(Job(folder, templates), self.gate, layouts=("report.md",)).judged

    def _templates(self, folder: Path) -> Path:
        shutil.copytree(ROOT / "templates", folder)
        for file, (old, new) in self.bundle.items():
            _edit(folder / "final-accounts" / "shanxi-2022" / file, old, new)
        return folder


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _fill(path: Path, cells: Mapping[str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, address = place.split("!")
        book[sheet][address] = value
    book.save(path)


def _spoil_files(folder: Path) -> None:
    (folder / "项目.xlsx").write_text("不是工作簿", encoding="utf-8")
    (folder / "文字.md").write_bytes("正文\n# 职责\n甲\n\n乙\x0b丙\n".encode())


def _spoil_tables(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / TABLES)
    book.remove(book["公开08表"])
    book.copy_worksheet(book["公开05表"]).title = "副本"
    for row in book["公开09表"]["A4:E6"]:
        for cell in row:
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = None
    book["公开06表"]["A3"] = "单位名称：晋城市财政局"
    book["公开06表"]["E3"] = "2021年度"
    book["公开06表"]["H3"] = "金额单位：万元"
    book["公开03表"]["C7"] = None
    book.save(folder / TABLES)


def _state_again(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / EXTRA)
    sheet = book.create_sheet("本年数")
    sheet.append(("表", "行", "列", "本年数"))
    sheet.append(("", "收入总计", "", 1))
    book.save(folder / EXTRA)


def _blank_tables(folder: Path) -> None:
    bundle = load_bundle("final-accounts/shanxi-2022", search_path(), Findings())
    assert bundle
    (folder / TABLES).write_bytes(starter_files(bundle)[TABLES])


def _split_thousands(folder: Path) -> None:
    rows = "表,行,列,上年数\n,收入总计,,62,287,177.64\n"
    (folder / "上年数.csv").write_text(rows, encoding="utf-8")
    settings = folder / "report.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(EXTRA, f"[{EXTRA}, 上年数.csv]", 1), encoding="utf-8")


def _bomb(folder: Path) -> None:
    path = folder / TABLES
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet3.xml"] += b" " * (20 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


WORLDS = [
    World("C101", texts={"report.yaml": ("层级:", "层及:")}),
    World("C102", texts={"report.yaml": ("年度: 2022", "年度: 2022\n年度: 2023")}),
    World("C103", texts={"report.yaml": ("年度: 2022\n", "")}),
    World("C104", texts={"report.yaml": ("年度: 2022", "年度: 二〇二二")}),
    World("C105", texts={"report.yaml": ("层级: 单位", "层级 单位")}),
    World(
        "C106 D125 N101 N103 N104 N105 N106",
        texts={
            "report.yaml": ("豁免:", "豁免:\n  - {代码: D999, 理由: 不知道}"),
            "文字.md": ("# 职责\n", "# 单位概览\n\n内容。\n\n# 职责\n"),
        },
        cells={
            "原因.xlsx": {"原因!I2": None},
            EXTRA: {"上年数!D2": -100, "用途!C7": None},
        },
        gate=Gate.NARRATIVE,
    ),
    World("C107", texts={"report.yaml": ("单位: 晋城市人力资源和社会保障局", "单位:")}),
    World("C108", bundle={"bundle.yaml": ("final-accounts/shanxi\n", "final-accounts/shangxi\n")}),
    World("C109", bundle={"../shanxi/tables.yaml": ("金额: null", "金客: null")}),
    World("C110", texts={"report.yaml": ("年度: 2022", "年度: 2021")}),
    World("D131", more=_blank_tables),
    World("N102", cells={EXTRA: {"上年数!D2": "——"}}, gate=Gate.NARRATIVE),
    World("D101", more=lambda folder: (folder / "文字.md").unlink()),
    World(
        "D102 D104 D105 D106 D107 D108 D109 D110 D112 D113 D114 D115 D117 D119",
        cells={
            TABLES: {
                "公开01表!A11": "五、事业收人",
                "公开01表!C14": 17000.005,
                "公开03表!B10": "行政运作",
                "公开03表!D10": "约七百万",
                "公开03表!D11": "#REF!",
                "公开03表!A13": "行政运行",
                "公开03表!A14": "20901",
                "公开05表!D9": "=C9",
                "公开05表!A11": "2080101",
            },
            EXTRA: {"机构运行!A5": "公务用车保有", "绩效汇总!B1": "各数"},
        },
        more=_spoil_files,
    ),
    World("D103 D111 D116 D118 D120 D122 D123 D124", more=_spoil_tables),
    World("D121", more=_bomb),
    World("D126", more=_state_again),
    World("D127", more=_split_thousands),
    World("D200 D211 D212", cells={TABLES: {"公开03表!C10": 7518128.01}}),
    World("S101", cells={PROJECTS: {"指标!K2": "正象"}}),
    World("S102", cells={PROJECTS: {"指标!G2": "66人", "指标!I2": None}}),
    World("S103", cells={PROJECTS: {"指标!I2": 19}}),
    World("S104", cells={PROJECTS: {"指标!G2": "很多"}}),
    World("S105", texts={"report.yaml": ("代码: S105", "代码: S104")}),
    World("T101", bundle={NARRATIVE: (GOOD, "{{ 收入总记|金额 }}")}, gate=Gate.NARRATIVE),
    World("T103", bundle={NARRATIVE: (GOOD, "{{ 收入总计 }}")}, gate=Gate.NARRATIVE),
    World("T104", bundle={NARRATIVE: (GOOD, "{{ 收入总计|金額 }}")}, gate=Gate.NARRATIVE),
    World(
        "T105",
        bundle={NARRATIVE: (GOOD, "{{ 求和(表05.类, '小记')|金额 }}")},
        gate=Gate.NARRATIVE,
    ),
    World("T109", bundle={NARRATIVE: ("block 说明", "block 说名")}, gate=Gate.NARRATIVE),
    World("T106", bundle={"../shanxi/rules.yaml": ("表10.行[1]", "政府采购支出总额")}),
    World(
        "T107",
        bundle={NARRATIVE: (GOOD, "{% for 甲 in range(1000000) %}{% endfor %}")},
        gate=Gate.NARRATIVE,
    ),
]
ELSEWHERE = {
    "T102",
    "T108",
    "P101",
    "P102",
    "F101",
    "F102",
    "F103",
    "F104",
    "F105",
    "F106",
    "F121",
}  # the tests below
IN_BATCHES = {
    "D128",
    "D129",
    "D130",
    "D133",
    "F110",
    "F119",
    *(f"F13{digit}" for digit in range(8)),
}
"""What only runs over many projects or reports tell of: tests/batch, tests/projects, F110."""


def _plain(text: str) -> str:
    """Without the lines of templates, which move as they are written on."""
    return _LINE.sub(r"\1", text)


def _told(findings: Findings) -> set[str]:
    return {_plain(str(finding)) for finding in findings}


def _assert_told(codes: str, findings: Findings) -> None:
    told = _told(findings)
    for code in codes.split():
        close = "\n".join(text for text in sorted(told) if f": {code} " in text)
        assert _plain(CODES[code].example) in told, f"{code} is told as:\n{close}"


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.codes)
def test_examples_are_what_is_told(tmp_path: Path, world: World) -> None:
    findings = world.build(tmp_path / "报告")
    _assert_told(world.codes, findings)
    for code in world.codes.split():
        _assert_ends_in_a_repair(code, findings)


def _assert_ends_in_a_repair(code: str, findings: Findings) -> None:
    """Errors and warnings say what to do; a note may leave it to the explanation."""
    example = _plain(CODES[code].example)
    finding = next(f for f in findings if _plain(str(f)) == example)
    assert finding.hint or finding.severity is Severity.NOTE


def test_the_worlds_and_the_tests_below_cover_most_codes() -> None:
    """Codes that other parts add may be held to their examples in tests of their own."""
    covered = {code for world in WORLDS for code in world.codes.split()} | ELSEWHERE | IN_BATCHES
    assert covered <= CODES.keys()
    assert {code for code in CODES if code.startswith(("C", "D1", "D2", "F"))} <= covered


@pytest.fixture
def word(tmp_path: Path) -> Callable[[str], Path]:
    """word(text): a template whose first paragraph is the text."""

    def make(text: str) -> Path:
        document = docx.Document()
        document.add_paragraph(text)
        document.save(str(tmp_path / "report.docx"))
        return tmp_path / "report.docx"

    return make


def test_full_width_braces_in_word(word: Callable[[str], Path]) -> None:
    from reportgen.checks.word import check_word_template
    from reportgen.narrative import narrative_environment

    findings = Findings()
    check_word_template(word("｛｛ 单位 ｝｝"), narrative_environment(), {"单位": ""}, findings)
    _assert_told("T102", findings)


def test_docxtpl_reads_half_a_tag_otherwise(word: Callable[[str], Path]) -> None:
    findings = Findings()
    compare_with_docxtpl(word("{% colspan 3"), findings)
    assert [(f.code, f.severity) for f in findings] == [("T108", Severity.WARNING)]
    _assert_told("T108", findings)


def test_a_part_that_does_not_parse() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w:p>")
    nothing = Expected((), Allowed(2022, ()), {})
    name = "某局-2022年度单位决算公开.docx"
    findings = Findings(WordGate().check(name, content.getvalue(), {}, nothing))
    assert [(f.code, f.severity) for f in findings] == [("P102", Severity.ERROR)]
    _assert_told("P102", findings)


def test_braces_of_a_text_in_the_document(folder: Path) -> None:
    _edit(folder / "文字.md", "# 职责\n", "# 职责\n\n{{ 单位 }}\n")
    prepared = prepare(Job(folder), layouts=("report.md",))
    compose(prepared, ("md",))
    _assert_told("P101", prepared.findings)


def test_files_that_are_there_or_can_t_be_written(folder: Path, tmp_path: Path) -> None:
    _edit(folder / "report.yaml", "单位: 晋城市人力资源和社会保障局", "单位: 晋城/人社局")
    prepared = prepare(Job(folder), layouts=("report.md",))
    publication = compose(prepared, ("md",))
    out, blocked = tmp_path / "有" / "out", tmp_path / "out"
    blocked.write_text("不是文件夹", encoding="utf-8")
    for target in (out, out, blocked):
        publish(prepared, publication, target, overwrite=False)
    _assert_told("F101 F102 F103", prepared.findings)
