"""主栏: which column a row stands for in a table of several groups of columns."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.checks.completeness.asked import Asking
from reportgen.errors import ColumnError
from reportgen.findings import Findings, Place
from reportgen.language import PAGE, Page
from reportgen.language.marks import strip
from reportgen.narrative import WORDING, narrative_environment, rules_environment
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.starter import starter_files
from reportgen.rules.outline import Heading
from tests.layouts.books import write_tables
from tests.layouts.test_provinces import CASES, DATA, tree

NAME = "final-accounts/yunnan-2024"
SETTING = "  主栏: 本年支出/合计\n"
OTHER = ("204 公共安全支出", "20402 公安", "2040201 行政运行")
TREE = ("201 一般公共服务支出", "20101 人大事务", "2010101 行政运行")


def _templates(folder: Path, setting: str) -> Path:
    templates = Path(shutil.copytree(DATA, folder / "模板"))
    file = templates / NAME / "tables.yaml"
    text = file.read_text(encoding="utf-8")
    assert SETTING in text
    file.write_text(text.replace(SETTING, setting), encoding="utf-8")
    return templates


def _prepared(folder: Path, setting: str) -> Prepared:
    templates = _templates(folder, setting)
    bundle = load_bundle(NAME, search_path(templates), Findings())
    assert bundle
    figures = {
        **CASES["yunnan-2024"],
        "表05": {
            **tree("年初结转和结余/项目支出结转和结余", (TREE, 0), (OTHER, 5)),
            **tree("本年支出/基本支出", (TREE, 70), (OTHER, 0)),
            **tree("本年支出/项目支出", (TREE, 20), (OTHER, 0)),
        },
    }
    write_tables(folder / "决算表.xlsx", bundle.profiles, figures)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    lists: dict[str, list[tuple[object, ...]]] = {
        "年初预算": [
            ("科目编码", "科目名称", "年初预算数", "单位"),
            ("合计", "", 100, "万元"),
            ("201", "一般公共服务支出", 100, "万元"),
        ],
        "用途": [("表", "行", "用途"), ("表05", "201", "保障机构运转")],
        "上年数": [("表", "行", "列", "上年数", "单位"), ("表05", "201", "", 80, "万元")],
    }
    for name, rows in lists.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "补充数据.xlsx")
    text = f"模板: {NAME}\n单位: 某市某局\n层级: 部门\n年度: 2024\n上年: 有\n"
    files = "文件: {决算表: 决算表.xlsx, 补充数据: 补充数据.xlsx}\n"
    (folder / "report.yaml").write_text(text + files, encoding="utf-8")
    return prepare(Job(folder, templates), Gate.DATA)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return _prepared(tmp_path_factory.mktemp("主栏"), SETTING)


@pytest.fixture(scope="module")
def unnamed(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return _prepared(tmp_path_factory.mktemp("无主栏"), "")


def _rendered(prepared: Prepared, source: str) -> tuple[str, Page]:
    assert prepared.bundle
    page = Page(Place("甲"))
    names = {**prepared.context, PAGE: page, WORDING: prepared.bundle.wording}
    return strip(narrative_environment().from_string(source).render(names)), page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 类|金额 }}", "90.00万元"),
        ("{{ 表05.类|非零|名单 }}", "一般公共服务支出"),
        ("{{ 表05.类|列示(零项='不列')|名单 }}", "一般公共服务支出"),
        ("{{ 类.年初预算|金额 }}", "100.00万元"),
        ("{{ 类['本年支出/合计']|完成(年初预算) }}", "完成年初预算的90.00%"),
        ("{{ 类|完成(类.年初预算) }}", "完成年初预算的90.00%"),
        ("{{ 类['本年支出/合计']|完成(类.年初预算) }}", "完成年初预算的90.00%"),
        ("{{ 类|增减 }}", "增加10.00万元，增长12.5%"),
        ("{{ 类['本年支出/合计'].用途 }}", "保障机构运转"),
        ("{{ 表05['合计', '本年支出/合计'].年初预算|金额 }}", "100.00万元"),
    ],
)
def test_a_row_stands_for_its_main_column(named: Prepared, source: str, expected: str) -> None:
    text, page = _rendered(named, "{% set 类 = 表05.类|first %}" + source)
    assert (text, [str(finding) for finding in page.findings]) == (expected, [])


def test_nothing_is_said_of_the_budgets(named: Prepared) -> None:
    assert [str(f) for f in named.findings if f.code == "D115"] == []


@pytest.mark.parametrize(
    "source",
    ["{{ 类|金额 }}", "{{ 表05.类|非零|名单 }}", "{{ 类.年初预算|金额 }}", "{{ 类 is 增加 }}"],
)
def test_without_one_nobody_knows_which_is_meant(unnamed: Prepared, source: str) -> None:
    with pytest.raises(ColumnError) as raised:
        _rendered(unnamed, "{% set 类 = 表05.类|first %}" + source)
    assert "公开05表有几栏并列的数，没有写栏名" in str(raised.value)
    assert "“表05”里写“主栏: 本年支出/合计”" in raised.value.hint


def test_without_one_a_named_column_is_still_its_own(unnamed: Prepared) -> None:
    text, _ = _rendered(unnamed, "{{ 表05.类|非零('本年支出/合计')|名单 }}")
    assert text == "一般公共服务支出"


def test_budgets_of_no_column_are_a_finding(unnamed: Prepared) -> None:
    found = [str(f) for f in unnamed.findings if f.code == "D115"]
    assert len(found) == 2
    assert "没有写栏名，不知道取哪一栏：这里的上年数" in found[0] + found[1]
    assert "这里的年初预算数。请在 tables.yaml 的“表05”里写“主栏: 本年支出/合计”。" in found[1]


def test_the_narrative_has_a_finding_at_its_line(tmp_path: Path) -> None:
    prepared = _prepared(tmp_path, "")
    assert prepared.bundle
    file = tmp_path / "模板" / NAME / "narrative.md"
    block = '{% extends "final-accounts/common/narrative.md" %}\n{% block 说明 %}\n# 甲\n\n'
    file.write_text(f"{block}{{{{ (表05.类|first)|金额 }}}}\n{{% endblock %}}\n", encoding="utf-8")
    found = prepare(Job(tmp_path, tmp_path / "模板"), Gate.NARRATIVE).findings
    (told,) = [str(finding) for finding in found if finding.code == "T105"]
    assert told == (
        f"{NAME}/narrative.md:5: T105 模板运行出错：公开05表有几栏并列的数，没有写栏名，"
        "不知道取哪一栏。请在 tables.yaml 的“表05”里写“主栏: 本年支出/合计”，"
        "或在这里写出栏名：类['本年支出/合计']、非零('本年支出/合计')。"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("本年支岀/合计", "主栏里的“本年支岀/合计”没有这一栏。是否应为“本年支出/合计”？"),
        ("合计", "主栏里的“合计”不止一栏。"),
        ("科目名称", "主栏里的“科目名称”不是填数字的栏。"),
    ],
)
def test_a_main_column_is_one_of_figures(tmp_path: Path, written: str, said: str) -> None:
    findings = Findings()
    templates = _templates(tmp_path, f"  主栏: {written}\n")
    assert load_bundle(NAME, search_path(templates), findings) is None
    (told,) = [str(finding) for finding in findings]
    assert told.startswith(f"{NAME}/tables.yaml:40:3: C104 表05的{said}")


def test_the_blank_workbook_asks_for_uses_and_budgets_of_its_rows(tmp_path: Path) -> None:
    templates = _templates(tmp_path, SETTING)
    file = templates / NAME / "narrative.md"
    file.write_text(
        '{% extends "final-accounts/common/narrative.md" %}\n{% block 说明 %}\n'
        "{% for 类 in 表05.类|非零 %}{{ 类['本年支出/合计']|完成(年初预算) }}"
        "{{ 类['本年支出/合计'].用途 }}{{ 类|增减 }}{% endfor %}\n{% endblock %}\n",
        encoding="utf-8",
    )
    bundle = load_bundle(NAME, search_path(templates), Findings())
    assert bundle
    book = openpyxl.load_workbook(BytesIO(starter_files(bundle)["补充数据.xlsx"]))
    assert {"年初预算", "用途", "上年数"} <= set(book.sheetnames)
    told = " ".join(str(cell.value) for row in book["上年数"].iter_rows() for cell in row)
    assert "列写“本年支出/合计”" in told


def test_an_outline_lists_the_rows_of_the_main_column(named: Prepared, unnamed: Prepared) -> None:
    heading = Heading("甲", Place("outline.yaml"), listed="表05.类|非零")
    findings = Findings()
    found = Asking(named.context, rules_environment(), findings).items(heading, heading.listed)
    assert (found, len(findings)) == (["一般公共服务支出"], 0)
    Asking(unnamed.context, rules_environment(), findings).items(heading, heading.listed)
    (told,) = [str(finding) for finding in findings]
    assert told.startswith("outline.yaml: T106 “甲”的“表05.类|非零”不能计算：公开05表有几栏并列")
    assert "“主栏: 本年支出/合计”" in told
