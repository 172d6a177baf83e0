"""Derived figures: order, cycles, related figures, unknown names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.findings import Findings, Place, Severity
from reportgen.model import NEW_UNIT, RELATIONS, Absent, Figure, Kind
from reportgen.narrative import narrative_environment
from reportgen.rules.derivation import Derivation
from reportgen.rules.derive import derive
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.relate import Relations

PLACE = Place.line("rules.yaml", 3)
CELL = Place.cell("补充数据.xlsx", "上年数", "D2")
FIGURES = {
    "甲": Figure("甲", Decimal(10)).related(上年=Figure("甲的上年", Decimal(8))),
    "乙": Figure("乙", Decimal(4)).related(上年=Figure("乙的上年", Decimal(5))),
}


def derived(
    sources: dict[str, str], relations: Relations | None = None
) -> tuple[dict[str, Any], Findings]:
    findings = Findings()
    derivations = [Derivation(name, source, PLACE) for name, source in sources.items()]
    context = {**FIGURES, **FUNCTIONS, **dict(zip(RELATIONS, RELATIONS, strict=True))}
    environment = narrative_environment()
    values = derive(derivations, context, relations or Relations(), environment, findings)
    return values, findings


def test_order_follows_need_not_the_file() -> None:
    values, findings = derived({"丁": "丙 + 甲", "丙": "甲 - 乙"})
    assert values["丁"].value == 16
    assert values["丙"].value == 6
    assert len(findings) == 0


def test_a_derived_figure_has_its_name_formula_and_last_year() -> None:
    values, _ = derived({"丙": "甲 + 乙"})
    assert values["丙"].name == "丙"
    assert values["丙"].formula == "甲 + 乙"
    assert values["丙"].lookup("上年").value == 13


def test_a_cycle_is_one_finding_that_shows_the_way_round() -> None:
    values, findings = derived({"丙": "丁 + 1", "丁": "戊 * 2", "戊": "丙 - 甲"})
    assert {value.reason for value in values.values()} == {"式子有误"}
    found = list(findings)
    assert [finding.code for finding in found] == ["T106"]
    assert found[0].place == PLACE
    assert all(name in found[0].message for name in ("丙", "丁", "戊", "→"))


def test_a_figure_of_itself_is_a_cycle() -> None:
    _, findings = derived({"丙": "丙 + 1"})
    assert [finding.code for finding in findings] == ["T106"]


def test_an_unknown_name_gets_the_nearest_known() -> None:
    values, findings = derived({"人员经费合计数": "甲", "丙": "人员经费合计 + 乙"})
    assert isinstance(values["丙"], Absent)
    assert [finding.code for finding in findings] == ["T101"]
    assert "人员经费合计" in next(iter(findings)).message
    assert next(iter(findings)).hint == "是否应为“人员经费合计数”？"


@pytest.mark.parametrize("source", ["甲 +", "甲 乙", "(甲", "甲 }} {{ 乙"])
def test_a_bad_expression_is_a_finding(source: str) -> None:
    values, findings = derived({"丙": source, "丁": "甲 + 乙"})
    assert values["丙"].reason == "式子有误"
    assert values["丁"].value == 14
    assert [finding.code for finding in findings] == ["T106"]


def test_adding_a_text_is_a_finding() -> None:
    values, findings = derived({"丙": "甲 + '元'"})
    assert isinstance(values["丙"], Absent)
    assert [finding.code for finding in findings] == ["T106"]


def test_what_needs_an_absent_figure_is_absent_under_its_own_name() -> None:
    values, findings = derived({"丙": "甲 / (乙 - 乙)", "丁": "丙 + 甲"})
    assert (values["丙"].name, values["丙"].reason) == ("丙", "除数为0")
    assert (values["丁"].name, values["丁"].reason) == ("丁", "除数为0")
    (told,) = findings  # once, where the division stands
    assert (told.code, told.severity) == ("D200", Severity.NOTE)
    assert "“丙”的式子“甲 / (乙 - 乙)”除数为0" in told.message


def test_decimal_literals_are_exact() -> None:
    values, _ = derived({"丙": "甲 * 0.1 + 甲 * 0.2"})
    assert values["丙"].value == Decimal("3.0")


def test_last_year_by_name_goes_over_that_of_the_parts() -> None:
    given = Figure("", Decimal(99), places=(CELL,))
    relations = Relations(figures=[("", "丙", "", "上年", given)])
    values, findings = derived({"丙": "甲 + 乙"}, relations)
    assert values["丙"].lookup("上年").value == 99
    assert len(findings) == 0


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.SCORE, Kind.AMOUNT])
def test_last_year_without_a_unit_is_of_the_kind_of_this_year(kind: Kind) -> None:
    given = Figure("", Decimal(15), places=(CELL,))
    relations = Relations(figures=[("", "丙", "", "上年", given)])
    context = {"个数": Figure("个数", Decimal(12), kind)}
    derivation = Derivation("丙", "个数", PLACE)
    values = derive([derivation], context, relations, narrative_environment(), Findings())
    assert values["丙"].lookup("上年").kind is kind


def test_reasons_by_name() -> None:
    relations = Relations(texts=[("", "丙", "", "上年原因", "人员增加", CELL)])
    values, _ = derived({"丙": "甲 + 乙"}, relations)
    assert values["丙"].lookup("上年原因") == "人员增加"


def test_a_name_nobody_derives_is_a_finding_at_its_cell() -> None:
    given = Figure("", Decimal(99), places=(CELL,))
    relations = Relations(figures=[("", "收入总记", "", "上年", given)])
    _, findings = derived({"收入总计": "甲 + 乙"}, relations)
    assert [(f.code, f.place, f.hint) for f in findings] == [("D115", CELL, "是否应为“收入总计”？")]


def test_a_new_unit_has_no_last_year() -> None:
    findings = Findings()
    figure = {"甲": Figure("甲", Decimal(1))}
    derivations = [Derivation("丙", "甲 + 甲", PLACE)]
    values = derive(
        derivations, figure, Relations(new_unit=True), narrative_environment(), findings
    )
    before = values["丙"].lookup("上年")
    assert isinstance(before, Absent)
    assert before.reason == NEW_UNIT
