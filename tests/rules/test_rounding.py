"""尾差: the room for rounding follows from what the tables state, and from nothing typed in.

The cases are differences of published documents: what was printed, the parts, how many they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import reportgen
from reportgen.bundle.profiles import profile
from reportgen.bundle.schema import TableEntry
from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.model import Figure, Profile, Row, Table, Value, Verdict, agree, total
from reportgen.narrative import narrative_environment
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.reconcile import reconcile
from reportgen.rules.report import report
from reportgen.rules.sums import check_sums, complete
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.figures import Unit, read_figure

SHEET = Sheet("决算表.xlsx", "公开06表", {})
CODES = ("D211", "D212")
UNIT = Decimal("0.01")  # the last digit that a table in 万元 states
TEMPLATES = Path(__file__).parents[2] / "templates"
SALARIES = (  # 301 of a published 公开06表
    *("130.27", "290.79", "22.72", "38.75", "43.53", "10.69"),
    *("19.58", "8.23", "2.09", "56.53", "187.66"),
)
GOODS = ("8.83", "0.07", "3.73", "2.85", "0.89", "2.75", "6.84", "1.96")  # its 302
PUBLISHED = [
    pytest.param("27.88", GOODS, "0.04", id="302"),
    pytest.param("810.81", SALARIES, "0.03", id="301"),
    pytest.param("2076.3", ("1201.92", "874.39"), "0.01", id="208 in 公开02表"),
    pytest.param("326.71", ("326.72",), "0.01", id="208 in two tables"),
    pytest.param("20323.21", ("8386.90", "11936.32"), "0.01", id="合计 of 公开03表"),
    pytest.param("1367.75", ("1367.76",), "0.01", id="项目支出 in two tables"),
    pytest.param("416.36", ("27.92", "388.45"), "0.01", id="公用经费"),
]


def figure(text: str, unit: str = "万元", row: int = 1, decimals: int = 2) -> Figure:
    """A cell read as a table in ``unit`` states it; '' is a blank cell."""
    content = Decimal(text) if text else None
    stated = Unit(unit, decimals=decimals)
    found = read_figure(SHEET, Cell(row, 3, content), f"数{row}", stated, Findings())
    assert isinstance(found, Figure)
    return found


def added(parts: Sequence[str], unit: str = "万元") -> Figure:
    found = total([figure(part, unit, row) for row, part in enumerate(parts, 2)], "明细之和")
    assert isinstance(found, Figure)
    return found


def of_lines(count: int) -> Profile:
    """A table with one total over ``count`` lines."""
    lines = [{"行次": n, "项目": f"项{n}"} for n in range(2, count + 2)]
    sum_line = {"行次": 1, "项目": "合计", "和": f"2-{count + 1}"}
    block = {"列": ["项目", "行次", "金额"], "行": [sum_line, *lines]}
    entry = {"编号": "公开06表", "标题": "表", "版式": "定行", "栏组": [block]}
    return profile("表06", TableEntry.model_validate(entry))


def table(stated: str, parts: Sequence[str], unit: str = "万元") -> Table:
    layout = of_lines(len(parts))
    block = layout.blocks[0]
    rows = []
    for number, text in enumerate((stated, *parts), start=1):
        cells: dict[str, Value] = {"金额": figure(text, unit, number)}
        rows.append(Row(layout, block, str(number), f"项{number}", cells, number))
    return Table(layout, tuple(rows), Place("决算表.xlsx"), unit_name=unit)


def found_in(given: Table) -> list[Finding]:
    """What the totals of a table give, blank ones computed first."""
    findings = Findings()
    report(list(check_sums(complete(given, findings), findings)), {}, findings)
    return [finding for finding in findings if finding.code in CODES]


def summed(stated: str, parts: Sequence[str], unit: str = "万元") -> list[Finding]:
    return found_in(table(stated, parts, unit))


def ruled(condition: str, **figures: Figure) -> list[Finding]:
    findings = Findings()
    place = Place.line("rules.yaml", 1)
    rule = Reconciliation("D999", "两数不等", Severity.ERROR, condition, place)
    outcomes = reconcile([rule], {**FUNCTIONS, **figures}, narrative_environment(), findings)
    report(outcomes, {}, findings)
    return list(findings)


def severities(found: Sequence[Finding]) -> list[Severity]:
    return [finding.severity for finding in found]


# Published differences ----------------------------------------------------------------------


@pytest.mark.parametrize(("stated", "parts", "difference"), PUBLISHED)
def test_a_published_difference_is_a_note(
    stated: str, parts: tuple[str, ...], difference: str
) -> None:
    exact = sum(map(Decimal, parts))
    assert exact - Decimal(stated) == Decimal(difference)
    assert agree(figure(stated), added(parts)) is Verdict.ROUNDING
    found = summed(stated, parts)
    assert severities(found) == [Severity.NOTE]
    assert "尾差" in found[0].message
    assert f"相差{difference}万元。" in found[0].message
    assert severities(ruled("甲 == 乙", 甲=figure(stated), 乙=added(parts))) == [Severity.NOTE]


@pytest.mark.parametrize(("stated", "parts", "difference"), PUBLISHED)
def test_the_same_difference_in_yuan_is_an_error(
    stated: str, parts: tuple[str, ...], difference: str
) -> None:
    found = summed(stated, parts, "元")
    assert severities(found) == [Severity.ERROR]
    assert f"相差{difference}。" in found[0].message
    left, right = figure(stated, "元"), added(parts, "元")
    assert severities(ruled("甲 == 乙", 甲=left, 乙=right)) == [Severity.ERROR]


@pytest.mark.parametrize(("stated", "parts", "difference"), PUBLISHED)
@pytest.mark.parametrize("sign", [1, -1])
def test_one_unit_beyond_the_bound_is_an_error(
    stated: str, parts: tuple[str, ...], difference: str, sign: int
) -> None:
    """The bound is ½·unit·(n + 1): above and below the sum alike."""
    exact = sum(map(Decimal, parts))
    widest = (len(parts) + 1) // 2 * UNIT
    assert Decimal(difference) <= widest
    assert severities(summed(str(exact + sign * widest), parts)) == [Severity.NOTE]
    assert severities(summed(str(exact + sign * (widest + UNIT)), parts)) == [Severity.ERROR]


def test_a_flat_tolerance_of_one_unit_rejects_what_was_published() -> None:
    flat = [
        abs(sum(map(Decimal, parts)) - Decimal(stated)) > UNIT
        for stated, parts in (("27.88", GOODS), ("810.81", SALARIES))
    ]
    assert flat == [True, True]
    assert agree(figure("27.88"), added(GOODS)) is Verdict.ROUNDING
    assert agree(figure("810.81"), added(SALARIES)) is Verdict.ROUNDING


# The bound ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(1, 14))
def test_the_bound_grows_with_the_addends(count: int) -> None:
    parts = ["1.00"] * count
    widest = (count + 1) // 2
    for units in range(widest + 3):
        stated = str(count - units * UNIT)
        wanted = [] if not units else [Severity.NOTE if units <= widest else Severity.ERROR]
        assert severities(summed(stated, parts)) == wanted


@pytest.mark.parametrize(("count", "bound"), [(8, "450"), (11, "600")])
def test_the_bound_itself_is_within(count: int, bound: str) -> None:
    """0.5·100元·9 for eight addends, 0.5·100元·12 for eleven."""
    parts = added(["1.00"] * count)
    slack = figure("1.00").slack
    at = Figure("合计", parts.value - Decimal(bound), slack=slack)
    beyond = Figure("合计", parts.value - Decimal(bound) - UNIT, slack=slack)
    assert agree(at, parts) is Verdict.ROUNDING
    assert agree(beyond, parts) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("838.69", "838.69", Verdict.EQUAL),
        ("838.7", "838.70", Verdict.EQUAL),
        ("838.69", "838.70", Verdict.ROUNDING),
        ("838.70", "838.69", Verdict.ROUNDING),
        ("838.69", "838.71", Verdict.DIFFERENT),
        ("-0.01", "0", Verdict.ROUNDING),
        ("38", "38.01", Verdict.ROUNDING),
        ("38", "38.02", Verdict.DIFFERENT),
    ],
)
def test_two_cells_differ_by_a_unit_at_most(left: str, right: str, verdict: Verdict) -> None:
    """38 in a table in 万元 means 38.00: precision is the table's, not the digits'."""
    assert agree(figure(left), figure(right)) is verdict


def test_blank_cells_give_no_room() -> None:
    """公开06表 prints 28 lines below 302, of which eight hold money."""
    parts = [*GOODS, *[""] * 20]
    assert figure("").slack == 0
    assert severities(summed("27.88", parts)) == [Severity.NOTE]
    assert severities(summed("27.87", parts)) == [Severity.ERROR]


def test_a_blank_cell_is_no_rounded_one() -> None:
    assert agree(figure(""), figure("0")) is Verdict.EQUAL
    assert agree(figure(""), figure("0.01")) is Verdict.DIFFERENT


# Mixed precision ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounded", "unit", "yuan", "verdict"),
    [
        ("27.88", "万元", "278800", Verdict.EQUAL),
        ("27.88", "万元", "278750", Verdict.ROUNDING),
        ("27.88", "万元", "278849.99", Verdict.ROUNDING),
        ("27.88", "万元", "278850.01", Verdict.DIFFERENT),
        ("278.8", "千元", "278805", Verdict.ROUNDING),
        ("278.8", "千元", "278805.01", Verdict.DIFFERENT),
        ("0.28", "亿元", "28500000", Verdict.ROUNDING),
        ("0.28", "亿元", "28500000.01", Verdict.DIFFERENT),
        ("278800", "元", "278800.01", Verdict.DIFFERENT),
    ],
)
def test_a_rounded_cell_against_yuan(rounded: str, unit: str, yuan: str, verdict: Verdict) -> None:
    assert agree(figure(rounded, unit), figure(yuan, "元")) is verdict
    assert agree(figure(yuan, "元"), figure(rounded, unit)) is verdict


@pytest.mark.parametrize(
    ("coarse", "fine", "verdict"),
    [
        (("0.28", "亿元"), ("2750.00", "万元"), Verdict.ROUNDING),
        (("0.28", "亿元"), ("2749.99", "万元"), Verdict.DIFFERENT),
        (("27.88", "万元"), ("278.74", "千元"), Verdict.DIFFERENT),
        (("27.88", "万元"), ("278.75", "千元"), Verdict.ROUNDING),
    ],
)
def test_units_of_two_sizes(
    coarse: tuple[str, str], fine: tuple[str, str], verdict: Verdict
) -> None:
    """The room is half a unit of each."""
    assert agree(figure(*coarse), figure(*fine)) is verdict


@pytest.mark.parametrize(
    ("yuan", "verdict"),
    [
        ("354250", Verdict.EQUAL),
        ("354255", Verdict.ROUNDING),
        ("354255.01", Verdict.DIFFERENT),
        ("354280", Verdict.DIFFERENT),
    ],
)
def test_a_cell_with_more_decimals_states_more(yuan: str, verdict: Verdict) -> None:
    """35.425 in a table in 万元 is known to five 元."""
    assert agree(figure("35.425"), figure(yuan, "元")) is verdict


def test_a_finer_cell_narrows_its_sum() -> None:
    assert severities(summed("70.44", ["35.425", "35.00"])) == [Severity.ERROR]
    assert severities(summed("70.43", ["35.425", "35.00"])) == [Severity.NOTE]
    assert severities(summed("70.44", ["35.43", "35.00"])) == [Severity.NOTE]


# Sums of sums, signs, inequalities ----------------------------------------------------------


TREE = {
    "编号": "公开03表",
    "标题": "支出决算表",
    "版式": "科目树",
    "列": [{"项目": ["科目编码", "科目名称"]}, "小计"],
}


def tree(cells: dict[str, str]) -> Table:
    layout = profile("表03", TableEntry.model_validate(TREE))
    rows = [
        Row(layout, layout.blocks[0], code, code, {"小计": figure(text, row=row)})
        for row, (code, text) in enumerate(cells.items(), start=7)
    ]
    blanks = frozenset((code, "小计") for code, text in cells.items() if not text)
    return Table(layout, tuple(rows), Place("决算表.xlsx"), blanks)


def checked(cells: dict[str, str]) -> list[Finding]:
    return found_in(tree(cells))


PARTS = {"20801": "10.01", "20802": "8.95", "20803": "8.92", "213": "0.01"}


def test_a_computed_total_carries_the_rounding_of_its_parts() -> None:
    """合计 against three 款 and a 类: room for five roundings, for three where 208 is stated."""
    assert checked({"合计": "27.89", "208": "", **PARTS}) == []
    assert severities(checked({"合计": "27.91", "208": "", **PARTS})) == [Severity.NOTE]
    assert severities(checked({"合计": "27.92", "208": "", **PARTS})) == [Severity.ERROR]
    assert severities(checked({"合计": "27.91", "208": "27.88", **PARTS})) == [Severity.ERROR]


def test_negative_amounts() -> None:
    parts = [f"-{part}" for part in GOODS]
    assert severities(summed("-27.88", parts)) == [Severity.NOTE]
    assert severities(summed("-27.87", parts)) == [Severity.ERROR]
    assert severities(summed("27.88", parts)) == [Severity.ERROR]


def test_subtracting_rounds_like_adding() -> None:
    """年初 + 收入 - 支出 = 年末: four roundings."""
    cells = {"年初": "22.54", "收入": "2114.07", "支出": "2136.17"}
    figures = {name: figure(text) for name, text in cells.items()}
    rule = "年初 + 收入 - 支出 == 年末"
    assert ruled(rule, 年末=figure("0.44"), **figures) == []
    assert severities(ruled(rule, 年末=figure("0.46"), **figures)) == [Severity.NOTE]
    assert severities(ruled(rule, 年末=figure("0.47"), **figures)) == [Severity.ERROR]


@pytest.mark.parametrize(
    ("left", "rounded", "exact"),
    [
        ("838.67", [], []),
        ("838.69", [], []),
        ("838.70", [], [Severity.ERROR]),
        ("838.71", [Severity.ERROR], [Severity.ERROR]),
    ],
)
def test_at_most_within_rounding(left: str, rounded: list[Severity], exact: list[Severity]) -> None:
    """A part may exceed its whole by a rounding, in 元 by nothing."""
    for unit, wanted in (("万元", rounded), ("元", exact)):
        found = ruled("甲 <= 乙", 甲=figure(left, unit), 乙=figure("838.69", unit))
        assert [s for s in severities(found) if s is not Severity.NOTE] == wanted


# No tolerance is typed ----------------------------------------------------------------------


RESIDUES = {
    "cells.py",
    "numerals.py",
    "reasons.py",
    "questions.py",
    "sheets.py",
    "summary_book.py",
}
"""Where binary arithmetic of spreadsheets is undone, where the last printed digit counts,
and margins of pages."""


def _is_tolerance(node: ast.AST) -> bool:
    """A small fraction written as a text, or the size of something compared with a number."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(re.fullmatch(r"0?\.0*[1-9]\d*|\d+[eE]-\d+", node.value))
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    sizes = [s for s in sides if isinstance(s, ast.Call) and ast.unparse(s.func).endswith("abs")]
    return bool(sizes) and any(re.search(r"\d", ast.unparse(s)) for s in sides if s not in sizes)


def test_no_tolerance_is_typed_in_the_program() -> None:
    found = [
        f"{path.name}: {ast.unparse(node)}"
        for path in Path(reportgen.__file__).parent.rglob("*.py")
        if path.name not in RESIDUES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _is_tolerance(node)
    ]
    assert found == []


def test_no_tolerance_is_typed_in_the_rules() -> None:
    for path in TEMPLATES.rglob("rules.yaml"):
        text = re.sub(r"(?m)#.*|^ *例: .*", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"(?<![\w.])\d+\.\d+", text) == []
