"""What == and in refuse, and what they say where there is no page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.errors import FigureError
from reportgen.findings import Findings, Place
from reportgen.language.citations import Page
from reportgen.language.expressions import compile_expression
from reportgen.language.location import report_failure
from reportgen.model import Absent, Block, Column, Figure, Layout, Profile, Row
from reportgen.narrative import WORDING, Wording, narrative_environment
from reportgen.narrative.filters import rules_environment

BLOCK = Block("", (Column(("项目",), "项目"), Column(("金额",), "金额")))
PROFILE = Profile("表01", "公开01表", "收入决算表", Layout.TREE, (BLOCK,))
CONTEXT = {
    "甲": Figure("甲", Decimal(5)),
    "乙": Figure("乙", Decimal("5.00")),
    "缺的": Absent("丙"),
    "行": Row(PROFILE, BLOCK, "201", "教育支出", {"金额": Figure("教育支出", Decimal(5))}),
}


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("行 == 甲", "“==”两边不能比较"),
        ("甲 in [行]", "“==”两边不能比较"),
        ("甲|金额 == 乙", "“==”两边不能比较"),
        ("甲 == 0.5", "不能用“0.5”计算"),
    ],
)
def test_what_is_no_comparison_of_numbers_is_said(condition: str, message: str) -> None:
    source = "{% if " + condition + " %}相等{% endif %}"
    names = {**CONTEXT, "_page": Page(Place("narrative.md")), WORDING: Wording()}
    findings = Findings()
    with pytest.raises((TypeError, FigureError)) as caught:
        narrative_environment().from_string(source).render(names)
    report_failure(caught.value, Place("narrative.md"), findings)
    assert [message in found.message for found in findings] == [True], list(findings)


def test_a_rule_compares_inside_a_longer_condition_as_at_its_top() -> None:
    rule = compile_expression(rules_environment(), "甲 == 乙 or 甲 == 6")
    assert rule(CONTEXT) is True
    rule = compile_expression(rules_environment(), "甲 != 乙 or 甲 == 6")
    assert rule(CONTEXT) is False


def test_a_rule_says_what_it_lacks() -> None:
    rule = compile_expression(rules_environment(), "甲 == 缺的 or 甲 == 6")
    with pytest.raises(FigureError, match="缺少“丙”"):
        rule(CONTEXT)
