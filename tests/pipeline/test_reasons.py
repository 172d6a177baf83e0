"""check --reasons: what it asks, what it keeps, and what it says of reasons gone stale."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table

from reportgen.cli.app import run
from reportgen.findings import Findings
from reportgen.sources.reasons import read_reasons
from reportgen.sources.supplement import Supplement

Check = Callable[..., tuple[int, str, str]]
Edit = Callable[..., None]
Amount = Callable[[str, object], None]
ROOT = Path(__file__).parents[2]
# as files have them that were written before 名称 was added
HEADS = ["章节", "句子", "项目", "基准", "本年数", "基准数", "增减额", "百分比", "原因", "状态"]
ASKED = [
    "收入总计",
    "财政拨款收入总计",
    "一般公共预算财政拨款支出",
    "表05/208",
    "表05/210",
    "三公经费",
    "公务用车运行维护费",
    "公务接待费",
    "机关运行经费",
]


def records(path: Path) -> list[dict[str, Any]]:
    """The rows of 原因.xlsx by head."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def of(path: Path, item: str, base: str = "上年") -> dict[str, Any]:
    """The row of 原因.xlsx of one figure."""
    (found,) = (r for r in records(path) if r["项目"] == item and r["基准"] == base)
    return found


def told(err: str, code: str) -> list[str]:
    """The lines of the console that carry a code."""
    return [line for line in err.splitlines() if f" {code} " in line]


def answered(path: Path, text: str = "按规定办理") -> None:
    """Write a reason in every row that lacks one."""
    book = openpyxl.load_workbook(path)
    [spot] = (cell.column - 1 for cell in book.worksheets[0][1] if cell.value == "原因")
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[spot].value = row[spot].value or text
    book.save(path)


# The round trip ---------------------------------------------------------------------------


def test_from_nothing_to_the_document(folder: Path, reasons: Path, check: Check) -> None:
    reasons.unlink()
    code, out, err = check("--reasons")
    assert code == 1
    assert f"已写入 {reasons}" in out
    assert "要原因的句子9处，待填写9" in out
    assert len(told(err, "N101")) == 9
    assert not told(err, "D101")
    assert [row["项目"] for row in records(reasons)] == ASKED
    assert {row["状态"] for row in records(reasons)} == {"待填写"}
    names = ["公开05表 社会保障和就业支出", "公开05表 卫生健康支出", "“三公”经费"]
    assert [row["名称"] for row in records(reasons)][3:6] == names
    first = records(reasons)[0]
    assert first["章节"] == "一、收入支出决算总体情况说明"
    assert first["句子"].startswith("与2021年相比，收入总计减少56,533,273.95元，下降47.54%，支出")
    assert (first["本年数"], first["基准数"]) == (62373182.64, 118906456.59)
    assert (first["增减额"], first["百分比"], first["原因"]) == (-56533273.95, "47.54%", None)
    answered(reasons)
    assert check()[0] == 0
    assert check("--reasons")[0] == 0
    assert {row["状态"] for row in records(reasons)} == {"已填"}
    out_folder = folder.parent / "输出"
    assert run(["render", str(folder), "-o", str(out_folder), "-f", "md"]) == 0
    (page,) = out_folder.glob("*.md")
    text = page.read_text(encoding="utf-8")
    assert text.count("主要原因是") == 9
    assert "主要原因是按规定办理。" in text
    assert not any("\ue000" <= sign <= "\uf8ff" for sign in text)


def test_nothing_changed_nothing_written(reasons: Path, check: Check) -> None:
    before, stamp = reasons.read_bytes(), reasons.stat().st_mtime_ns
    code, out, _ = check("--reasons")
    assert code == 0
    assert "没有要改的" in out
    assert (reasons.read_bytes(), reasons.stat().st_mtime_ns) == (before, stamp)


def test_check_alone_writes_nothing(folder: Path, reasons: Path, check: Check) -> None:
    reasons.unlink()
    files = sorted(folder.iterdir())
    assert "check --reasons" in told(check()[2], "D101")[0]
    assert sorted(folder.iterdir()) == files


def test_a_new_unit_asks_nothing(folder: Path, reasons: Path, check: Check, edit: Edit) -> None:
    path = folder / "report.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("上年: 有", "上年: 新设单位"), encoding="utf-8")
    reasons.unlink()
    book = openpyxl.load_workbook(folder / "补充数据.xlsx")
    book["上年数"].delete_rows(2, 20)
    book.save(folder / "补充数据.xlsx")
    _, out, err = check("--reasons")
    assert "要原因的句子0处" in out
    assert [cell.value for cell in openpyxl.load_workbook(reasons).worksheets[0][1]] == [
        *HEADS[:3],
        "名称",
        *HEADS[3:],
    ]
    assert records(reasons) == []
    assert not told(err, "D101")
    assert "没有要改的" in check("--reasons")[1]


def test_not_named_in_report_yaml(folder: Path, reasons: Path, check: Check, edit: Edit) -> None:
    path = folder / "report.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  原因: 原因.xlsx\n", ""), encoding="utf-8")
    edit(reasons, lambda sheet: sheet.delete_rows(3))
    _, out, _ = check("--reasons")
    assert "请在“文件”下面加一行：原因: 原因.xlsx" in out
    assert of(reasons, "收入总计")["原因"] == "2022年度项目支出减少"
    assert of(reasons, "财政拨款收入总计")["状态"] == "待填写"
    path.write_text(text, encoding="utf-8")
    assert len(told(check()[2], "N101")) == 1


# Figures that changed ---------------------------------------------------------------------


def test_written_for_other_figures(reasons: Path, check: Check, amount: Amount) -> None:
    amount("机关运行经费", 900000)
    code, _, err = check()
    assert code == 0
    (line,) = told(err, "N121")
    assert line.startswith(
        "警告 原因.xlsx[原因]!I12: N121 “机关运行经费”与上年比的原因是按别的数写的"
    )
    assert "写时本年数1,050,304.34、上年数836,557.38" in line
    assert "现为本年数1,050,304.34、上年数900,000.00" in line
    assert "已复核" in line
    assert check("--reasons")[0] == 0
    row = of(reasons, "机关运行经费")
    assert (row["状态"], row["基准数"], row["增减额"]) == ("待复核", 900000, 150304.34)
    assert (row["原本年数"], row["原基准数"]) == (1050304.34, 836557.38)
    assert row["原因"] == "机关人员正常调入及工资增长"
    assert told(check()[2], "N121") == [line]
    assert "没有要改的" in check("--reasons")[1]


@pytest.mark.parametrize("word", ["已复核", "已填", None])
def test_reviewed(
    reasons: Path, check: Check, amount: Amount, edit: Edit, word: str | None
) -> None:
    amount("机关运行经费", 900000)
    check("--reasons")
    edit(reasons, lambda sheet: setattr(sheet["J12"], "value", word))
    assert not told(check()[2], "N121")
    check("--reasons")
    row = of(reasons, "机关运行经费")
    assert (row["状态"], row["基准数"], row["原基准数"]) == ("已填", 900000, None)
    amount("机关运行经费", 910000)
    assert len(told(check()[2], "N121")) == 1


def test_reviewed_before_the_figures_are_brought_up_to_date(
    reasons: Path, check: Check, amount: Amount, edit: Edit
) -> None:
    amount("机关运行经费", 1100000)
    edit(reasons, lambda sheet: setattr(sheet["J12"], "value", "已复核"))
    code, _, err = check()
    assert code == 0
    assert "check --reasons" in told(err, "N124")[0]
    check("--reasons")
    assert (of(reasons, "机关运行经费")["状态"], of(reasons, "机关运行经费")["增减额"]) == (
        "已填",
        -49695.66,
    )
    assert not told(check()[2], "N124")


@pytest.mark.parametrize(
    ("before", "now"), [(1100000, "减少"), (1050304.34, "持平"), (1050304.33, None)]
)
def test_the_direction_changed(
    folder: Path, check: Check, amount: Amount, before: float, now: str | None
) -> None:
    amount("机关运行经费", before)
    code, _, err = check()
    if now is None:
        assert (code, len(told(err, "N121"))) == (0, 1)
        return
    (line,) = told(err, "N122")
    assert code == 1
    assert line.startswith("错误 原因.xlsx[原因]!I12: ")
    assert f"是为“增加”写的，现在是“{now}”" in line
    out = folder.parent / "输出"
    assert run(["render", str(folder), "-o", str(out)]) == 1
    assert not out.exists()
    assert check("--reasons")[0] == 1
    assert told(check()[2], "N122") == [line]


def test_money_where_there_was_none(reasons: Path, check: Check, amount: Amount) -> None:
    amount("因公出国费", 500)
    assert "为“持平”写的，现在是“减少”" in told(check()[2], "N122")[0]
    check("--reasons")
    amount("因公出国费", 0)
    assert not told(check()[2], "N122")
    check("--reasons")
    row = of(reasons, "因公出国费")
    assert (row["状态"], row["原本年数"], row["原基准数"]) == ("已填", None, None)


@pytest.mark.parametrize(
    ("before", "code"), [(35.62, "N121"), (34.55, "N121"), (34.54, "N122"), (34.53, "N122")]
)
def test_the_direction_is_that_of_what_is_printed(
    check: Check, amount: Amount, before: float, code: str
) -> None:
    """卫生健康支出 345,419.33 is printed as 34.54万元: beside 34.54 it is 持平."""
    amount("210", before)
    _, _, err = check()
    assert [len(told(err, name)) for name in ("N121", "N122")] == [code == "N121", code == "N122"]


@pytest.mark.parametrize(
    ("this", "code"),
    [
        ("1,050,304.34", ""),
        ("１０５０３０４．３４", ""),
        ("105.03万元", ""),
        (1050304, ""),
        (None, ""),
        (105.03, "N122"),
        ("约一百万", "D108"),
        (1050305.34, "N121"),
    ],
)
def test_figures_as_they_were_typed(
    reasons: Path, check: Check, edit: Edit, this: object, code: str
) -> None:
    def change(sheet: Any) -> None:
        sheet["E12"].value, sheet["E12"].number_format = this, "General"

    edit(reasons, change)
    exit_code, _, err = check()
    assert exit_code == (code == "N122")
    lines = [line for line in err.splitlines() if "原因.xlsx" in line]
    assert [code in line for line in lines] == ([True] if code else [])
    if this == 105.03:
        assert "像是以万元填的" in lines[0]
    if this == "1,050,304.34":
        assert "没有要改的" in check("--reasons")[1]


def test_by_hand_without_figures(reasons: Path, check: Check, edit: Edit) -> None:
    """What is typed without figures is taken as written for today's."""

    def change(sheet: Any) -> None:
        for address in ("A12", "B12", "E12", "F12", "G12", "H12", "J12"):
            sheet[address].value = None

    edit(reasons, change)
    assert "原因.xlsx" not in check()[2]
    check("--reasons")
    row = of(reasons, "机关运行经费")
    assert (row["本年数"], row["基准数"], row["百分比"]) == (1050304.34, 836557.38, "25.55%")
    assert (row["状态"], row["原因"]) == ("已填", "机关人员正常调入及工资增长")


def test_a_status_of_ones_own_is_kept(reasons: Path, check: Check, edit: Edit) -> None:
    edit(reasons, lambda sheet: setattr(sheet["J2"], "value", "王科长已看"))
    edit(reasons, lambda sheet: setattr(sheet["J3"], "value", "待复核"))
    assert "标为待复核" in told(check()[2], "N121")[0]
    check("--reasons")
    assert of(reasons, "收入总计")["状态"] == "王科长已看"
    assert of(reasons, "财政拨款收入总计")["状态"] == "待复核"


# What is not asked ------------------------------------------------------------------------


def test_asked_no_more(reasons: Path, check: Check, edit: Edit, amount: Amount) -> None:
    edit(reasons, lambda sheet: setattr(sheet["I12"], "value", None))
    amount("机关运行经费", 1050304.34)
    edit(reasons, lambda sheet: sheet.append([None, None, "支出总计", "上年", *[None] * 4, "甲"]))
    code, _, err = check()
    assert code == 0
    assert [line.partition(" N123 ")[0] for line in told(err, "N123")] == [
        "提示 原因.xlsx[原因]!I13:"
    ]
    check("--reasons")
    assert of(reasons, "机关运行经费")["状态"] == "不再需要"
    assert (of(reasons, "支出总计")["状态"], of(reasons, "支出总计")["原因"]) == ("不再需要", "甲")
    assert not told(check()[2], "N123")
    amount("机关运行经费", 836557.38)
    assert len(told(check("--reasons")[2], "N101")) == 1
    assert of(reasons, "机关运行经费")["状态"] == "待填写"


def test_unread_data_marks_nothing_as_not_needed(
    folder: Path, reasons: Path, check: Check, amount: Amount
) -> None:
    amount("机关运行经费", "没有数")
    check("--reasons")
    assert of(reasons, "机关运行经费")["状态"] == "已填"


# The user's workbook ----------------------------------------------------------------------


def test_all_else_is_kept(reasons: Path, check: Check, amount: Amount) -> None:
    book = openpyxl.load_workbook(reasons)
    sheet = book.worksheets[0]
    sheet.insert_cols(1)
    for row, text in enumerate(("经办人", "张三", "=1+1", "李四"), start=1):
        sheet.cell(row, 1, text)
    sheet.column_dimensions["B"].width = 77
    sheet["J2"].fill = PatternFill("solid", "00FF00")
    sheet["J3"].comment = Comment("请核实", "甲")
    sheet.auto_filter.ref = "A1:K12"
    sheet.row_dimensions[5].hidden = True
    sheet.merge_cells("B6:B7")
    book.create_sheet("底稿")["A1"] = "=SUM(1,2)"
    sheet.delete_rows(12)
    sheet.auto_filter.ref = "A1:K11"
    book.save(reasons)
    amount("公务接待费", 9000)
    check("--reasons")
    book = openpyxl.load_workbook(reasons)
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4)] == ["经办人", "张三", "=1+1", "李四"]
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[5].hidden) == (77, True)
    assert sheet["J2"].fill.fgColor.rgb == "0000FF00"
    assert sheet["J3"].comment.text == "请核实"
    assert "B6:B7" in {str(area) for area in sheet.merged_cells.ranges}
    assert book["底稿"]["A1"].value == "=SUM(1,2)"
    assert sheet.auto_filter.ref == "A1:K12"
    assert [sheet.cell(12, column).value for column in (4, 5, 11)] == [
        "机关运行经费",
        "上年",
        "待填写",
    ]
    assert sheet["J12"].number_format == "@"
    assert [sheet.cell(1, column).value for column in (12, 13)] == ["原本年数", "原基准数"]
    assert of(reasons, "公务接待费")["原基准数"] == 11620


def test_reordered_and_missing_columns(reasons: Path, check: Check) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "原因"
    sheet.append(["原因", "备注", "基准", "项目"])
    for row in records(reasons)[:-1]:
        sheet.append([row["原因"], "甲", row["基准"], row["项目"]])
    book.save(reasons)
    check("--reasons")
    sheet = openpyxl.load_workbook(reasons).worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    assert heads[:4] == ["原因", "备注", "基准", "项目"]
    assert sorted(heads[4:]) == sorted(set(HEADS) - {"原因", "基准", "项目"})
    assert of(reasons, "收入总计")["本年数"] == 62373182.64
    assert of(reasons, "收入总计")["原因"] == "2022年度项目支出减少"
    assert of(reasons, "机关运行经费")["状态"] == "待填写"
    answered_at = heads.index("原因") + 1
    assert sheet.cell(sheet.max_row, answered_at).value is None


def test_the_reasons_need_not_be_the_first_sheet(reasons: Path, check: Check, edit: Edit) -> None:
    book = openpyxl.load_workbook(reasons)
    book.create_sheet("填写说明", 0)["A1"] = "先看这里"
    book.save(reasons)
    code, out, _ = check("--reasons")
    assert (code, "没有要改的" in out) == (0, True)


def test_an_empty_workbook_gets_its_heads(reasons: Path, check: Check) -> None:
    book = openpyxl.Workbook()
    book.save(reasons)
    check("--reasons")
    assert [row["项目"] for row in records(reasons)] == ASKED
    assert openpyxl.load_workbook(reasons).worksheets[0].freeze_panes == "A2"


def test_one_reason_merged_over_two_rows(reasons: Path, check: Check, edit: Edit) -> None:
    def change(sheet: Any) -> None:
        sheet["I5"].value = "年中调整"
        sheet["I6"].value = None
        sheet.merge_cells("I5:I6")
        sheet.merge_cells("J5:J6")

    edit(reasons, change)
    code, out, err = check("--reasons")
    assert (code, told(err, "N101")) == (0, [])
    assert "没有要改的" in out


def test_a_remark_below_the_list(reasons: Path, check: Check, edit: Edit) -> None:
    edit(reasons, lambda sheet: setattr(sheet["A15"], "value", "填表人：张三"))
    edit(reasons, lambda sheet: sheet.delete_rows(2))
    code, _, err = check("--reasons")
    assert (code, len(told(err, "N101"))) == (1, 1)
    sheet = openpyxl.load_workbook(reasons).worksheets[0]
    assert (sheet["A14"].value, sheet["C15"].value) == ("填表人：张三", "收入总计")


def test_a_reason_of_nothing(reasons: Path, check: Check, edit: Edit) -> None:
    edit(reasons, lambda sheet: setattr(sheet["C12"], "value", None))
    code, _, err = check("--reasons")
    assert code == 1
    assert "错误 原因.xlsx[原因]!C12: D115 这一行写了原因，没有写项目。" in err
    assert records(reasons)[10]["原因"] == "机关人员正常调入及工资增长"
    assert of(reasons, "机关运行经费")["状态"] == "待填写"


def test_a_table_grows(reasons: Path, check: Check, edit: Edit) -> None:
    def change(sheet: Any) -> None:
        sheet.delete_rows(2)
        sheet.add_table(Table(displayName="原因表", ref="A1:J11"))

    edit(reasons, change)
    check("--reasons")
    (table,) = openpyxl.load_workbook(reasons).worksheets[0].tables.values()
    assert table.ref == "A1:J12"


def test_text_that_looks_like_a_formula(reasons: Path, check: Check, edit: Edit) -> None:
    def change(sheet: Any) -> None:
        sheet["I2"].value = "=cmd|' /C calc'!A0"
        sheet["I2"].data_type = "s"
        sheet["J2"].value = None

    edit(reasons, change)
    assert check("--reasons")[0] == 0
    cell = openpyxl.load_workbook(reasons).worksheets[0]["I2"]
    assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")


def test_a_sentence_that_looks_like_a_formula(folder: Path, reasons: Path, check: Check) -> None:
    templates = Path(shutil.copytree(ROOT / "templates", folder.parent / "模板"))
    path = templates / "final-accounts" / "shanxi-2022" / "narrative.md"
    text = path.read_text(encoding="utf-8")
    text = text.replace("{{ 收入总计|原因(尾='。') }}", "\n\n=1+1{{ 收入总计|原因 }}")
    path.write_text(text, encoding="utf-8")
    check("--reasons", "--templates", str(templates))
    cell = openpyxl.load_workbook(reasons).worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")


# Bundles ----------------------------------------------------------------------------------


def test_a_bar(folder: Path, reasons: Path, check: Check) -> None:
    templates = Path(shutil.copytree(ROOT / "templates", folder.parent / "模板"))
    path = templates / "final-accounts" / "shanxi-2022" / "wording.yaml"
    given = "原因起点: {上年: {比例: 25%, 金额: 100万元, 条件: 同时}}\n"
    path.write_text(path.read_text(encoding="utf-8") + given, encoding="utf-8")
    reasons.unlink()
    check("--reasons", "--templates", str(templates))
    assert [row["项目"] for row in records(reasons)] == ASKED[:3]


@pytest.mark.parametrize(
    "given", ["{上年: {比例: 5}}", "{上年: {金额: 100}}", "{去年: {}}", "{上年: {比率: 5%}}"]
)
def test_a_bar_that_is_none(folder: Path, check: Check, given: str) -> None:
    templates = Path(shutil.copytree(ROOT / "templates", folder.parent / "模板"))
    path = templates / "final-accounts" / "shanxi-2022" / "wording.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}原因起点: {given}\n", encoding="utf-8")
    code, _, err = check("--templates", str(templates))
    assert code == 1
    assert f"wording.yaml:{len(text.splitlines()) + 1}:" in err


def test_two_bases_and_reasons_without_the_filter(
    folder: Path, reasons: Path, check: Check
) -> None:
    templates = Path(shutil.copytree(ROOT / "templates", folder.parent / "模板"))
    path = templates / "final-accounts" / "shanxi-2022" / "narrative.md"
    text = path.read_text(encoding="utf-8").replace(
        "{{ 三公经费|原因(引语='主要原因是：', 尾='。') }}",
        "因为{{ 三公经费.上年原因 }}。少于预算是因为{{ 三公经费.预算原因 }}。"
        "{{ 公务接待费|原因(全年预算, 尾='。') }}",
    )
    path.write_text(text, encoding="utf-8")
    check("--reasons", "--templates", str(templates))
    assert of(reasons, "三公经费")["状态"] == "已填"
    row = of(reasons, "三公经费", "全年预算")
    assert (row["状态"], row["句子"]) == ("待填写", "少于预算是因为")
    row = of(reasons, "公务接待费", "全年预算")
    assert (row["本年数"], row["百分比"], row["状态"]) == (8703, "43.52%", "待填写")
    assert of(reasons, "公务接待费")["状态"] == "已填"


# Size -------------------------------------------------------------------------------------


def test_ten_thousand_rows(reasons: Path, check: Check, edit: Edit, amount: Amount) -> None:
    def change(sheet: Any) -> None:
        for number in range(10_000):
            sheet.append([None, None, "支出总计", "全年预算", *[None] * 4, None, f"备{number}"])

    edit(reasons, change)
    amount("机关运行经费", 900000)
    check("--reasons")
    found = records(reasons)
    assert len(found) == 10_011
    assert found[10]["状态"] == "待复核"
    assert found[-1]["状态"] == "不再需要"


def test_what_is_written_is_read_back(reasons: Path, check: Check) -> None:
    reasons.unlink()
    check("--reasons")
    findings = Findings()
    sheet = read_reasons(reasons, Supplement(), findings)
    assert sheet is not None
    assert not list(findings)
    stated = {row.address.row: row.figures[0] for row in sheet.rows}
    assert str(stated["收入总计"].value if stated["收入总计"] else "") == "62373182.64"


def test_json_is_nothing_but_the_array(check: Check) -> None:
    _, out, _ = check("--reasons", "--output-format", "json")
    assert isinstance(json.loads(out), list)
