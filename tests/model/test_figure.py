"""Figures: arithmetic with cells, precision, related figures and what is absent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.errors import BareFigureError, FigureError
from reportgen.findings import Place
from reportgen.model import NOT_APPLICABLE, Absent, Blank, Figure, Kind, Value, total

A1 = Place.cell("决算表.xlsx", "公开01表", "A1")
B2 = Place.cell("决算表.xlsx", "公开01表", "B2")
TEN = Figure("甲", Decimal(10), places=(A1,))
FOUR = Figure("乙", Decimal(4), places=(B2,))
GONE = Absent("丙", "没有填")


@pytest.mark.parametrize(
    ("result", "expected", "kind"),
    [
        pytest.param(TEN + FOUR, "14", Kind.AMOUNT, id="sum"),
        pytest.param(TEN - FOUR, "6", Kind.AMOUNT, id="difference"),
        pytest.param(TEN / FOUR, "2.5", Kind.RATIO, id="ratio of amounts"),
        pytest.param(TEN * 3, "30", Kind.AMOUNT, id="multiple"),
        pytest.param(3 * TEN, "30", Kind.AMOUNT, id="multiple from the left"),
        pytest.param(TEN * Decimal("0.5"), "5.0", Kind.AMOUNT, id="by a decimal"),
        pytest.param(100 - TEN, "90", Kind.AMOUNT, id="a number minus a figure"),
        pytest.param(-TEN, "-10", Kind.AMOUNT, id="negation"),
    ],
)
def test_arithmetic(result: Value, expected: str, kind: Kind) -> None:
    assert isinstance(result, Figure)
    assert result.value == Decimal(expected)
    assert result.kind is kind


@pytest.mark.parametrize(
    "result",
    [GONE + TEN, TEN + GONE, GONE - TEN, TEN - GONE, GONE * TEN, TEN / GONE, 3 + GONE, -GONE],
)
def test_with_absent_it_is_absent(result: Value) -> None:
    assert isinstance(result, Absent)
    assert (result.name, result.reason) == ("丙", "没有填")
    assert not result


def test_division_by_zero_is_absent() -> None:
    result = TEN / Figure("零", Decimal(0))
    assert isinstance(result, Absent)
    assert result.reason == "除数为0"


def test_division_is_rounded_half_up_at_fifty_digits() -> None:
    result = Figure("", Decimal(2)) / Figure("", Decimal(3))
    assert isinstance(result, Figure)
    assert result.value == Decimal("0." + "6" * 49 + "7")


def test_a_cell_used_twice_is_named_once() -> None:
    result = TEN + TEN + FOUR
    assert isinstance(result, Figure)
    assert result.places == (A1, B2)
    assert result.formula == "甲+甲+乙"


@pytest.mark.parametrize("text", ["3", 1.5, None, True])
def test_only_figures_and_exact_numbers_are_computed_with(text: object) -> None:
    with pytest.raises(FigureError):
        TEN + text


@pytest.mark.parametrize(
    ("result", "slack"),
    [
        pytest.param(lambda a, b: a + b, "55", id="slacks add up"),
        pytest.param(lambda a, b: a - b, "55", id="in a difference too"),
        pytest.param(lambda a, b: a * 3, "150", id="a multiple of a slack"),
        pytest.param(lambda a, b: a / b, "0.25", id="a slack divided"),
    ],
)
def test_precision_goes_along(result: object, slack: str) -> None:
    a = Figure("a", Decimal(500), slack=Decimal(50))
    b = Figure("b", Decimal(200), slack=Decimal(5))
    computed = result(a, b)  # type: ignore[operator]
    assert computed.slack == Decimal(slack)


def test_related_figures_are_added_where_both_have_them() -> None:
    left = TEN.related(上年=Figure("", Decimal(8)), 年初预算=Figure("", Decimal(9)))
    right = FOUR.related(上年=Figure("", Decimal(2)))
    result = left - right
    assert isinstance(result, Figure)
    before, budget = result.lookup("上年"), result.lookup("年初预算")
    assert isinstance(before, Figure)
    assert before.value == 6
    assert isinstance(budget, Absent)
    assert result.lookup("全年预算") is not None


def test_a_ratio_has_no_last_year() -> None:
    result = TEN.related(上年=FOUR) / FOUR.related(上年=TEN)
    assert isinstance(result, Figure)
    assert isinstance(result.lookup("上年"), Absent)


@pytest.mark.parametrize(
    "printing", [str, "{}".format, lambda f: f"{f:,}", lambda f: f.__html__()], ids=range(4)
)
def test_a_bare_figure_is_never_text(printing: object) -> None:
    with pytest.raises(BareFigureError, match="甲"):
        printing(TEN)  # type: ignore[operator]


@pytest.mark.parametrize("printing", [str, "{}".format])
def test_an_absent_figure_is_never_text(printing: object) -> None:
    with pytest.raises(BareFigureError, match="丙"):
        printing(GONE)  # type: ignore[operator]


def test_names_of_a_figure() -> None:
    figure = TEN.with_texts({"上年原因": "人员增加", "用途": "办公"})
    assert figure.lookup("名称") == "甲"
    assert figure.lookup("上年原因") == "人员增加"
    assert figure.lookup("用途") == "办公"
    assert isinstance(figure.lookup("预算原因"), Blank)
    with pytest.raises(KeyError):
        figure.lookup("去年")
    with pytest.raises(KeyError):
        figure.lookup("去年原因")
    for name in figure.names():
        figure.lookup(name)


def test_what_belongs_to_an_absent_figure_is_absent() -> None:
    found = GONE.lookup("上年")
    assert isinstance(found, Absent)
    assert (found.name, found.reason) == ("丙的上年", "没有填")


def test_total_passes_over_what_does_not_apply() -> None:
    result = total([TEN, Absent("横线", NOT_APPLICABLE), FOUR], "合计")
    assert isinstance(result, Figure)
    assert (result.name, result.value, result.places) == ("合计", Decimal(14), (A1, B2))


def test_total_with_a_missing_cell_is_missing() -> None:
    assert isinstance(total([TEN, GONE, Absent("横线", NOT_APPLICABLE)], "合计"), Absent)


@pytest.mark.parametrize("values", [[], [Absent("横线", NOT_APPLICABLE)]], ids=["none", "——"])
def test_total_of_nothing_is_an_exact_zero(values: list[Value]) -> None:
    result = total(values, "合计")
    assert isinstance(result, Figure)
    assert (result.value, result.places, result.slack) == (Decimal(0), (), Decimal(0))


def test_order_is_that_of_the_values() -> None:
    assert FOUR < TEN
    assert (TEN < 4) is False
    assert Decimal(10) <= TEN
    assert not TEN <= FOUR
    assert TEN
    assert not Figure("零", Decimal("0.00"))
