"""Formulas in names and in cells: true to the arithmetic, short, and bounded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from time import perf_counter

from reportgen.findings import Place
from reportgen.model import Figure, Value, total
from reportgen.model.formula import LONGEST, cells, labels, names


def cell(address: str, name: str = "数", value: int = 1, sheet: str = "表") -> Figure:
    place = Place.cell("书.xlsx", sheet, address)
    return Figure(name, Decimal(value), places=(place,), formula=str(place))


def figure(value: Value) -> Figure:
    assert isinstance(value, Figure)
    return value


A, B, C = cell("A1", "甲"), cell("B7", "乙"), cell("C3", "丙", sheet="别的")


def test_brackets_stand_only_where_they_are_needed() -> None:
    assert names(figure((A - B) / C)) == "(甲 - 乙) / 丙"
    assert names(figure(A / B - C)) == "甲 / 乙 - 丙"
    assert names(figure(A - (B - C))) == "甲 - (乙 - 丙)"
    assert names(figure(A / (B / C))) == "甲 / (乙 / 丙)"
    assert names(figure(A * (B + C) * 2)) == "甲 * (乙 + 丙) * 2"
    assert names(figure(A * -2)) == "甲 * (-2)"


def test_a_derived_figure_has_its_name_its_expression_and_its_cells() -> None:
    derived = replace(figure(A + B), name="“三公”经费", key="三公经费", formula="表.甲 + 表.乙")
    assert names(derived) == "三公经费＝表.甲 + 表.乙"
    assert names(figure(derived / C)) == "三公经费 / 丙\n三公经费＝表.甲 + 表.乙"
    assert cells(figure(derived / C)) == "(书.xlsx[表]!A1 + 书.xlsx[表]!B7) / 书.xlsx[别的]!C3"


def test_a_related_figure_is_named_by_what_it_belongs_to() -> None:
    old = cell("D1", "甲的上年数")
    new = replace(A, key="表05/208").related(上年=old)
    assert names(figure(old - new)) == "甲（表05/208）.上年 - 甲（表05/208）"
    assert labels((new, old)) == "甲（表05/208）、甲（表05/208）.上年"


def test_many_cells_of_a_column_are_a_range() -> None:
    added = total((cell(f"C{row}") for row in range(2, 402)), "合计数")
    assert cells(figure(added)) == "求和(书.xlsx[表]!C2:C401)"
    assert names(figure(added)) == "合计数"


def test_scattered_cells_are_listed_up_to_a_number() -> None:
    added = figure(total((cell(f"C{row}") for row in range(2, 802, 2)), "合计数"))
    written = cells(added)
    assert written.startswith("求和(书.xlsx[表]!C2, C4, C6,")
    assert written.endswith("…共400格)")
    assert len(written) < 400


def test_cells_of_several_sheets_and_units_are_added_apart() -> None:
    tens = [replace(cell(f"E{row}"), scale=Decimal(10000)) for row in (1, 2, 3)]
    added = figure(total([cell("A1"), cell("A2"), cell("A3"), *tens, C], "合计数"))
    assert cells(added) == (
        "求和(书.xlsx[表]!A1:A3) + 求和(书.xlsx[表]!E1:E3) * 10000 + 书.xlsx[别的]!C3"
    )
    assert cells(figure(A / tens[0])) == "书.xlsx[表]!A1 / (书.xlsx[表]!E1 * 10000)"


def test_what_no_cell_holds_says_so() -> None:
    nothing = Figure("其他支出", Decimal(0), places=(Place.cell("书.xlsx", "年初预算"),))
    assert cells(figure(A - nothing)) == "书.xlsx[表]!A1 - 0（书.xlsx[年初预算]里没有）"
    assert cells(Figure("个数", Decimal(16))) == ""


def test_doubling_again_and_again_costs_no_more_than_the_bound() -> None:
    doubled = A
    for number in range(60):
        made = figure(doubled + doubled)
        doubled = replace(made, name=f"名{number}", key=f"名{number}", formula=f"名{number - 1}*2")
    quotient = A
    for _ in range(300):
        quotient = replace(figure(A / figure(quotient + A)), name="商", formula="商")
    begun = perf_counter()
    for hostile in (doubled, quotient, figure(doubled * quotient)):
        assert len(cells(hostile)) <= LONGEST
        assert len(names(hostile)) <= LONGEST
    assert "…" in cells(doubled)
    assert perf_counter() - begun < 1


def test_a_sum_as_deep_as_a_template_can_make_it() -> None:
    deep = A
    for _ in range(4000):
        deep = figure(deep + B)
        deep = replace(deep, name="和", formula="和")
    assert cells(deep).startswith("求和(书.xlsx[表]!A1, B7, B7,")
    assert cells(deep).endswith("…共4001格)")
