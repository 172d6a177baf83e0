"""Totals: which cells add up to which; blank ones are computed, wrong ones are named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.bundle.profiles import profile
from reportgen.bundle.schema import TableEntry
from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.model import NOT_APPLICABLE, Absent, Figure, Profile, Row, Table, Value
from reportgen.rules.report import report
from reportgen.rules.sums import check_sums, complete, sums

TREE = profile(
    "表03",
    TableEntry.model_validate(
        {
            "编号": "公开03表",
            "标题": "支出决算表",
            "版式": "科目树",
            "列": [{"项目": ["科目编码", "科目名称"]}, "合计数", "基本支出", "项目支出"],
            "合计列": {"合计数": ["基本支出", "项目支出"]},
        }
    ),
)
FIXED = profile(
    "表01",
    TableEntry.model_validate(
        {
            "编号": "公开01表",
            "标题": "总表",
            "版式": "定行",
            "栏组": [
                {
                    "列": ["项目", "行次", "决算数"],
                    "行": [
                        {"行次": 1, "项目": "甲"},
                        {"行次": 2, "项目": "乙"},
                        {"行次": 5, "项目": "小计", "和": "1-2"},
                        {"行次": 6, "项目": "丙"},
                        {"行次": 9, "项目": "总计", "和": "5-6"},
                    ],
                }
            ],
        }
    ),
)
Amount = str | None | Value


def made(
    layout: Profile, rows: dict[str, list[Amount]], slack: str = "0", blanks: bool = True
) -> Table:
    """A table from texts; ``None`` is an empty cell."""
    block = layout.blocks[0]
    found, empty = [], set()
    for number, (key, amounts) in enumerate(rows.items(), start=1):
        cells: dict[str, Value] = {}
        for column, amount in zip(block.values, amounts, strict=True):
            if amount is None and blanks:
                empty.add((key, column.key))
            place = Place.cell("表.xlsx", layout.number, f"{column.leaf}{number}")
            cells[column.key] = (
                amount
                if isinstance(amount, Figure | Absent)
                else Figure(key, Decimal(amount or 0), slack=Decimal(slack), places=(place,))
            )
        found.append(Row(layout, block, key, key, cells, number=int(key) if key.isdigit() else 0))
    return Table(layout, tuple(found), Place("表.xlsx"), frozenset(empty))


def value(table: Table, row: str, column: str) -> Decimal:
    figure = table.row(row)[column]
    assert isinstance(figure, Figure)
    return figure.value


def found(table: Table) -> list[Finding]:
    findings = Findings()
    report(list(check_sums(table, findings)), {}, findings)
    return list(findings)


GOOD: dict[str, list[Amount]] = {
    "合计": ["60", "10", "50"],
    "208": ["55", "10", "45"],
    "20801": ["15", "10", "5"],
    "2080101": ["10", "10", "0"],
    "2080102": ["5", "0", "5"],
    "20807": ["40", "0", "40"],
    "221": ["5", "0", "5"],
}


def test_parts_come_before_the_sums_that_use_them() -> None:
    seen: set[tuple[str, str]] = set()
    owed = {entry.cell for entry in sums(made(TREE, GOOD))}
    for entry in sums(made(TREE, GOOD)):
        assert not {part for part in entry.parts if part in owed} - seen - {entry.cell}
        seen.add(entry.cell)


def test_a_tree_adds_up_level_by_level_and_across() -> None:
    entries = {(entry.cell, entry.across): entry.parts for entry in sums(made(TREE, GOOD))}
    parts = entries
    assert parts[("合计", "基本支出"), False] == (("208", "基本支出"), ("221", "基本支出"))
    assert parts[("208", "基本支出"), False] == (("20801", "基本支出"), ("20807", "基本支出"))
    assert parts[("20801", "项目支出"), False] == (
        ("2080101", "项目支出"),
        ("2080102", "项目支出"),
    )
    assert parts[("2080102", "合计数"), True] == (
        ("2080102", "基本支出"),
        ("2080102", "项目支出"),
    )
    assert (("221", "合计数"), False) not in parts


def test_a_table_that_adds_up_has_no_findings() -> None:
    assert found(made(TREE, GOOD)) == []


@pytest.mark.parametrize(
    ("row", "column", "amount", "codes"),
    [
        pytest.param("2080102", 2, "6", ["D211", "D212"], id="a 项"),
        pytest.param("208", 1, "11", ["D211", "D211", "D212"], id="a 类 in one column"),
        pytest.param("合计", 0, "61", ["D211", "D212"], id="the total"),
    ],
)
def test_a_wrong_cell_is_found_down_and_across(
    row: str, column: int, amount: str, codes: list[str]
) -> None:
    wrong = {**GOOD, row: [amount if i == column else a for i, a in enumerate(GOOD[row])]}
    faults = found(made(TREE, wrong))
    assert sorted(fault.code for fault in faults) == codes
    assert {fault.severity for fault in faults} == {Severity.ERROR}


def test_the_message_names_the_cell_both_values_and_the_difference() -> None:
    fault = found(made(TREE, {**GOOD, "合计": ["61", "10", "50"]}))[0]
    assert str(fault.place) == "表.xlsx[公开03表]!合计数1"
    assert fault.message == (
        "合计与明细之和不等：合计61.00，明细之和60.00（表.xlsx[公开03表]!合计数2、合计数7），相差1.00。"
    )


def test_what_does_not_apply_adds_nothing() -> None:
    line = Absent("横线", NOT_APPLICABLE)
    assert found(made(TREE, {**GOOD, "2080101": ["10", "10", line]})) == []


def test_a_missing_cell_makes_its_sums_unchecked_and_that_is_said() -> None:
    gone = Absent("甲", "不是数字")
    assert (
        found(made(TREE, {**GOOD, "2080101": ["10", gone, "0"], "20801": ["15", "9", "6"]})) != []
    )
    faults = found(made(TREE, {**GOOD, "2080101": ["10", gone, "0"]}))
    assert [(fault.code, fault.severity) for fault in faults] == [("D200", Severity.NOTE)]
    assert "缺少甲（不是数字），没有核对含它的合计" in faults[0].message


def test_tables_in_ten_thousands_may_differ_by_their_rounding() -> None:
    """7 rounded rows against a rounded total: ½·unit·(n+1)."""
    rows: dict[str, list[Amount]] = {
        "合计": ["810.84", "0", "810.84"],
        "208": ["810.81", "0", "810.81"],
    }
    shifted = {k: [str(Decimal(str(a)) * 10000) for a in row] for k, row in rows.items()}
    rounding: dict[str, list[Amount]] = {k: list(row) for k, row in shifted.items()}
    assert {f.severity for f in found(made(TREE, rounding, slack="50"))} == {Severity.ERROR}
    rounding["合计"] = ["8108200", "0", "8108200"]
    notes = found(made(TREE, rounding, slack="50"))
    assert {note.severity for note in notes} == {Severity.NOTE}
    assert "尾差" in notes[0].message
    assert {f.severity for f in found(made(TREE, rounding))} == {Severity.ERROR}


def test_blank_totals_are_computed_bottom_up_and_noted() -> None:
    blank: dict[str, list[Amount]] = {
        **GOOD,
        "合计": [None, None, None],
        "208": [None, "10", None],
        "20801": [None] * 3,
    }
    findings = Findings()
    table = complete(made(TREE, blank), findings)
    assert value(table, "合计", "合计数") == 60
    assert value(table, "208", "项目支出") == 45
    assert value(table, "20801", "合计数") == 15
    assert {(f.code, f.severity) for f in findings} == {("D116", Severity.NOTE)}
    assert len(findings) == 8
    assert found(table) == []


def test_a_computed_total_knows_the_cells_it_came_from() -> None:
    table = complete(made(TREE, {**GOOD, "208": [None, "10", "45"]}), Findings())
    figure = table.row("208")["合计数"]
    assert isinstance(figure, Figure)
    assert figure.name == "208"
    assert [place.address for place in figure.places] == ["合计数3", "合计数6"]


def test_a_stated_total_is_never_replaced() -> None:
    findings = Findings()
    table = complete(made(TREE, {**GOOD, "合计": ["99", "10", "50"]}), findings)
    assert value(table, "合计", "合计数") == 99
    assert len(findings) == 0


def test_a_blank_total_of_nothing_stays_blank() -> None:
    findings = Findings()
    table = complete(made(TREE, {"合计": [None] * 3, "208": [None] * 3}), findings)
    assert value(table, "合计", "合计数") == 0
    assert len(findings) == 0


def test_fixed_rows_add_up_by_line_number() -> None:
    rows: dict[str, list[Amount]] = {"1": ["3"], "2": ["4"], "5": [None], "6": ["5"], "9": [None]}
    findings = Findings()
    table = complete(made(FIXED, rows), findings)
    assert value(table, "5", "决算数") == 7
    assert value(table, "9", "决算数") == 12
    assert len(findings) == 2
    assert [fault.code for fault in found(made(FIXED, {**rows, "5": ["8"], "9": ["13"]}))] == [
        "D211"
    ]


def test_a_total_of_totals_that_stand_below_it_is_computed_last() -> None:
    """Line 1 adds up 2 and 5, and line 2 adds up 3 and 4: both are blank."""
    rows = [
        {"行次": 1, "项目": "总计", "和": "2+5"},
        {"行次": 2, "项目": "小计", "和": "3-4"},
        *({"行次": number, "项目": f"第{number}项"} for number in (3, 4, 5)),
    ]
    columns = ["项目", "行次", "决算数"]
    layout = profile(
        "表01",
        TableEntry.model_validate(
            {
                "编号": "公开01表",
                "标题": "总表",
                "版式": "定行",
                "栏组": [{"列": columns, "行": rows}],
            }
        ),
    )
    findings = Findings()
    amounts: dict[str, list[Amount]] = {
        "1": [None],
        "2": [None],
        "3": ["3"],
        "4": ["4"],
        "5": ["5"],
    }
    table = complete(made(layout, amounts), findings)
    assert value(table, "2", "决算数") == 7
    assert value(table, "1", "决算数") == 12
    assert [f.message for f in findings] == [
        "“总表”2空白，已按明细计算为7.00。",
        "“总表”1空白，已按明细计算为12.00。",
    ]
