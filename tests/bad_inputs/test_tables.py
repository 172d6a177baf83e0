"""Published tables that are incomplete, renamed, doubled or stated in another unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from openpyxl import Workbook

Found = Callable[..., Mapping[str, str]]
Book = Callable[..., None]
FILE = "决算表.xlsx"


def _without(sheet: str) -> Callable[[Workbook], None]:
    return lambda book: book.remove(book[sheet])


def _deleted_row(sheet: str, row: int) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].delete_rows(row)


def _deleted_column(book: Workbook) -> None:
    sheet = book["公开03表"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.delete_cols(5)


def _retitled(book: Workbook) -> None:
    book["公开05表"]["A1"] = "一般公共预算财政拨款支出决箅表"
    book["公开05表"]["E2"] = None


def _copied(book: Workbook) -> None:
    book.copy_worksheet(book["公开05表"]).title = "副本"


def _no_heads(book: Workbook) -> None:
    for row in book["公开05表"]["A4:E6"]:
        for cell in row:
            if cell.coordinate in {"A4", "C4", "A6", *"ABCDE"} or cell.row == 5:
                cell.value = None


@pytest.mark.parametrize(
    ("change", "head", "said"),
    [
        pytest.param(
            _without("公开05表"),
            f"错误 {FILE} D103",
            "找不到“一般公共预算财政拨款支出决算表”（公开05表）",
            id="missing table",
        ),
        pytest.param(
            _retitled,
            f"错误 {FILE} D103",
            "标题“一般公共预算财政拨款支出决箅表”是否应为“一般公共预算财政拨款支出决算表”？",
            id="other title",
        ),
        pytest.param(
            _copied, f"错误 {FILE}[副本]!A1 D118", f"在 {FILE}[公开05表]!A1 已经有一张", id="twice"
        ),
        pytest.param(
            _no_heads, f"错误 {FILE}[公开05表] D120", "表头应含“功能分类科目编码", id="no heads"
        ),
        pytest.param(
            _deleted_column, f"错误 {FILE}[公开03表] D104", "缺少“项目支出”", id="missing column"
        ),
        pytest.param(
            lambda book: book["公开03表"]["E4"].__setattr__("value", "项目只出"),
            f"错误 {FILE}[公开03表]!E4 D104",
            "缺少“项目支出”这一栏。表头“项目只出”是否应为“项目支出”？",
            id="renamed column",
        ),
        pytest.param(
            lambda book: book["公开03表"]["E4"].__setattr__("value", "附注"),
            f"错误 {FILE}[公开03表] D104",
            "缺少“项目支出”这一栏。请按公开格式在表头（第4至5行）补上这一栏。",
            id="nothing like it",
        ),
        pytest.param(
            lambda book: book["公开07表"]["I5"].__setattr__("value", None),
            f"错误 {FILE}[公开07表]!I6 D104",
            "缺少“决算数/公务用车购置及运行维护费/小计”这一栏：“小计”上面没有表头“公务用车购置及运行维护费”。",
            id="missing upper head",
        ),
    ],
)
def test_a_table_is_named_once(
    book: Book, found: Found, change: Callable[[Workbook], None], head: str, said: str
) -> None:
    book(FILE, change)
    told = found()
    assert list(told) == [head]
    assert said in told[head]


def test_an_unread_table_does_not_hide_the_others(book: Book, found: Found) -> None:
    def change(workbook: Workbook) -> None:
        workbook.remove(workbook["公开08表"])
        workbook["公开01表"]["C37"] = 1

    book(FILE, change)
    assert [head.split()[1:] for head in found()] == [
        [FILE, "D103"],
        [f"{FILE}[公开01表]!C37", "D211"],
        [f"{FILE}[公开01表]!C37", "D201"],
    ]


@pytest.mark.parametrize(
    ("change", "head", "said"),
    [
        pytest.param(
            lambda book: book["公开01表"]["A11"].__setattr__("value", "五、事业收人"),
            f"错误 {FILE}[公开01表]!A11 D105",
            "行次 5 应为“五、事业收入”，现为“五、事业收人”",
            id="renamed row",
        ),
        pytest.param(
            _deleted_row("公开01表", 11),
            f"错误 {FILE}[公开01表] D105",
            "缺少“五、事业收入”这一行",
            id="missing row",
        ),
        pytest.param(
            _deleted_row("公开01表", 8),
            f"错误 {FILE}[公开01表] D105",
            "缺少“二、政府性基金预算财政拨款收入”这一行。请按公开格式补上这一行。",
            id="missing row, others are called alike",
        ),
        pytest.param(
            _deleted_row("公开10表", 24),
            f"错误 {FILE}[公开10表] D105",
            "缺少“（二）单价100万元（含）以上设备（不含车辆）”这一行",
            id="missing row of counts",
        ),
    ],
)
def test_fixed_rows(
    book: Book, found: Found, change: Callable[[Workbook], None], head: str, said: str
) -> None:
    book(FILE, change)
    told = found()
    assert list(told) == [head]
    assert said in told[head]


def test_a_row_with_money_that_the_profile_lacks(book: Book, found: Found) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook["公开01表"]
        sheet["A15"], sheet["B15"], sheet["C15"] = "九、罚没收入", 9, 100

    book(FILE, change)
    told = found()
    assert list(told) == [f"错误 {FILE}[公开01表]!A15 D105"]
    assert "表样中没有“九、罚没收入”这一行" in told[f"错误 {FILE}[公开01表]!A15 D105"]


@pytest.mark.parametrize(
    ("address", "code", "head", "said"),
    [
        pytest.param("A9", "20901", "公开03表]!A9 D106", "没有上级 209", id="no parent"),
        pytest.param("A9", "20901", "公开03表]!A10 D106", "“行政运行”没有上级 20801", id="orphans"),
        pytest.param("A10", "行政运行", "公开03表]!A10 D112", "不是科目编码", id="a name"),
        pytest.param("A10", None, "公开03表]!A10 D112", "没有科目编码", id="blank"),
        pytest.param("A10", "20801011", "公开03表]!A10 D112", "7位（项）数字", id="too long"),
        pytest.param("A10", 208.5, "公开03表]!A10 D112", "“208.5”不是科目编码", id="a fraction"),
        pytest.param(
            "A11", "2080101", "公开03表]!A11 D107", f"已在 {FILE}[公开03表]!A10 出现过", id="twice"
        ),
        pytest.param("A10", 2080101, "", "", id="a number"),
        pytest.param("A10", "２０８０１０１", "", "", id="full-width"),
        pytest.param("A10", " 2080101\n", "", "", id="with blanks"),
    ],
)
def test_codes(
    cell: Callable[..., None], found: Found, address: str, code: object, head: str, said: str
) -> None:
    cell(f"{FILE}[公开03表]!{address}", code)
    told = found()
    if not head:
        assert told == {}
        return
    assert said in told[f"错误 {FILE}[{head}"]
    assert {key.split()[-1] for key in told} <= {head.rsplit(maxsplit=1)[-1], "D211", "D306"}


@pytest.mark.parametrize(
    ("code", "head", "said"),
    [
        pytest.param("30199x", "错误 决算表.xlsx[公开06表]!A8 D112", "是否应为“30199”", id="none"),
        pytest.param("30201", "错误 决算表.xlsx[公开06表]!A8 D112", "不是本栏", id="other block"),
        pytest.param("30101", "错误 决算表.xlsx[公开06表]!A8 D107", "!A7 出现过", id="twice"),
    ],
)
def test_economic_codes(
    cell: Callable[..., None], found: Found, code: str, head: str, said: str
) -> None:
    cell(f"{FILE}[公开06表]!A8", code)
    told = found()
    assert next(iter(told)) == head
    assert said in told[head]


def test_one_code_two_names(cell: Callable[..., None], found: Found) -> None:
    cell(f"{FILE}[公开03表]!B10", "行政运作")
    told = found()
    assert list(told) == [f"警告 {FILE}[公开03表]!A10 D113"]
    assert "“行政运作”" in told[f"警告 {FILE}[公开03表]!A10 D113"]


@pytest.mark.parametrize(
    ("line", "heads", "said"),
    [
        pytest.param(
            "金额单位：美元", [f"错误 {FILE}[公开03表]!H3 D111"], "“美元”不能识别", id="unknown"
        ),
        pytest.param(
            "金额单位：万元",
            [
                f"错误 {FILE}[公开03表]!H3 D111",
                f"警告 {FILE}[公开03表] D122",
                f"错误 {FILE}[公开03表]!C7 D302",
                *(f"错误 {FILE}[公开03表]!C{row} D308" for row in (8, 21, 27)),
            ],
            "写“万元”，其他表写“元”",
            id="another than the others",
        ),
        pytest.param(None, [f"警告 {FILE}[公开03表] D111"], "按元读取", id="none"),
        pytest.param("金额单位: 元", [], "", id="half-width"),
        pytest.param("（单位：元）", [], "", id="in brackets"),
    ],
)
def test_unit_lines(
    cell: Callable[..., None], found: Found, line: str | None, heads: list[str], said: str
) -> None:
    cell(f"{FILE}[公开03表]!H3", line)
    told = found()
    assert list(told) == heads
    assert said in "".join(told.values())


def _in_ten_thousands(book: Workbook) -> None:
    for sheet in book:
        if sheet.title != "公开03表":
            continue
        for row in sheet["C7:H29"]:
            for cell in row:
                if cell.value is not None:
                    cell.value = round(cell.value / 10000, 6)
        sheet["H3"] = "金额单位：万元"


def test_one_sheet_in_ten_thousands_agrees_with_the_rest_but_is_named(
    book: Book, found: Found
) -> None:
    book(FILE, _in_ten_thousands)
    told = {head: text for head, text in found().items() if not head.startswith("提示")}
    assert list(told) == [f"错误 {FILE}[公开03表]!H3 D111", f"警告 {FILE}[公开03表] D122"]


def _shuffled(book: Workbook) -> None:
    book._sheets = book._sheets[::-1]  # type: ignore[attr-defined]


def _two_on_one_sheet(book: Workbook) -> None:
    upper, lower = book["公开08表"], book["公开09表"]
    for row in lower.iter_rows():
        for cell in row:
            if cell.value is not None:
                upper.cell(cell.row + 12, cell.column, cell.value)
    for area in lower.merged_cells.ranges:
        upper.merge_cells(
            start_row=area.min_row + 12,
            end_row=area.max_row + 12,
            start_column=area.min_col,
            end_column=area.max_col,
        )
    book.remove(lower)


def _hidden(book: Workbook) -> None:
    old = book.copy_worksheet(book["公开05表"])
    old.title, old.sheet_state = "旧表", "hidden"
    old["C10"] = "坏"


def _repeated_heads(book: Workbook) -> None:
    sheet = book["公开05表"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_rows(15, 6)
    for row in range(6):
        for column in range(1, 6):
            sheet.cell(15 + row, column, sheet.cell(1 + row, column).value)


def _renamed_sheets(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"第{number}页"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_shuffled, id="sheets shuffled"),
        pytest.param(_two_on_one_sheet, id="two tables on a sheet"),
        pytest.param(_hidden, id="hidden sheet"),
        pytest.param(_repeated_heads, id="heads repeated"),
        pytest.param(_renamed_sheets, id="sheets renamed"),
    ],
)
def test_layouts_that_are_understood(
    book: Book, found: Found, change: Callable[[Workbook], Any]
) -> None:
    book(FILE, change)
    assert found() == {}


@pytest.mark.parametrize(
    ("address", "head", "said"),
    [
        pytest.param("公开01表]!C15", "D105", "没有行名", id="a row without a name"),
        pytest.param("公开02表]!J8", "D104", "不在这张表的任何一栏里", id="beside the table"),
    ],
)
def test_a_number_that_would_be_lost(
    cell: Callable[..., None], found: Found, address: str, head: str, said: str
) -> None:
    cell(f"{FILE}[{address}", 5000)
    told = found()
    assert list(told) == [f"错误 {FILE}[{address} {head}"]
    assert said in told[f"错误 {FILE}[{address} {head}"]
