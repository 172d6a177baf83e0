"""Sheets that others laid out: the published budget, and the platform's form of counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import Absent, Figure
from reportgen.sources.supplement import Supplement, read_supplement

Rows = Sequence[Sequence[object]]
FILE = "部门预算.xlsx"
TITLE = "2022年一般公共预算支出表"
UNIT = ("", "", "", "", "单位：万元")
HEADS = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
TREE: Rows = [
    ("合计", "", 130.5, 100, 30.5),
    ("208", "社会保障和就业支出", 120.5, 90, 30.5),
    ("20801", "人力资源和社会保障管理事务", 120.5, 90, 30.5),
    ("2080101", "行政运行", 90, 90, None),
    ("2080199", "其他人力资源和社会保障管理事务支出", "30.50", None, 30.5),
    ("221", "住房保障支出", 10, 10, None),
]
READ = {
    "合计": 1305000,
    "208": 1205000,
    "20801": 1205000,
    "2080101": 900000,
    "2080199": 305000,
    "221": 100000,
}


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    found = load_bundle("final-accounts/shanxi-2022", search_path(), Findings())
    assert found is not None
    return found


class Read:
    def __init__(self, bundle: Bundle, folder: Path, books: Mapping[str, Mapping[str, Rows]]):
        paths = []
        for file, sheets in books.items():
            book = openpyxl.Workbook()
            book.remove(book.worksheets[0])
            for name, rows in sheets.items():
                fill(book.create_sheet(name), rows)
            book.save(folder / file)
            paths.append(folder / file)
        findings = Findings()
        self.supplement: Supplement = read_supplement(
            paths,
            bundle.supplement,
            findings,
            budgets=bundle.settings.published_budgets,
            year=2022,
        )
        self.told = [f"{finding.place} {finding.code}" for finding in findings]
        self.messages = [finding.message for finding in findings]

    @property
    def budgets(self) -> dict[str, Decimal]:
        found = self.supplement.relations
        assert {name for _, name, _ in found} <= {"年初预算"}
        return {address.row: figure.value for address, _, figure in found}

    def count(self, name: str, sheet: str = "机构运行") -> tuple[int, str] | None:
        value = self.supplement.values[sheet][name]
        if isinstance(value, Absent):
            return None
        assert isinstance(value, Figure)
        return int(value.value), str(value.places[0])


def fill(sheet: Worksheet, rows: Rows) -> None:
    for row in rows:
        sheet.append(list(row))


def published(*heads: Sequence[object], rows: Rows = TREE, title: str = TITLE) -> Rows:
    return [(title,), UNIT, *heads, *rows]


def apart(text: object) -> tuple[object, ...]:
    """类, 款 and 项 in three columns, each row with its own level only."""
    code = str(text)
    if not code.isdigit():
        return (text, "", "")
    level = {3: 0, 5: 1, 7: 2}[len(code)]
    parts: list[object] = ["", "", ""]
    parts[level] = code if level == 0 else int(code[-2:])
    return tuple(parts)


LAYOUTS: dict[str, Rows] = {
    "one row of heads": published(HEADS),
    "two rows of heads": published(
        ("项目", "", "2022年预算数", "", ""),
        ("科目编码", "科目名称", "小计", "基本支出", "项目支出"),
        ("栏次", "", 1, 2, 3),
    ),
    "with last year": published(
        ("功能分类科目", "", "2021年预算数", "2022年预算数", "", "2022年比2021年增减"),
        ("科目编码", "科目名称", "", "合计", "项目支出", "增减额"),
        rows=[(row[0], row[1], 1, row[2], row[4], 9) for row in TREE],
    ),
    "codes in three columns": published(
        ("科目编码", "", "", "科目名称", "合计", "基本支出"),
        ("类", "款", "项", "", "", ""),
        rows=[(*apart(row[0]), row[1], row[2], row[3]) for row in TREE],
    ),
    "the unit's own line": published(
        HEADS, rows=[TREE[0], ("", "某市某局", 130.5, 100, 30.5), *TREE[1:]]
    ),
    "a title with number and unit": published(
        HEADS, title="表五：某市某局2022年度一般公共预算支出预算表"
    ),
    "a note below": [*published(HEADS), ("注：本表反映部门本年度一般公共预算支出情况。",)],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_published_budget_is_the_initial_budget(
    bundle: Bundle, tmp_path: Path, layout: str
) -> None:
    others = {"收支总表": [("部门收支总表",), UNIT, ("收入", "预算数"), ("一、拨款", 1)]}
    read = Read(bundle, tmp_path, {FILE: {**others, "5": LAYOUTS[layout]}})
    assert read.told == []
    assert read.budgets == READ
    address, _, figure = read.supplement.relations[3]
    assert (address.row, address.column) == ("2080101", "行政运行")
    assert str(figure.places[0]).startswith(f"{FILE}[5]!")


def test_a_budget_that_is_pasted_into_our_sheet(bundle: Bundle, tmp_path: Path) -> None:
    rows = [HEADS, *TREE]
    read = Read(bundle, tmp_path, {"补充数据.xlsx": {"年初预算": [UNIT, *rows]}})
    assert read.told == []
    assert read.budgets == READ


OWN: Rows = [("科目编码", "科目名称", "年初预算数", "全年预算数"), ("208", "社会保障", 1, 2)]


@pytest.mark.parametrize(
    ("books", "told"),
    [
        pytest.param(
            {"补充数据.xlsx": {"年初预算": OWN}, FILE: {"5": published(HEADS)}},
            f"{FILE}[5]!A1 D118",
            id="in our sheet as well",
        ),
        pytest.param(
            {FILE: {"5": published(HEADS), "副本": published(HEADS)}},
            f"{FILE}[副本]!A1 D118",
            id="twice",
        ),
        pytest.param(
            {FILE: {"5": published(HEADS, title="2021年一般公共预算支出表")}},
            f"{FILE}[5]!A1 D123",
            id="another year",
        ),
        pytest.param(
            {FILE: {"5": published(HEADS, title="表五：某局2021年度一般公共预算支出表")}},
            f"{FILE}[5]!A1 D123",
            id="another year behind the unit",
        ),
        pytest.param(
            {FILE: {"5": published(("科目编码", "科目名称", "2021年预算数"))}},
            f"{FILE}[5] D120",
            id="no column of this year",
        ),
        pytest.param(
            {FILE: {"5": published(HEADS, rows=[*TREE, TREE[5]])}},
            f"{FILE}[5]!C10 D107",
            id="a code twice",
        ),
        pytest.param(
            {FILE: {"5": published(HEADS, rows=[*TREE, ("", "其他", 5)])}},
            f"{FILE}[5]!A10 D112",
            id="money without a code",
        ),
        pytest.param(
            {FILE: {"5": published(HEADS, rows=[*TREE, ("213", "农林水支出", "#REF!")])}},
            f"{FILE}[5]!C10 D109",
            id="an error value",
        ),
        pytest.param(
            {FILE: {"5": published(HEADS, rows=[*TREE, ("213", "农林水支出", "约五万")])}},
            f"{FILE}[5]!C10 D108",
            id="no number",
        ),
        pytest.param(
            {FILE: {"5": [(TITLE,), HEADS, *TREE]}}, f"{FILE}[5] D111", id="no line of the unit"
        ),
        pytest.param(
            {FILE: {"别的": [("一般公共预算收入表",), HEADS, *TREE]}},
            f"{FILE}[别的] D115",
            id="no budget of expenditure",
        ),
    ],
)
def test_budgets_that_cannot_be_read(
    bundle: Bundle, tmp_path: Path, books: Mapping[str, Mapping[str, Rows]], told: str
) -> None:
    assert Read(bundle, tmp_path, books).told == [told]


def test_a_budget_that_our_sheet_completes(bundle: Bundle, tmp_path: Path) -> None:
    """年初预算 may hold 全年预算数 alone."""
    own: Rows = [OWN[0], ("208", "社会保障", None, 2)]
    books = {"补充数据.xlsx": {"年初预算": own}, FILE: {"5": published(HEADS)}}
    read = Read(bundle, tmp_path, books)
    assert read.told == []
    assert len(read.supplement.relations) == len(READ) + 1


FORM: Rows = [
    ("机构运行信息表",),
    ("", "", "", "", "", "", "财决附03表"),
    ("编制单位：某市某局", "", "", "2022年度", "", "", "金额单位：万元"),
    ("项目", "行次", "预算数", "统计数", "项目", "行次", "统计数"),
    ("栏次", "", 1, 2, "栏次", "", 3),
    ("一、“三公”经费支出", 1, "—", "—", "四、政府采购支出信息", 24, "—"),
    ("3．公务接待费", 7, 3, 2.5, "（一）政府采购支出合计", 25, 88),
    ("（1）国内接待费", 8, "—", 2.5, "（二）政府采购授予中小企业合同金额", 29, 60.12),
    ("其中：外事接待费", 9, "—", None, "其中：授予小微企业合同金额", 30, "12.5"),
    ("（2）国（境）外接待费", 10, "—", "—"),
    ("1．因公出国（境）团组数（个）", 12, "—", 0),
    ("2．因公出国（境）人次数（人）", 13, "—", 0),
    ("3．公务用车购置数（辆）", 14, "—", 1),
    ("4．公务用车保有量（辆）", 15, "—", 2),
    ("5．国内公务接待批次（个）", 16, "—", 11),
    ("其中：外事接待批次（个）", 17, "—", 0),
    ("6．国内公务接待人次（人）", 18, "—", "1,234"),
    ("其中：外事接待人次（人）", 19, "—", 0),
    ("7．国（境）外公务接待批次（个）", 20, "—", 0),
    ("8．国（境）外公务接待人次（人）", 21, "—", 0),
]
NAME = "F03 机构运行信息表(财决附03表)"


@pytest.mark.parametrize("untitled", [False, True])
def test_the_platforms_form_of_counts(bundle: Bundle, tmp_path: Path, untitled: bool) -> None:
    rows = FORM[2:] if untitled else FORM
    shift = len(FORM) - len(rows)
    sheets = {"Z12 资产负债简表(财决12表)": [("资产负债简表",)], NAME: rows}
    read = Read(bundle, tmp_path, {"财决.xlsx": sheets})
    assert read.told == []
    assert read.count("国内公务接待人次") == (1234, f"财决.xlsx[{NAME}]!D{17 - shift}")
    assert read.count("公务用车保有量") == (2, f"财决.xlsx[{NAME}]!D{14 - shift}")
    assert read.count("国内接待费") == (25000, f"财决.xlsx[{NAME}]!D{8 - shift}")
    assert read.count("外事接待费") == (0, f"财决.xlsx[{NAME}]!D{9 - shift}")
    assert read.count("国（境）外接待费") is None
    assert read.count("授予中小企业合同金额", "政府采购") == (
        601200,
        f"财决.xlsx[{NAME}]!G{8 - shift}",
    )
    assert read.count("授予小微企业合同金额", "政府采购") == (
        125000,
        f"财决.xlsx[{NAME}]!G{9 - shift}",
    )
    assert all(
        read.count(name) for name in read.supplement.values["机构运行"] if "外接待费" not in name
    )


def test_a_form_that_is_pasted_into_our_sheet(bundle: Bundle, tmp_path: Path) -> None:
    read = Read(bundle, tmp_path, {"补充数据.xlsx": {"机构运行": FORM}})
    assert read.told == []
    assert read.count("国内公务接待批次") == (11, "补充数据.xlsx[机构运行]!D15")


def test_what_our_sheet_and_the_form_both_say(bundle: Bundle, tmp_path: Path) -> None:
    own: Rows = [("项目", "统计数"), ("公务用车保有量", 3)]
    books = {"补充数据.xlsx": {"机构运行": own}, "财决.xlsx": {NAME: FORM}}
    read = Read(bundle, tmp_path, books)
    assert read.told == [f"财决.xlsx[{NAME}]!D14 D107"]
    assert "已在 补充数据.xlsx[机构运行]!B2 填过" in read.messages[0]
    assert read.count("公务用车保有量") == (3, "补充数据.xlsx[机构运行]!B2")


def test_the_form_twice(bundle: Bundle, tmp_path: Path) -> None:
    read = Read(bundle, tmp_path, {"财决.xlsx": {NAME: FORM, "副本": FORM}})
    assert read.told == ["财决.xlsx[副本]!A1 D118"]
    assert f"在 财决.xlsx[{NAME}]!A1 已经有一张" in read.messages[0]
