"""Reconciliations: both sides with their cells, three verdicts, silence where data lack."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.bundle.profiles import profile
from reportgen.bundle.schema import TableEntry
from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.model import Absent, Figure, Row, Table
from reportgen.narrative import narrative_environment
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.reconcile import reconcile
from reportgen.rules.report import report

RULE = Place.line("rules.yaml", 8, 3)


def figure(name: str, value: str, address: str, slack: str = "0") -> Figure:
    place = Place.cell("决算表.xlsx", "公开03表", address)
    return Figure(name, Decimal(value), slack=Decimal(slack), places=(place,))


def check(
    condition: str, context: dict[str, Any], severity: Severity = Severity.ERROR, **more: str
) -> list[Finding]:
    findings = Findings()
    rule = Reconciliation("D302", "支出合计两表不等", severity, condition, RULE, **more)
    outcomes = reconcile([rule], {**FUNCTIONS, **context}, narrative_environment(), findings)
    report(outcomes, {}, findings)
    return list(findings)


A = figure("支出合计", "100", "C7")
B = figure("总表支出合计", "100.01", "F33")


def test_equal_says_nothing() -> None:
    assert check("甲 == 乙", {"甲": A, "乙": figure("", "100.00", "B2")}) == []


def test_a_difference_shows_both_values_with_both_cells() -> None:
    found = check("甲 == 乙", {"甲": A, "乙": B})
    assert len(found) == 1
    assert (found[0].code, found[0].severity) == ("D302", Severity.ERROR)
    assert found[0].place == A.places[0]
    assert found[0].message == (
        "支出合计两表不等：支出合计100.00，"
        "总表支出合计100.01（决算表.xlsx[公开03表]!F33），相差0.01。"
    )


def test_rounded_data_get_a_note() -> None:
    ten_thousands = figure("万元表支出合计", "1000000", "C7", "50")
    yuan = figure("元表支出合计", "1000049.99", "F33")
    found = check("甲 == 乙", {"甲": ten_thousands, "乙": yuan})
    assert [finding.severity for finding in found] == [Severity.NOTE]
    assert found[0].message == (
        "支出合计两表不等（尾差）：万元表支出合计1,000,000.00，"
        "元表支出合计1,000,049.99（决算表.xlsx[公开03表]!F33），相差49.99。"
    )
    far = figure("元表支出合计", "1000050.01", "F33")
    assert [f.severity for f in check("甲 == 乙", {"甲": ten_thousands, "乙": far})] == [
        Severity.ERROR
    ]


def test_a_sum_of_rounded_cells_has_more_room() -> None:
    """27.88 against 27.92 with 8 addends, in 万元: 尾差, as in a published document."""
    parts = {f"数{n}": figure(f"数{n}", "34900", f"C{n}", "50") for n in range(8)}
    added = " + ".join(parts)
    total = figure("合计", "278800", "C9", "50")
    assert 8 * Decimal(34900) == 279200
    assert [f.severity for f in check(f"合计 == {added}", {"合计": total, **parts})] == [
        Severity.NOTE
    ]
    assert [f.severity for f in check("合计 == 数0 * 8 - 数1", {"合计": total, **parts})] == [
        Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("甲 <= 乙", True),
        ("乙 <= 甲", False),
        ("甲 < 乙", True),
        ("甲 < 甲", False),
        ("甲 <= 甲", True),
        ("乙 >= 甲", True),
        ("乙 > 甲", True),
        ("甲 != 乙", True),
        ("甲 != 甲", False),
        ("甲 <= 乙 <= 甲", False),
        ("甲 == 甲 and 乙 == 乙", True),
        ("甲 == 甲 and 甲 == 乙", False),
        ("乙 - 甲 == 0.01", True),
        ("甲 == 100", True),
    ],
)
def test_signs(condition: str, holds: bool) -> None:
    assert (check(condition, {"甲": A, "乙": B}) == []) is holds


def test_severity_and_hint_are_the_rule_s() -> None:
    found = check("甲 == 乙", {"甲": A, "乙": B}, Severity.WARNING, hint="请核对。")
    assert (found[0].severity, found[0].hint) == (Severity.WARNING, "请核对。")


@pytest.mark.parametrize(
    ("condition", "more", "missing"),
    [
        ("甲 == 乙", {}, "缺少乙（未提供）"),
        ("甲 == 甲 + 乙", {}, "缺少乙（未提供）"),
        ("甲 == 甲.上年", {}, "缺少支出合计的上年数（未提供）"),
        ("甲 == 甲", {"when": "乙"}, "缺少乙（未提供）"),
        ("行 == 1", {"rows": "乙"}, "缺少乙（未提供）"),
        ("甲 == 甲 / 零", {}, "缺少支出合计÷零（除数为0）"),
    ],
)
def test_a_side_that_is_absent_is_not_checked_and_that_is_said(
    condition: str, more: dict[str, Any], missing: str
) -> None:
    zero = figure("零", "0", "C1")
    (found,) = check(condition, {"甲": A, "乙": Absent("乙"), "零": zero}, **more)
    assert (found.code, found.severity, found.place) == ("D200", Severity.NOTE, RULE)
    assert found.message == f"{missing}，没有核对：D302“支出合计两表不等”。"


def test_a_condition_without_comparison_must_be_true() -> None:
    zero = figure("零", "0", "C1")
    assert check("甲", {"甲": A}) == []
    found = check("零", {"零": zero})
    assert [(finding.code, finding.message) for finding in found] == [
        ("D302", "支出合计两表不等。")
    ]


def test_when() -> None:
    zero = figure("零", "0", "C1")
    assert check("甲 == 乙", {"甲": A, "乙": B, "零": zero}, when="零") == []
    assert len(check("甲 == 乙", {"甲": A, "乙": B}, when="甲")) == 1


def test_for_every_row() -> None:
    rows = [{"决算": figure(f"行{n}", str(n), f"C{n}"), "预算": B} for n in (50, 101, 200)]
    found = check("行['决算'] <= 行['预算']", {"表": rows}, rows="表")
    assert [str(finding.place) for finding in found] == [
        "决算表.xlsx[公开03表]!C101",
        "决算表.xlsx[公开03表]!C200",
    ]


def test_an_unknown_name_is_the_rule_s_fault() -> None:
    found = check("支出合计 == 支出总记", {"支出合计": A, "支出总计": B})
    assert [(finding.code, finding.place, finding.hint) for finding in found] == [
        ("T101", RULE, "是否应为“支出总计”？")
    ]


def test_a_bad_expression_is_the_rule_s_fault() -> None:
    found = check("甲 ==", {"甲": A})
    assert [(finding.code, finding.place) for finding in found] == [("T106", RULE)]


def tree(name: str, codes: list[str], printed: bool = True) -> Table:
    """A table of 科目 in which every cell is 1."""
    entry = {"编号": name, "标题": name, "版式": "科目树"}
    columns = [{"项目": ["科目编码", "科目名称"]}, "小计"]
    layout = profile(name, TableEntry.model_validate({**entry, "列": columns}))
    block = layout.blocks[0]
    rows = [
        Row(
            layout,
            block,
            code,
            f"科目{code}",
            {"小计": figure(code, "1", f"C{n}")},
            printed=printed,
        )
        for n, code in enumerate(codes, start=7)
    ]
    return Table(layout, tuple(rows), Place("决算表.xlsx"))


CODES = ["2080101", "2080102"]
TABLES = {"表05": tree("表05", CODES), "表03": tree("表03", CODES)}


@pytest.mark.parametrize(
    ("condition", "more", "name"),
    [
        ("行['小计'] == 1", {"rows": "表05.项目"}, "项目"),
        ("行['小记'] == 1", {"rows": "表05.项"}, "小记"),
        ("行['小计'] == 1 and 行['小记'] == 1", {"rows": "表05.项"}, "小记"),
        ("行['小计'] <= 表03[行.编码, '小记']", {"rows": "表05.项"}, "2080101，小记"),
        ("行['小计'] == 2", {"rows": "表05.项", "when": "行.年初"}, "年初"),
        ("甲 == 乙", {"when": "甲.年初"}, "年初"),
        ("求和(表05.类型, '小计') == 甲", {}, "类型"),
    ],
)
def test_a_slip_does_not_silence_a_rule(condition: str, more: dict[str, Any], name: str) -> None:
    found = check(condition, {**TABLES, "甲": A, "乙": B}, **more)
    assert [(finding.code, finding.place) for finding in found] == [("T101", RULE)]
    assert f"“{name}”" in found[0].message


@pytest.mark.parametrize("others", [["2080102"], []])
def test_a_row_that_the_other_table_lacks_is_a_fault_of_the_data(others: list[str]) -> None:
    tables = {"表05": tree("表05", CODES[: 2 if others else 1]), "表03": tree("表03", others)}
    found = check("行['小计'] <= 表03[行.编码, '小计']", tables, rows="表05.项", hint="请核对。")
    assert [(str(f.place), f.code, f.severity, f.hint) for f in found] == [
        ("决算表.xlsx[公开03表]!C7", "D302", Severity.ERROR, "请核对。")
    ]
    assert found[0].message.endswith("科目2080101（2080101）：表03没有2080101。")


def test_a_row_that_is_only_in_the_budget_need_not_be_elsewhere() -> None:
    tables = {"表05": tree("表05", CODES, printed=False), "表03": tree("表03", [])}
    assert check("行['小计'] <= 表03[行.编码, '小计']", tables, rows="表05.项") == []


def test_the_sum_of_a_table_that_could_not_be_read_is_absent() -> None:
    found = check("求和(表05.类, '小计') == 甲", {"表05": Absent("表05"), "甲": A})
    assert [finding.code for finding in found] == ["D200"]


def test_a_row_that_could_not_be_read_is_told_once() -> None:
    findings = Findings()
    findings.error("D112", Place("决算表.xlsx"), "“208010”不是科目编码。")
    rule = Reconciliation(
        "D306",
        "大于",
        Severity.ERROR,
        "行['小计'] <= 表03[行.编码, '小计']",
        RULE,
        rows="表05.项",
    )
    tables = {"表05": tree("表05", CODES), "表03": tree("表03", CODES[:1])}
    reconcile([rule], {**FUNCTIONS, **tables}, narrative_environment(), findings)
    assert [finding.code for finding in findings] == ["D112"]


@pytest.mark.parametrize(("condition", "holds"), [("甲 in [甲]", True), ("1 not in [1]", False)])
def test_other_comparisons_are_conditions_as_a_whole(condition: str, holds: bool) -> None:
    assert (check(condition, {"甲": A}) == []) is holds


def test_a_column_that_a_record_lacks_is_not_checked_and_that_is_said() -> None:
    records = [{"甲": A, "乙": A}, {"甲": A}]
    (found,) = check("行['甲'] == 行['乙']", {"清单": records}, rows="清单")
    assert (found.code, found.severity) == ("D200", Severity.NOTE)
    assert "缺少“乙”（有的行没有）" in found.message


def test_texts_are_compared_as_texts() -> None:
    assert check("甲 == '优'", {"甲": "优"}) == []
    (found,) = check("甲 == '优'", {"甲": "良"})
    assert found.message == "支出合计两表不等：“良”，“优”。"


def test_formulas_of_a_side_have_their_brackets() -> None:
    parts = {"甲": A, "乙": B, "丙": figure("丙", "3", "C9")}
    (found,) = check("甲 - (乙 - 丙) == 5", parts)
    assert "支出合计-（总表支出合计-丙）" in found.message
