"""Numbers as people type them, and cells as figures: exact, in the base unit, with precision."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.findings import Findings
from reportgen.model import NOT_APPLICABLE, Absent, Figure, Kind
from reportgen.sources.cells import Cell, Content, Sheet
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.numerals import parse_number, settle


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        ("１，２３４．５０", "1234.50"),
        (" 1 234 ", "1234"),
        ("12345678901234567890.12", "12345678901234567890.12"),
        ("(123)", "-123"),
        ("（1,234.5）", "-1234.5"),
        ("-123", "-123"),
        ("−7", "-7"),
        ("－7", "-7"),
        ("+7", "7"),
        ("0", "0"),
        ("85%", "0.85"),
        ("85％", "0.85"),
        ("007", "7"),
    ],
)
def test_a_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "——",
        "1,2,3",
        "12,34",
        "1.2.3",
        "NaN",
        "Infinity",
        "1e5",
        "1_000",
        "10元",
        "约10",
        "(-5)",
        "()",
        "%",
        "１０万",
        "1/2",
        "³",
        "①",
        "5³",
        "1,234①",
        "½",
        "٣",
        ".5",
        "5.",
        "0x10",
        "1-2",
    ],
)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("value", "settled"),
    [
        ("62298177.640000001", "62298177.64"),
        ("0.30000000000000004", "0.30"),
        ("62373182.63999999", "62373182.64"),
        ("35.425", "35.425"),
        ("1.00001", "1.00001"),
    ],
)
def test_a_residue_of_excel_s_arithmetic_goes(value: str, settled: str) -> None:
    assert settle(Decimal(value), 2) == Decimal(settled)


def cell(content: Content, unit: Unit = Unit()) -> tuple[object, Findings]:  # noqa: B008
    findings = Findings()
    one = Cell(12, 3, content)
    sheet = Sheet("决算表.xlsx", "公开03表", {(12, 3): one}, (), 12, 3)
    return read_figure(sheet, one, "基本支出", unit, findings), findings


def test_a_figure_knows_its_cell() -> None:
    figure, findings = cell(Decimal("8714163.94"))
    assert isinstance(figure, Figure)
    assert str(figure.places[0]) == "决算表.xlsx[公开03表]!C12"
    assert (figure.value, figure.slack) == (Decimal("8714163.94"), Decimal(0))
    assert len(findings) == 0


@pytest.mark.parametrize(
    ("content", "unit", "value", "slack"),
    [
        pytest.param("38", Unit("万元"), "380000", "50", id="38 of 万元 means 38.00"),
        pytest.param("1,234.56", Unit("万元"), "12345600", "50", id="万元 with commas"),
        pytest.param("35.425", Unit("万元"), "354250", "5", id="finer 万元 is exact to its digit"),
        pytest.param("5", Unit("千元"), "5000", "5", id="千元"),
        pytest.param("0.62", Unit("亿元"), "62000000", "500000", id="亿元"),
        pytest.param("100.5", Unit(), "100.5", "0", id="元 is exact"),
        pytest.param("7", Unit("辆", Kind.COUNT), "7", "0", id="a count"),
        pytest.param("66.32", Unit("分", Kind.SCORE), "66.32", "0", id="a score"),
    ],
)
def test_units(content: str, unit: Unit, value: str, slack: str) -> None:
    figure, _ = cell(content, unit)
    assert isinstance(figure, Figure)
    assert (figure.value, figure.slack, figure.kind) == (Decimal(value), Decimal(slack), unit.kind)


def test_finer_data_than_published_is_noted() -> None:
    _, findings = cell(Decimal("35.425"), Unit("万元"))
    assert [finding.code for finding in findings] == ["D117"]
    assert "35.425万元" in next(iter(findings)).message


def test_an_empty_cell_is_zero_with_its_place() -> None:
    figure, findings = cell(None)
    assert isinstance(figure, Figure)
    assert figure.value == 0
    assert figure.places
    assert len(findings) == 0


def test_a_blank_cell_is_an_exact_zero() -> None:
    """It states no digit that could have been rounded."""
    for unit in (Unit(), Unit("万元")):
        found, _ = cell(None, unit)
        assert isinstance(found, Figure)
        assert (found.value, found.slack) == (Decimal(0), Decimal(0))


@pytest.mark.parametrize("dash", ["—", "——", "————", "-", "－－", "/"])
def test_a_dash_does_not_apply(dash: str) -> None:
    figure, findings = cell(dash)
    assert isinstance(figure, Absent)
    assert figure.reason == NOT_APPLICABLE
    assert len(findings) == 0


def test_a_text_is_no_number() -> None:
    figure, findings = cell("见说明")
    assert isinstance(figure, Absent)
    assert [finding.code for finding in findings] == ["D108"]
