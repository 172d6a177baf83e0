"""A folder as init makes it: what it holds, and what the check asks for."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import Finding, Findings, Severity
from reportgen.outputs.blank.book import INPUT, TOTAL
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.starter import starter_files
from reportgen.sources.lists import GUIDE
from tests.starter.conftest import ANSWERS, EXAMPLES, answer, bundle_of, usable

Folders = Callable[[str], Path]
QUESTIONS = [("单位", 5), ("层级", 6), ("年度", 7), ("上年", 8)]


def found(folder: Path, upto: Gate = Gate.NARRATIVE) -> list[Finding]:
    """The findings of a check."""
    return prepare(Job(folder), upto).findings.sorted()


@pytest.fixture(params=usable())
def name(request: pytest.FixtureRequest) -> str:
    """Every bundle that reports can use."""
    return str(request.param)


def test_untouched_folders_are_asked_for_what_only_the_unit_knows(
    name: str, folders: Folders
) -> None:
    asked = [(str(f.place), f.code, f.message) for f in found(folders(name))]
    assert asked == [
        (f"report.yaml:{line}:1", "C107", f"还没有填写“{key}”。") for key, line in QUESTIONS
    ]


def test_a_question_that_is_deleted_is_asked_too(folders: Folders) -> None:
    folder = folders("final-accounts/shanxi-2022")
    answer(folder)
    path = folder / "report.yaml"
    lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("年度")]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [(f.code, f.message) for f in found(folder)] == [("C103", "缺少“年度”。")]


def test_a_wrong_answer_is_told_beside_an_open_question(folders: Folders) -> None:
    folder = folders("final-accounts/shanxi-2022")
    answer(folder, {**ANSWERS, "单位": "", "层级": "科室"})
    assert sorted(f.code for f in found(folder)) == ["C104", "C107"]


@pytest.mark.parametrize("last_year", ["有", "新设单位"])
def test_with_the_settings_answered_everything_else_is_asked_for(
    name: str, last_year: str, folders: Folders
) -> None:
    folder = folders(name)
    answer(folder, {**ANSWERS, "上年": last_year})
    findings = found(folder)
    errors = {f.code for f in findings if f.severity is Severity.ERROR}
    figures = {"D131"} if (folder / "决算表.xlsx").exists() else {"N102", "W102"}
    assert figures & errors
    assert "W106" in errors  # 文字.md
    # nothing is said of the bundle, of a sheet that can't be read, or of an unknown name
    assert errors <= {"D131", "N102", "N106", "W106", "W102"}
    assert len(findings) < 30


def test_every_heading_of_the_texts_is_one_that_the_narrative_asks_for(
    name: str, folders: Folders
) -> None:
    folder = folders(name)
    answer(folder)
    assert "N107" not in {f.code for f in found(folder)}
    texts = (folder / "文字.md").read_text("utf-8")
    assert "# 职责\n" in texts


def test_workbooks_have_a_guide_frozen_heads_and_a_page(name: str, folders: Folders) -> None:
    for path in sorted(folders(name).glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames[0] == GUIDE
        for sheet in book.worksheets[1:]:
            where = f"{path.name}[{sheet.title}]"
            assert sheet.freeze_panes, where
            assert sheet.print_title_rows, where
            assert sheet.page_setup.paperSize == 9, where
            page = sheet.sheet_properties.pageSetUpPr
            assert page, where
            assert page.fitToPage, where
            tints = {
                cell.fill.fgColor.rgb[2:] for row in sheet.iter_rows() for cell in row if cell.fill
            }
            assert INPUT.lstrip("#") in tints, where


def test_totals_are_formulas_and_nothing_else_is(folders: Folders) -> None:
    book = openpyxl.load_workbook(folders("final-accounts/shanxi-2022") / "决算表.xlsx")
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                is_total = cell.fill.fgColor.rgb == f"FF{TOTAL.lstrip('#')}"
                assert is_total == str(cell.value or "").startswith("="), cell
    assert book["公开01表"]["C33"].value == "=SUM(C7:C14)"
    assert book["公开02表"]["D7"].value == "=SUMPRODUCT(--(LEN($A$8:$A$33)=3),D8:D33)"
    assert book["公开02表"]["C8"].value == '=IF($A8="","",SUM(D8,E8,F8,G8,H8,I8))'


def test_a_document_without_tables_has_its_figures_from_a_list(tmp_path: Path) -> None:
    """本年数 asks by name: money in the unit of the tables, vehicles in 辆, budgets by cell."""
    own = tmp_path / "final-accounts" / "own"
    own.mkdir(parents=True)
    text = "名称: 自编\n上级: final-accounts/shanxi-2022\n印表: 只列标题\n"
    (own / "bundle.yaml").write_text(text, encoding="utf-8")
    bundle = load_bundle("final-accounts/own", search_path(tmp_path), Findings())
    assert bundle
    files = starter_files(bundle)
    assert "决算表.xlsx" not in files
    assert b"\n  # \xe5\x86\xb3" in files["report.yaml"]  # 决算表, a comment
    sheet = openpyxl.load_workbook(io.BytesIO(files["补充数据.xlsx"]))["本年数"]
    rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert rows[1] == ("表", "行", "名称", "列", "本年数", "单位")
    assert ("", "收入总计", "", "", "", "元") in rows
    assert ("", "车辆合计", "", "", "", "辆") in rows
    assert ("表07", "", "", "预算数/合计", "", "元") in rows


def test_a_budget_of_nothing_is_no_blank_table(folders: Folders) -> None:
    """公开07表 in 本年数, with nothing but 0 in it."""
    folder = folders("final-accounts/shanxi-2021")
    answer(folder)
    book = openpyxl.load_workbook(folder / "补充数据.xlsx")
    sheet = book["本年数"]
    [row] = [cell.row for cell in sheet["D"] if cell.value == "预算数/合计"]
    sheet.cell(row, 5).value = 0
    book.save(folder / "补充数据.xlsx")
    assert "D131" not in {f.code for f in found(folder)}


def test_the_same_bundle_gives_the_same_bytes() -> None:
    bundle = bundle_of("final-accounts/shanxi-2022")
    assert starter_files(bundle) == starter_files(bundle)


def test_captions_follow_what_is_typed_on_the_guide(folders: Folders) -> None:
    book = openpyxl.load_workbook(folders("final-accounts/shandong-2021") / "决算表.xlsx")
    questions = [book[GUIDE].cell(row, 1).value for row in (2, 3)]
    assert questions == ["单位全称", "部门或单位"]
    level = f"'{GUIDE}'!$B$3"
    formula = f'=IF({level}="","部门",{level})&"："&\'{GUIDE}\'!$B$2'
    assert book["公开01表"]["A3"].value == formula
    assert book["公开01表"]["F3"].value == "金额单位：万元"


def test_classes_of_a_fixed_table_are_asked_for_by_name() -> None:
    """公开04表 has no codes: its classes are rows of 支出, and 合计 is their column."""
    files = starter_files(bundle_of("final-accounts/shanxi-2021"))
    sheet = openpyxl.load_workbook(io.BytesIO(files["补充数据.xlsx"]))["本年数"]
    hint = str(sheet["A1"].value)
    assert "公开04表的各类，表写“表04”，行写科目名称，列写“支出/合计”。" in hint
    assert "公开05表的各类，表写“表05”，行写科目编码，列写“小计”。" in hint


def test_a_row_that_is_named_asks_for_its_figure_alone(folders: Folders) -> None:
    sheet = openpyxl.load_workbook(folders("final-accounts/shanxi-2022") / "补充数据.xlsx")[
        "上年数"
    ]
    rows = {str(row[1].value): row for row in sheet.iter_rows(min_row=3)}
    tint = f"FF{INPUT.lstrip('#')}"
    assert [cell.fill.fgColor.rgb == tint for cell in rows["收入总计"][:4]] == [False] * 3 + [True]
    assert all(cell.fill.fgColor.rgb == tint for cell in rows["None"][:4])


def test_last_years_that_only_rules_ask_for_stand_last_and_are_read(tmp_path: Path) -> None:
    """D411–D413 hold the opening balance against last year's closing one."""
    files = starter_files(bundle_of("final-accounts/shanxi-2022"))
    sheet = openpyxl.load_workbook(io.BytesIO(files["补充数据.xlsx"]))["上年数"]
    rows = [[str(cell or "") for cell in row[:3]] for row in sheet.iter_rows(values_only=True)]
    asked = [row for row in rows[2:] if row[0]]
    assert asked == [
        ["表01", "年末结转和结余", ""],
        ["表04", "年末财政拨款结转和结余", "合计"],
        ["表08", "合计", "年末结转和结余"],
    ]
    assert "从“表01/年末结转和结余”起的3行只用来核对" in str(sheet["A1"].value)
    folder = tmp_path / "报告"
    shutil.copytree(EXAMPLES / "jincheng-2022", folder)
    book = openpyxl.load_workbook(folder / "补充数据.xlsx")
    for row in asked:
        book["上年数"].append([*row, 12345, "元"])
    book.save(folder / "补充数据.xlsx")
    codes = {f.code for f in found(folder, Gate.DATA) if f.severity is Severity.WARNING}
    assert codes >= {"D411", "D412", "D413"}


def test_texts_that_may_lack_say_what_to_do_without_them() -> None:
    files = starter_files(bundle_of("final-accounts/shandong-2021"))
    texts = files["文字.md"].decode("utf-8")
    assert "（请填写二级预算单位，一行印成一段；没有的，删去这一篇）" in texts
    assert "# 科目说明\n\n## （请填写科目编码和科目名称，" in texts
    assert "# 评价" not in texts  # they go with the sheet 评价, which says so
    assert "# 科目说明" not in starter_files(bundle_of("final-accounts/shanxi-2022"))[
        "文字.md"
    ].decode("utf-8")


@pytest.mark.parametrize("bundle", ["self-evaluation/shanxi", "self-evaluation/shandong"])
def test_a_bundle_for_projects_asks_for_nothing_but_projects(bundle: str) -> None:
    (file, content), *others = starter_files(bundle_of(bundle)).items()
    assert (file, others) == ("项目.xlsx", [])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [GUIDE, "项目", "资金", "指标"]
    guide = [cell.value for row in book[GUIDE].iter_rows() for cell in row if cell.value]
    assert any(f"reportgen batch 项目.xlsx -t {bundle} -o out" in str(text) for text in guide)
    assert not any("reportgen check" in str(text) for text in guide)


@pytest.mark.parametrize(
    ("bundle", "there", "not_there"),
    [
        (
            "self-evaluation/shanxi",
            {"改进措施", "目标申报数", "调整后指标值"},
            {"预算级次", "年初预算数"},
        ),
        (
            "self-evaluation/shandong",
            {"预算级次", "资金使用单位", "年初预算数"},
            {"改进措施", "调整后指标值"},
        ),
    ],
)
def test_the_columns_are_those_that_the_form_prints(
    bundle: str, there: set[str], not_there: set[str]
) -> None:
    files = starter_files(bundle_of(bundle))
    book = openpyxl.load_workbook(io.BytesIO(files["项目.xlsx"]))
    heads = {str(cell.value) for name in book.sheetnames[1:] for cell in book[name][1]}
    heads |= {str(cell.value) for name in book.sheetnames[1:] for cell in book[name][2]}
    shown = {head.partition("（")[0] for head in heads}
    assert there <= shown
    assert not not_there & shown
    assert {"项目名称", "分值", "得分", "自评得分", "涉密", "全年执行数"} <= shown
