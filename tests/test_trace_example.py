"""The trace of the example is true: each formula, computed again from the workbooks' cells."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from reportgen.cli.app import run
from reportgen.outputs.rows import TraceRow, trace_rows
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.papers import _lines
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose

EXAMPLE = Path(__file__).parents[1] / "examples" / "jincheng-2022"
NAME = "晋城市人力资源和社会保障局-2022年度单位决算公开"
UNITS = {"元": 1, "万元": 10000, "": 1}
_SUM = re.compile(r"求和\(([^()\[\]]+\[[^\[\]]+\]![^()]+)\)( \* \d+)?")
_CELL = re.compile(r"([^()\[\] ]+)\[([^\[\]]+)\]!([A-Z]+\d+)( \* \d+)?")
_PRINTED = re.compile(r"按印出数（0\.01(万?元)?）")


@dataclass
class Made:
    prepared: Prepared
    rows: list[TraceRow]
    marked: str


def _made(*formats: str) -> Made:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_SOFFICE", "")
        prepared = prepare(Job(EXAMPLE), layouts=("report.md",))
        publication = compose(prepared, formats)
    assert prepared.page
    lines = list(_lines(publication, prepared.page.charts))
    shown = {span.number for line in lines for span in line.spans if span.number}
    assert shown == set(range(1, len(prepared.page.citations) + 1))  # each citation has a row
    return Made(prepared, list(trace_rows(lines, prepared.page.citations)), publication.marked)


@pytest.fixture(scope="module")
def made() -> Made:
    return _made("docx")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("单位")
    shutil.copytree(EXAMPLE, folder / "报告")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_SOFFICE", "")
        assert run(["render", str(folder / "报告"), "-o", str(folder / "out"), "--annotate"]) == 0
    return folder / "out"


@cache
def book(name: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(EXAMPLE / name, data_only=True)


def number(content: object) -> Decimal:
    text = repr(content) if isinstance(content, float) else str(content or 0)
    return Decimal(text.replace(",", ""))


def recomputed(formula: str, rounding: str) -> Decimal:
    """The value of a formula in cells; operands rounded first where the row says so."""
    printed = _PRINTED.search(rounding)
    values: dict[str, Decimal] = {}

    def put(value: Decimal, times: str | None) -> str:
        value *= Decimal((times or "1").strip(" *"))
        if printed:
            unit = UNITS[printed[1] or ""]
            value = (value / unit).quantize(Decimal("0.01"), ROUND_HALF_UP) * unit
        values[f"v{len(values)}"] = value
        return f"v{len(values) - 1}"

    def added(match: re.Match[str]) -> str:
        first, *rest = match[1].split(", ")
        file, sheet, address = re.fullmatch(r"(.+)\[(.+)\]!(.+)", first).groups()  # type: ignore[union-attr]
        found = sum(number(v) for a in (address, *rest) for v in cells(file, sheet, a))
        return put(Decimal(found), match[2])

    def single(match: re.Match[str]) -> str:
        return put(number(next(cells(match[1], match[2], match[3]))), match[4])

    expression = _CELL.sub(single, _SUM.sub(added, formula))
    assert re.fullmatch(r"[v\d+\-*/() ]+", expression), expression
    result: Decimal = eval(expression, {"__builtins__": {}}, values)
    return result


def cells(file: str, sheet: str, address: str) -> Iterator[Any]:
    left, top, right, bottom = range_boundaries(address)
    for row in book(file)[sheet].iter_rows(top, bottom, left, right, values_only=True):
        yield from row


def test_every_formula_gives_the_exact_value(made: Made) -> None:
    checked = 0
    for row in made.rows:
        if not row.cells:
            assert row.text == "16"  # 内设机构: counted in 文字.md
            continue
        if row.value is None:
            assert row.text in {"与上年基本持平", "与上年相同"}
            continue
        if row.rounding == "除数为0，按0%写":
            assert recomputed(row.cells.split(" / ")[-1], "") == row.value == 0
            continue
        if "、" in row.cells:  # full marks, or those of 0 ÷ 0: cells that were looked at
            assert row.figures[0].name in ("执行率得分", "执行率")
            continue
        value = recomputed(row.cells, row.rounding)
        if "/" in row.cells:
            assert round(value, 20) == round(row.value, 20), row
        else:
            assert value == row.value, row
        checked += 1
    assert checked > 580
    assert sum("/" in row.cells for row in made.rows) > 55
    assert sum("+" in row.cells for row in made.rows) > 5


def test_every_text_is_the_value_rounded_once(made: Made) -> None:
    for row in made.rows:
        if row.value is None:
            continue
        match = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)(万元|元|%)?", row.text)
        assert match, row.text
        amount = row.figures[0].kind == "元"
        unit = match[2] or ("万元" if amount and row.figures[0].scale != 1 else "")
        unit = "%" if row.figures[0].kind == "比率" else unit
        form = amount and row.section.endswith("自评表")  # in 万元, up to three decimals
        unit = "万元" if form else unit
        scale = Decimal("0.01") if unit == "%" else Decimal(UNITS[unit])
        step = Decimal("0.001" if form else "0.01")
        rounded = (row.value / scale).quantize(step, ROUND_HALF_UP)
        assert Decimal(match[1].replace(",", "")) == rounded, row
        exact = row.value / scale == rounded
        assert (
            "未舍入" in row.rounding or "相减" in row.rounding or "除数" in row.rounding
        ) is exact


def test_known_rows(made: Made) -> None:
    rows = [row for row in made.rows if row.sentence.startswith("与2021年相比，收入总计")]
    assert [(row.text, row.names, row.cells) for row in rows[:2]] == [
        (
            "56,533,273.95元",
            "收入总计.上年 - 收入总计\n收入总计＝表01.行['收入/总计']",
            "补充数据.xlsx[上年数]!D2 - 决算表.xlsx[公开01表]!C37",
        ),
        (
            "47.54%",
            "(收入总计.上年 - 收入总计) / 收入总计.上年\n收入总计＝表01.行['收入/总计']",
            "(补充数据.xlsx[上年数]!D2 - 决算表.xlsx[公开01表]!C37) / 补充数据.xlsx[上年数]!D2",
        ),
    ]
    [expenses] = [row for row in made.rows if row.cells == "决算表.xlsx[公开02表]!I9"]
    assert expenses.sentence == "20801 人力资源和社会保障管理事务｜其他收入"
    assert expenses.section == "第二部分 2022年部门决算表 › 二、收入决算表"
    cars = [row for row in made.rows if row.cells == "决算表.xlsx[公开10表]!C23"]
    assert [(row.sentence.split("｜")[0], row.names) for row in cars] == [
        ("8.其他用车 15", "其他用车（表10/15）"),
        (cars[1].sentence, "其他用车＝表10.行[15]"),
    ]


def test_the_markdown_alone_has_the_same_narrative(made: Made) -> None:
    written = _made("md")

    def narrated(rows: list[TraceRow]) -> list[tuple[str, str, str]]:
        part = [row for row in rows if row.section.startswith("第三部分")]
        return [(row.text, row.names, row.sentence) for row in part]

    assert narrated(written.rows) == narrated(made.rows)
    assert len(narrated(made.rows)) > 150
    assert len(written.rows) == len(made.rows)


def test_the_workbook_has_every_row_and_links_that_lead_there(out: Path, made: Made) -> None:
    sheets = openpyxl.load_workbook(out / "内部" / f"{NAME}.trace.xlsx")
    sheet = sheets["数字"]
    assert sheet.max_row == len(made.rows) + 1
    assert [cell.value for cell in sheet["E"][1:]] == [row.text for row in made.rows]
    for cell in sheet["I"][1:]:
        if cell.value:
            target = (out / "内部" / cell.hyperlink.target).resolve()
            assert target.is_file()
            sheet_name, address = cell.value.split("!")
            assert cell.hyperlink.location == f"'{sheet_name}'!{address}"
    waived = list(sheets["豁免"].iter_rows(min_row=2, values_only=True))
    codes = ["D703", "D405", *["S105"] * 4, *["S103"] * 2, *["S106"] * 3]
    assert sorted(str(line[0]) for line in waived) == sorted(codes)
    told = [str(cell.value) for cell in sheets["检查"]["D"]]
    assert sum("已豁免" in text for text in told) == len(codes)
    assert [cell.value for cell in sheets["输入文件"]["A"][1:6]] == [
        "report.yaml",
        "决算表.xlsx",
        "补充数据.xlsx",
        "原因.xlsx",
        "项目.xlsx",
    ]


def test_the_annotated_copy_says_what_the_document_says(out: Path, made: Made) -> None:
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [f"{NAME}.docx", f"{NAME}.md", "内部"]
    )
    plain = docx.Document(str(out / f"{NAME}.docx"))
    noted = docx.Document(str(out / "内部" / f"{NAME}-批注.docx"))
    assert [p.text for p in noted.paragraphs] == [p.text for p in plain.paragraphs]
    assert list(plain.comments) == []
    assert made.prepared.page
    wanted = [c.text for c in made.prepared.page.citations if c.made != "表数"]
    assert len(list(noted.comments)) == len(wanted) > 280
    assert sorted(anchored(noted)) == sorted(wanted)
    assert any("补充数据.xlsx[上年数]!D2" in comment.text for comment in noted.comments)
    assert {comment.author for comment in noted.comments} == {"reportgen"}


def anchored(document: docx.document.Document) -> Iterator[str]:
    """The texts between the two ends of every comment's range."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    texts: dict[str, str] = {}
    opened: set[str] = set()
    for element in document.element.body.iter():
        if element.tag == f"{w}commentRangeStart":
            opened.add(element.get(f"{w}id"))
        elif element.tag == f"{w}commentRangeEnd":
            opened.remove(element.get(f"{w}id"))
        elif element.tag == f"{w}t":
            for number in opened:
                texts[number] = texts.get(number, "") + (element.text or "")
    yield from texts.values()


def test_a_second_run_writes_the_same_bytes(out: Path, tmp_path: Path) -> None:
    again = out.parent / "再"
    assert run(["render", str(out.parent / "报告"), "-o", str(again), "--annotate"]) == 0
    for name in (f"{NAME}.trace.xlsx", f"{NAME}-批注.docx"):
        assert (again / "内部" / name).read_bytes() == (out / "内部" / name).read_bytes()


def test_a_paper_that_a_reviewer_wrote_in_is_kept(tmp_path: Path, capsys: Any) -> None:
    folder, target = str(EXAMPLE), tmp_path / "out"
    paper = target / "内部" / f"{NAME}.trace.xlsx"
    assert run(["render", folder, "-o", str(target), "-f", "md"]) == 0
    assert run(["render", folder, "-o", str(target), "-f", "docx"]) == 0  # brought up to date
    workbook = openpyxl.load_workbook(paper)
    workbook["数字"]["M2"] = "已核"
    workbook.save(paper)
    ticked = paper.read_bytes()
    (target / f"{NAME}.md").unlink()
    capsys.readouterr()
    assert run(["render", folder, "-o", str(target), "-f", "md"]) == 1
    assert f"{NAME}.trace.xlsx: F101" in "".join(capsys.readouterr())
    assert paper.read_bytes() == ticked
    assert not (target / f"{NAME}.md").exists()
    options = ["render", folder, "-o", str(target), "-f", "md", "--overwrite"]
    assert run(options) == 1
    assert f"{NAME}.trace.xlsx: F104" in "".join(capsys.readouterr())
    assert paper.read_bytes() == ticked
    assert (target / f"{NAME}.md").exists()
    assert run([*options, "--discard-edits"]) == 0
    assert paper.read_bytes() != ticked


def test_comments_need_a_word_file(tmp_path: Path, capsys: Any) -> None:
    target = tmp_path / "out"
    assert run(["render", str(EXAMPLE), "-o", str(target), "-f", "md", "--annotate"]) == 2
    assert "-f docx" in "".join(capsys.readouterr())
    assert not target.exists()
