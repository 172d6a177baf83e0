"""A department of two units: its tables are their sums, less what they pay each other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.checks.units import check_units
from reportgen.findings import CODES, Finding, Findings, Severity
from reportgen.model import LEVELS, Figure, Layout, Profile, Table
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose, publish
from reportgen.sources.tables import read_tables

NAMES = {
    "205": "教育支出",
    "20508": "进修及培训",
    "2050803": "培训支出",
    "208": "社会保障和就业支出",
    "20801": "人力资源和社会保障管理事务",
    "2080101": "行政运行",
    "2080199": "其他人力资源和社会保障管理事务支出",
}
GIVEN = "财政拨款收入"
GRANT, GRANTED = "上级补助收入", "对附属单位补助支出"
HANDED_IN, HANDED_UP = "附属单位上缴收入", "上缴上级支出"
Leaves = dict[tuple[str, str], Decimal]  # by 项 and column
Amounts = dict[str, dict[tuple[str, str], Decimal]]  # by table, row and column


@cache
def bundle() -> Bundle:
    found = load_bundle("final-accounts/shanxi-2022", search_path(), Findings())
    assert found
    return found


@cache
def profiles() -> tuple[Profile, ...]:
    return tuple(p for p in bundle().profiles if p.name in ("表01", "表02", "表03"))


# Tables that agree, from what each unit earned and spent ------------------------------------


def leaves(**amounts: str) -> Leaves:
    """基本支出_2080101="20" and so on."""
    pairs = (name.rpartition("_") for name in amounts)
    return {
        (code, column): Decimal(amounts[f"{column}_{code}"]) for column, _, code in pairs if column
    }


def tree(own: Leaves, total: str) -> dict[tuple[str, str], Decimal]:
    """The leaves with the codes above them, 合计 and the column of totals."""
    cells: dict[tuple[str, str], Decimal] = {}
    for (code, column), amount in own.items():
        for key in ("合计", *(code[:length] for length in LEVELS.values())):
            for name in (column, total):
                cells[key, name] = cells.get((key, name), Decimal(0)) + amount
    return cells


def amounts(income: Leaves, spent: Leaves) -> Amounts:
    earned, paid = tree(income, "本年收入合计"), tree(spent, "本年支出合计")
    first = {"1": GIVEN, "4": GRANT, "5": "事业收入", "7": HANDED_IN, "8": "其他收入"}
    sums = {"27": "本年收入合计", "31": "本年收入合计"}
    book = {
        (row, "收入/决算数"): earned.get(("合计", name), Decimal(0))
        for row, name in {**first, **sums}.items()
    }
    rows = {"36": "205", "39": "208", "58": "合计", "62": "合计"}
    for row, code in rows.items():
        book[row, "支出/决算数"] = paid.get((code, "本年支出合计"), Decimal(0))
    return {"表01": book, "表02": earned, "表03": paid}


# Workbooks of them --------------------------------------------------------------------------


def written(amount: Decimal, unit: str) -> float:
    scale = {"元": 1, "万元": 10000}[unit]
    return float((amount / scale).quantize(Decimal("0.01"), ROUND_HALF_UP))


def sheet(
    target: Any, layout: Profile, cells: Mapping[tuple[str, str], Decimal], unit: str
) -> None:
    """The heads with every upper head written over each column, then the rows."""
    first = 5
    depth = max(len(column.path) for column in layout.columns)
    for number, column in enumerate(layout.columns, 1):
        path = column.path + column.path[-1:] * (depth - len(column.path))
        for row, head in enumerate(path, first):
            target.cell(row, number, head)
    start = 1
    for block in layout.blocks:
        if layout.layout is Layout.TREE:
            codes = dict.fromkeys(key for key, _ in cells)
            rows = [(key, key, NAMES.get(key, "")) for key in codes]
        else:
            rows = [(row.key, row.label, str(row.number)) for row in block.rows]
        for number, (key, *margins) in enumerate(rows, first + depth):
            for offset, text in enumerate(margins):
                target.cell(number, start + offset, text)
            for offset, column in enumerate(block.columns):
                amount = cells.get((key, column.key))
                if column.is_value and amount:
                    target.cell(number, start + offset, written(amount, unit))
        start += len(block.columns)


def book(
    path: Path, found: Amounts, *, unit: str = "元", owner: str = "", year: int = 2022
) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for layout in profiles():
        if layout.name in found:
            target = made.create_sheet(layout.number)
            target["A1"], target["A2"] = layout.title, layout.number
            target["A3"], target["B3"] = f"部门名称：{owner or path.stem}", f"{year}年度"
            target["C3"] = f"金额单位：{unit}"
            sheet(target, layout, found[layout.name], unit)
    made.save(path)
    return path


ONE = (
    leaves(
        **{
            f"{GIVEN}_2080101": "20000.11",
            f"{GIVEN}_2080199": "5000.22",
            f"{HANDED_IN}_2080101": "300",
        }
    ),
    leaves(
        基本支出_2080101="18000.11", 项目支出_2080199="6300.22", **{f"{GRANTED}_2080101": "1000"}
    ),
)
TWO = (
    leaves(
        **{f"{GIVEN}_2080101": "10000.33", f"{GIVEN}_2050803": "700", f"{GRANT}_2080101": "1000"}
    ),
    leaves(基本支出_2080101="10700.33", 项目支出_2050803="700", **{f"{HANDED_UP}_2080101": "300"}),
)
TRANSFERS = (GRANT, GRANTED, HANDED_IN, HANDED_UP)


def joined(one: Leaves, two: Leaves, without: tuple[str, ...] = ()) -> Leaves:
    keys = [key for key in {**one, **two} if key[1] not in without]
    return {key: one.get(key, Decimal(0)) + two.get(key, Decimal(0)) for key in keys}


def department(without: tuple[str, ...] = TRANSFERS) -> Amounts:
    return amounts(joined(ONE[0], TWO[0], without), joined(ONE[1], TWO[1], without))


def checked(
    folder: Path,
    whole: Amounts,
    units: Mapping[str, Amounts] | None = None,
    *,
    unit: str = "元",
    change: Callable[[Path], None] | None = None,
    **own: Any,
) -> list[Finding]:
    """What check_units finds; ``own`` are options of the units' workbooks."""
    units = units or {"本级": amounts(*ONE), "下属一": amounts(*TWO)}
    department_book = book(folder / "决算表.xlsx", whole, unit=unit)
    paths = [
        book(folder / f"{name}.xlsx", found, **{"unit": unit, **own})
        for name, found in units.items()
    ]
    if change:
        change(folder)
    findings = Findings()
    tables = read_tables([department_book], profiles(), findings)
    assert len(findings) == 0, list(findings)
    check_units(paths, profiles(), bundle().transfers, tables, 2022, findings)
    return list(findings)


def codes(found: list[Finding]) -> list[str]:
    return sorted({finding.code for finding in found})


def errors(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.severity is Severity.ERROR]


def put(name: str, place: str, address: str, value: float | str | None) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        made = openpyxl.load_workbook(folder / name)
        made[place][address] = value
        made.save(folder / name)

    return change


def cell_of(folder: Path, name: str, place: str, row: str, column: int) -> str:
    made = openpyxl.load_workbook(folder / name)[place]
    number = next(r for r in range(1, 60) if str(made.cell(r, 1).value) == row)
    return f"{made.cell(number, column).coordinate}"


# What agrees --------------------------------------------------------------------------------


def test_without_transfers_the_sum_says_nothing(tmp_path: Path) -> None:
    one, two = leaves(基本支出_2080101="20"), leaves(基本支出_2080101="10", 项目支出_2050803="7")
    units = {"本级": amounts(one, one), "下属一": amounts(two, two)}
    whole = amounts(joined(one, two), joined(one, two))
    assert checked(tmp_path, whole, units) == []


def test_without_units_nothing_is_done() -> None:
    findings = Findings()
    check_units([], profiles(), bundle().transfers, {}, 2022, findings)
    assert len(findings) == 0


def test_transfers_that_were_not_eliminated_are_a_plain_sum(tmp_path: Path) -> None:
    assert checked(tmp_path, department(())) == []


def test_eliminated_transfers_are_notes_with_their_amounts(tmp_path: Path) -> None:
    """Every total that contains them differs, and is explained: 公开01表 by functional class."""
    found = checked(tmp_path, department())
    assert {finding.severity for finding in found} == {Severity.NOTE}
    assert sorted(finding.message for finding in found) == [
        "公开01表抵销单位之间的“上级补助收入”1,000.00，合计相应减少。",
        "公开01表抵销单位之间的“附属单位上缴收入”300.00，合计相应减少。",
        "公开02表抵销单位之间的“上级补助收入”1,000.00，合计相应减少。",
        "公开02表抵销单位之间的“附属单位上缴收入”300.00，合计相应减少。",
        "公开03表抵销单位之间的“上缴上级支出”300.00，合计相应减少。",
        "公开03表抵销单位之间的“对附属单位补助支出”1,000.00，合计相应减少。",
    ]
    assert codes(found) == ["U105"]


def test_one_kind_of_transfer_may_be_eliminated_alone(tmp_path: Path) -> None:
    found = checked(tmp_path, department((GRANT, GRANTED)))
    assert codes(found) == ["U105"]
    assert len(found) == 3


# What does not ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (
            (GRANT,),
            "公开02表“上级补助收入”抵销1,000.00，公开03表“对附属单位补助支出”抵销0.00，相差1,000.00",
        ),
        (
            (HANDED_UP,),
            "公开02表“附属单位上缴收入”抵销0.00，公开03表“上缴上级支出”抵销300.00，相差300.00",
        ),
    ],
)
def test_a_transfer_eliminated_on_one_side_only(
    tmp_path: Path, without: tuple[str, ...], said: str
) -> None:
    found = errors(checked(tmp_path, department(without)))
    assert codes(found) == ["U104"]
    assert any(said in finding.message for finding in found)


def test_one_wrong_cell_is_named_with_both_sides_and_the_units_cells(tmp_path: Path) -> None:
    """The leaf, once a table: its totals follow, and the transfers are explained."""
    wrong = joined(ONE[1], TWO[1], TRANSFERS)
    wrong["2080101", "基本支出"] += 1
    whole = amounts(joined(ONE[0], TWO[0], TRANSFERS), wrong)
    found = errors(checked(tmp_path, whole))
    cell = cell_of(tmp_path, "决算表.xlsx", "公开03表", "2080101", 4)
    ours, theirs = (
        cell_of(tmp_path, n, "公开03表", "2080101", 4) for n in ("本级.xlsx", "下属一.xlsx")
    )
    told = [f for f in found if f.place.sheet == "公开03表"]
    assert [(f.code, f.place.address) for f in told] == [("U102", cell)]
    assert told[0].message == (
        "公开03表“行政运行”“基本支出”与各单位之和不等：部门28,701.44，各单位之和28,700.44"
        f"（18,000.11 本级.xlsx[公开03表]!{ours}、10,700.33 下属一.xlsx[公开03表]!{theirs}），"
        "相差1.00。"
    )
    (other,) = [f for f in found if f not in told]
    assert (other.code, other.place.sheet) == ("U102", "公开01表")
    assert other.message.endswith("相差1,299.00，按明细和抵销应为35,000.66。")


def test_a_total_that_alone_is_wrong(tmp_path: Path) -> None:
    whole = department()
    whole["表02"]["208", GIVEN] += 5
    found = errors(checked(tmp_path, whole))
    cell = cell_of(tmp_path, "决算表.xlsx", "公开02表", "208", 4)
    assert [(f.code, f.place.sheet, f.place.address) for f in found] == [("U102", "公开02表", cell)]


def test_a_wrong_total_over_eliminated_transfers_says_what_is_right(tmp_path: Path) -> None:
    whole = department()
    whole["表03"]["20801", "本年支出合计"] += 5
    (found,) = errors(checked(tmp_path, whole))
    assert "部门35,005.66，各单位之和36,300.66（" in found.message
    assert found.message.endswith("相差1,295.00，按明细和抵销应为35,000.66。")


def test_a_department_that_has_more_than_its_units_eliminated_nothing(tmp_path: Path) -> None:
    whole = department(())
    whole["表02"]["2080101", GRANT] += 50
    found = errors(checked(tmp_path, whole))
    assert [(f.code, f.place.sheet) for f in found] == [("U102", "公开02表")]
    assert "相差50.00" in found[0].message


def test_a_code_that_only_a_unit_has(tmp_path: Path) -> None:
    whole = department()
    for key in [k for k in whole["表03"] if k[0].startswith("205")]:
        amount = whole["表03"].pop(key)
        if key == ("2050803", "项目支出"):
            whole["表03"]["合计", "项目支出"] -= amount
            whole["表03"]["合计", "本年支出合计"] -= amount
    found = [f for f in errors(checked(tmp_path, whole)) if f.place.sheet == "公开03表"]
    assert [f.code for f in found] == ["U103"]
    assert found[0].message.startswith(
        "公开03表没有2050803“培训支出”这一行，单位有“项目支出”700.00（700.00 下属一.xlsx[公开03表]!"
    )


def test_a_code_that_no_unit_has(tmp_path: Path) -> None:
    spent = {**joined(ONE[1], TWO[1], TRANSFERS), ("2050899", "项目支出"): Decimal(9)}
    whole = amounts(joined(ONE[0], TWO[0], TRANSFERS), spent)
    found = [f for f in errors(checked(tmp_path, whole)) if f.place.sheet == "公开03表"]
    assert [f.code for f in found] == ["U102"]
    assert "部门9.00，各单位之和0.00，相差9.00。" in found[0].message


@pytest.mark.parametrize(("times", "fault"), [(0, "没有包括"), (2, "重复包括")])
def test_a_unit_left_out_or_added_twice_is_one_finding(
    tmp_path: Path, times: int, fault: str
) -> None:
    one = leaves(基本支出_2080101="20", 项目支出_2080199="3")
    two = leaves(基本支出_2080101="10", 项目支出_2050803="7")
    whole = amounts(one, one)
    for _ in range(times):
        one = joined(one, two)
        whole = amounts(one, one)
    start = leaves(基本支出_2080101="20", 项目支出_2080199="3")
    units = {"本级": amounts(start, start), "下属一": amounts(two, two)}
    found = checked(tmp_path, whole, units)
    assert [(f.code, str(f.place)) for f in found] == [("U102", "下属一.xlsx")]
    assert f"部门数{fault}“下属一”" in found[0].message


def test_a_wrong_cell_is_no_unit_left_out(tmp_path: Path) -> None:
    """Though the difference is what the unit has there: elsewhere the unit is in."""
    whole = department()
    whole["表03"]["2050803", "项目支出"] = Decimal(0)
    found = errors(checked(tmp_path, whole))
    assert ["没有包括" in finding.message for finding in found] == [False] * len(found)
    assert found


# 万元 ---------------------------------------------------------------------------------------


def large(own: tuple[Leaves, Leaves], factor: str) -> tuple[Leaves, Leaves]:
    income, spent = own
    return (
        {key: value * Decimal(factor) for key, value in income.items()},
        {key: value * Decimal(factor) for key, value in spent.items()},
    )


def test_in_ten_thousands_each_table_is_rounded_apart(tmp_path: Path) -> None:
    """28,700.44 × 7 in 万元: units 12.60 and 7.49, the department 20.09 or a unit off it."""
    one, two = large(ONE, "7.777"), large(TWO, "7.777")
    units = {"本级": amounts(*one), "下属一": amounts(*two)}
    whole = amounts(joined(one[0], two[0], TRANSFERS), joined(one[1], two[1], TRANSFERS))
    found = checked(tmp_path, whole, units, unit="万元")
    assert errors(found) == []
    assert set(codes(found)) <= {"U105", "U106"}
    assert "U105" in codes(found)


def test_a_rounding_is_a_note_and_more_is_an_error(tmp_path: Path) -> None:
    """Two units: room for one and a half units of the last digit."""
    one, two = leaves(基本支出_2080101="123449"), leaves(基本支出_2080101="111149")
    units = {"本级": amounts(one, one), "下属一": amounts(two, two)}  # 12.34 and 11.11
    whole = joined(one, two)  # 23.46, and not 23.45
    found = checked(tmp_path, amounts(whole, whole), units, unit="万元")
    assert codes(found) == ["U106"]
    assert {f.severity for f in found} == {Severity.NOTE}
    assert "最大相差100.00" in found[0].message
    more = {key: value + 100 for key, value in whole.items()}
    found = checked(tmp_path, amounts(more, more), units, unit="万元")
    assert "U102" in codes(errors(found))
    found = checked(tmp_path, amounts(more, more), units, unit="元")
    assert "U106" not in codes(found)
    assert "U102" in codes(errors(found))


def test_units_in_yuan_below_a_department_in_ten_thousands(tmp_path: Path) -> None:
    one, two = large(ONE, "7.777"), large(TWO, "7.777")
    units = {"本级": amounts(*one), "下属一": amounts(*two)}
    whole = amounts(joined(one[0], two[0]), joined(one[1], two[1]))
    department_book = book(tmp_path / "决算表.xlsx", whole, unit="万元")
    paths = [book(tmp_path / f"{name}.xlsx", found) for name, found in units.items()]
    findings = Findings()
    tables = read_tables([department_book], profiles(), findings)
    check_units(paths, profiles(), bundle().transfers, tables, 2022, findings)
    assert codes(list(findings)) == ["U106", "U108"]
    assert {f.severity for f in findings} == {Severity.NOTE}


def test_units_in_coarser_money_are_a_warning(tmp_path: Path) -> None:
    whole = department(())
    department_book = book(tmp_path / "决算表.xlsx", whole)
    paths = [book(tmp_path / "本级.xlsx", amounts(*ONE), unit="万元")]
    paths.append(book(tmp_path / "下属一.xlsx", amounts(*TWO)))
    findings = Findings()
    tables = read_tables([department_book], profiles(), findings)
    check_units(paths, profiles(), bundle().transfers, tables, 2022, findings)
    told = [f for f in findings if f.code == "U108"]
    assert [(f.severity, f.place.file) for f in told] == [(Severity.WARNING, "本级.xlsx")]
    assert errors(list(findings)) == []


# Workbooks that are not what they should be -------------------------------------------------


def test_a_missing_workbook(tmp_path: Path) -> None:
    found = checked(tmp_path, department(), change=lambda folder: (folder / "下属一.xlsx").unlink())
    assert [(f.code, f.place.file) for f in errors(found)] == [("D101", "下属一.xlsx")]
    assert [str(f) for f in found if f.code == "U101"] == [
        "下属一.xlsx: U101 部门与各单位之和没有核对。请先改正单位表的问题。"
    ]


def test_a_damaged_workbook(tmp_path: Path) -> None:
    def damage(folder: Path) -> None:
        (folder / "本级.xlsx").write_bytes(b"PK\x03\x04")

    found = checked(tmp_path, department(), change=damage)
    assert [f.code for f in errors(found)] == ["D102"]


def test_a_table_that_a_unit_lacks_is_not_compared(tmp_path: Path) -> None:
    two = amounts(*TWO)
    del two["表02"]
    found = checked(tmp_path, department(()), {"本级": amounts(*ONE), "下属一": two})
    assert [(f.code, f.place.file) for f in errors(found)] == [("D103", "下属一.xlsx")]
    assert [str(f.place) for f in found if f.code == "U101"] == ["决算表.xlsx[公开02表]"]


@pytest.mark.parametrize("value", ["十万", "#DIV/0!"])
def test_a_cell_that_can_not_be_read_keeps_its_table_out(tmp_path: Path, value: str) -> None:
    found = checked(tmp_path, department(()), change=put("本级.xlsx", "公开03表", "D8", value))
    assert [(f.code[:2], f.place.file) for f in errors(found)] == [("D1", "本级.xlsx")]
    assert [str(f.place) for f in found if f.code == "U101"] == ["决算表.xlsx[公开03表]"]


def test_a_workbook_of_another_year(tmp_path: Path) -> None:
    found = checked(tmp_path, department(), year=2021)
    assert [(f.code, f.place.file) for f in errors(found)] == [
        ("U107", "本级.xlsx"),
        ("U107", "下属一.xlsx"),
    ]
    assert codes(found) == ["U101", "U107"]


def test_a_unit_that_is_given_twice(tmp_path: Path) -> None:
    whole = department(())
    department_book = book(tmp_path / "决算表.xlsx", whole)
    path = book(tmp_path / "本级.xlsx", amounts(*ONE))
    tables = read_tables([department_book], profiles(), Findings())
    for paths in ([path, path], [path, department_book]):
        findings = Findings()
        check_units(paths, profiles(), bundle().transfers, tables, 2022, findings)
        assert codes(errors(list(findings))) == ["U109"]


def test_two_workbooks_of_one_unit(tmp_path: Path) -> None:
    found = checked(tmp_path, department(()), owner="某市某中心")
    assert [(f.code, f.severity, f.place.file) for f in found] == [
        ("U110", Severity.WARNING, "下属一.xlsx")
    ]


def test_blank_totals_are_computed_before(tmp_path: Path) -> None:
    found = checked(tmp_path, department(()), change=put("本级.xlsx", "公开03表", "C7", None))
    assert codes(found) == ["D116"]


# Every cell ---------------------------------------------------------------------------------


def test_every_changed_cell_of_the_department_is_an_error_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each amount in turn is one 元 too much: the cell itself is named."""
    paths = [book(tmp_path / "本级.xlsx", amounts(*ONE))]
    paths.append(book(tmp_path / "下属一.xlsx", amounts(*TWO)))
    tables = read_tables([book(tmp_path / "决算表.xlsx", department())], profiles(), Findings())
    read = {path: read_tables([path], profiles(), Findings()) for path in paths}
    monkeypatch.setattr(
        "reportgen.checks.units.check.read_tables", lambda given, *_: read[given[0]]
    )
    cells = [
        (name, row.key, column)
        for name, table in tables.items()
        for row in table.rows
        for column, value in row.cells.items()
        if isinstance(value, Figure) and value.value
    ]
    missed = [cell for cell in cells if not _is_named(cell, tables, paths)]
    assert len(cells) > 40
    assert missed == []


def _is_named(cell: tuple[str, str, str], tables: Mapping[str, Table], paths: list[Path]) -> bool:
    name, key, column = cell
    row = tables[name].row(key)
    value = row.cells[column]
    assert isinstance(value, Figure)
    changed = {**row.cells, column: replace(value, value=value.value + 1)}
    rows = [replace(r, cells=changed) if r.key == key else r for r in tables[name].rows]
    findings = Findings()
    wrong = {**tables, name: tables[name].with_rows(rows)}
    check_units(paths, profiles(), bundle().transfers, wrong, 2022, findings)
    return any(f.code == "U102" and f.place == value.places[0] for f in errors(list(findings)))


# Through the pipeline -----------------------------------------------------------------------


def test_every_code_is_explained() -> None:
    own = [code for code in CODES if code.startswith("U")]
    assert len(own) == 10
    for code in own:
        entry = CODES[code]
        assert f" {code} " in entry.example
        assert entry.why.endswith("。")
        assert entry.repair.endswith("。")


def test_tables_that_could_not_be_read_are_no_units_fault(tmp_path: Path) -> None:
    paths = [book(tmp_path / "本级.xlsx", amounts(*ONE))]
    findings = Findings()
    none: dict[str, Table] = {}
    check_units(paths, profiles(), bundle().transfers, none, 2022, findings)
    assert len(findings) == 0


EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The example as a department of 本级, which has all the money, and of a unit without any."""
    folder = tmp_path / "报告"
    shutil.copytree(EXAMPLE, folder)
    (folder / "单位").mkdir()
    shutil.copy(EXAMPLE / "决算表.xlsx", folder / "单位" / "本级.xlsx")
    made = openpyxl.load_workbook(EXAMPLE / "决算表.xlsx")
    tables = read_tables([EXAMPLE / "决算表.xlsx"], bundle().profiles, Findings()).values()
    for place in [f.places[0] for table in tables for row in table.rows for f in row.figures if f]:
        made[place.sheet][place.address] = None
    for target in made:
        target["A3"] = "部门名称：某市某中心"
    made.save(folder / "单位" / "下属一.xlsx")
    return folder


def with_units(folder: Path, value: str) -> list[Finding]:
    path = folder / "report.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("文件:\n", f"文件:\n  单位决算表: {value}\n"), encoding="utf-8")
    return list(prepare(Job(folder), Gate.DATA).findings)


def test_a_department_through_the_pipeline(report: Path) -> None:
    before = list(prepare(Job(report), Gate.DATA).findings)
    found = with_units(report, "[单位/本级.xlsx, 单位/下属一.xlsx]")
    assert [finding for finding in found if finding not in before] == []
    put("单位/本级.xlsx", "公开07表", "L8", 8704)(report)
    put("单位/下属一.xlsx", "公开10表", "C17", 1)(report)
    more = [f for f in prepare(Job(report), Gate.DATA).findings if f not in before]
    assert more.pop(0).code == "D116"  # the total of the cars
    assert [(f.code, str(f.place)) for f in more] == [
        ("U102", "决算表.xlsx[公开07表]!L8"),
        ("U102", "决算表.xlsx[公开10表]!C17"),
    ]
    assert more[0].message == (
        "公开07表“决算数/公务接待费”与各单位之和不等：部门8,703.00，"
        "各单位之和8,704.00（8,704.00 本级.xlsx[公开07表]!L8），相差1.00。"
    )
    assert more[1].message == (
        "公开10表“2.主要领导干部用车”“采购金额”与各单位之和不等：部门0，"
        "各单位之和1（1 下属一.xlsx[公开10表]!C17），相差1。"
    )


def test_the_record_of_a_run_lists_the_units(report: Path, tmp_path: Path) -> None:
    with_units(report, "[单位/本级.xlsx, 单位/下属一.xlsx]")
    prepared = prepare(Job(report))
    publish(prepared, compose(prepared, ["md"]), tmp_path / "出", overwrite=False)
    text = (tmp_path / "出" / "内部" / "manifest.json").read_text(encoding="utf-8")
    (record,) = json.loads(text)["文件"].values()
    assert {"决算表.xlsx", "本级.xlsx", "下属一.xlsx", "文字.md"} <= record["输入"].keys()


def test_transfers_name_tables_of_the_bundle(tmp_path: Path) -> None:
    own = tmp_path / "final-accounts" / "某省"
    own.mkdir(parents=True)
    text = "名称: 某省\n上级: final-accounts/shanxi-2022\n内部往来:\n  分类: {表01: 表33}\n"
    (own / "bundle.yaml").write_text(text, encoding="utf-8")
    findings = Findings()
    assert load_bundle("final-accounts/某省", search_path(tmp_path), findings) is None
    assert [(f.code, f.place.row, f.hint) for f in findings] == [("C104", 4, "是否应为“表03”？")]


def test_the_units_are_a_list_of_names(report: Path) -> None:
    found = with_units(report, "单位/本级.xlsx")
    assert [(f.code[0], f.place.file) for f in found] == [("C", "report.yaml")]


def test_an_empty_name_is_a_finding(report: Path) -> None:
    found = with_units(report, '[""]')
    assert [(f.code[0], f.place.file) for f in found] == [("C", "report.yaml")]
