"""What a citation knows of each number in its text: every filter, every edge."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from reportgen.findings import Place
from reportgen.language import PAGE, Number, Page
from reportgen.language.marks import strip
from reportgen.model import Absent, Figure, Kind
from reportgen.model.formula import cells, names
from reportgen.narrative import WORDING, Wording, narrative_environment


def read(name: str, value: str, address: str, kind: Kind = Kind.AMOUNT) -> Figure:
    place = Place.cell("书.xlsx", "表", address)
    return Figure(name, Decimal(value), kind, places=(place,), formula=str(place))


def pair(name: str, this: str, base: str) -> Figure:
    figure = read(name, this, "B1")
    return figure.related(上年=read("旧", base, "C1"), 年初预算=read("预算", base, "D1"))


NAMES: dict[str, Any] = {
    "降": pair("降", "62373182.64", "118906456.59"),
    "升": pair("升", "110", "100"),
    "平": pair("平", "5", "5"),
    "印平": pair("印平", "5.004", "5"),
    "零": pair("零", "0", "0"),
    "无基": pair("无基", "12", "0"),
    "负基": pair("负基", "3", "-9"),
    "三": read("三", "3", "E1"),
    "车": read("车", "2.125", "F1", Kind.COUNT),
    "缺": Absent("缺"),
}


def cited(source: str, wording: Mapping[str, Any] | None = None) -> tuple[str, tuple[Number, ...]]:
    """The text of a template with one citation, and the citation's numbers."""
    page = Page(Place("narrative.md"))
    context = {**NAMES, PAGE: page, WORDING: Wording.model_validate(wording or {})}
    text = strip(narrative_environment().from_string(source).render(context))
    [citation] = page.citations
    for number in citation.numbers:
        assert number.text in citation.text
    return text, citation.numbers


def told(number: Number) -> tuple[str, str, str]:
    return number.text, f"{number.value.normalize():f}", number.rounding


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 降|金额 }}", ("62,373,182.64元", "62373182.64", "未舍入")),
        ("{{ 降|金额('万元') }}", ("6,237.32万元", "62373182.64", "四舍五入到0.01万元")),
        ("{{ 降|数('万元') }}", ("6,237.32", "62373182.64", "四舍五入到0.01万元")),
        ("{{ 车|计数 }}", ("2.13", "2.125", "四舍五入到0.01")),
        ("{{ 3|计数 }}", ("3", "3", "未舍入")),
        ("{{ 车|得分 }}", ("2.13", "2.125", "四舍五入到0.01")),
        ("{{ 降|表数 }}", ("62373182.64", "62373182.64", "未舍入")),
        ("{{ 车|表数 }}", ("2.13", "2.125", "四舍五入到0.01")),
    ],
)
def test_a_figure_by_itself(source: str, expected: tuple[str, str, str]) -> None:
    text, [number] = cited(source)
    assert text == number.text
    assert told(number) == expected


def test_a_change_is_two_numbers_in_the_order_of_the_sentence() -> None:
    text, (size, rate) = cited("{{ 降|增减 }}")
    assert text == "减少56,533,273.95元，下降47.54%"
    assert told(size) == ("56,533,273.95元", "56533273.95", "未舍入")
    assert (rate.text, rate.rounding) == ("47.54%", "按印出数（0.01元）计算，四舍五入到0.01%")
    assert str(rate.value).startswith("0.475443264993857639")
    assert names(size.figure) == "降.上年 - 降"
    assert cells(rate.figure) == "(书.xlsx[表]!C1 - 书.xlsx[表]!B1) / 书.xlsx[表]!C1"
    assert rate.figure.kind is Kind.RATIO
    _, (rate, size) = cited("{{ 降|增减 }}", {"增减": {"句": "{势}{率}，{向}{额}"}})
    assert (rate.text, size.text) == ("47.54%", "56,533,273.95元")
    _, (rate,) = cited("{{ 降|增减 }}", {"增减": {"句": "{势}{率}"}})
    assert rate.text == "47.54%"


def test_a_rise_is_this_year_less_last_year() -> None:
    _, (size, rate) = cited("{{ 升|增减 }}")
    assert (names(size.figure), size.value) == ("升 - 升.上年", Decimal(10))
    assert told(rate) == ("10%", "0.1", "按印出数（0.01元）计算，未舍入")


@pytest.mark.parametrize("name", ["平", "印平", "零"])
def test_no_change_is_no_number(name: str) -> None:
    assert cited(f"{{{{ {name}|增减 }}}}")[1] == ()


def test_without_a_base_there_is_one_number() -> None:
    text, [number] = cited("{{ 无基|增减 }}")
    assert (text, told(number)) == ("增加12.00元", ("12.00元", "12", "未舍入"))
    text, [number] = cited("{{ 负基|增减 }}")
    assert (text, told(number)) == ("增加12.00元", ("12.00元", "12", "未舍入"))


def test_a_rate_on_a_negative_base_is_positive_as_it_is_printed() -> None:
    _, (_, rate) = cited("{{ 负基|增减 }}", {"增减": {"基数为负": "{向}{额}{率}"}})
    assert rate.text == "133.33%"
    assert cells(rate.figure) == ("(书.xlsx[表]!B1 - 书.xlsx[表]!C1) / (0 - 书.xlsx[表]!C1)")


def test_a_change_in_another_unit_is_that_of_the_printed_figures() -> None:
    _, (size, rate) = cited("{{ 降|增减(单位='万元') }}")
    assert told(size) == ("5,653.33万元", "56533300", "按印出数（0.01万元）相减")
    assert rate.rounding == "按印出数（0.01万元）计算，四舍五入到0.01%"
    assert rate.value == Decimal("5653.33") / Decimal("11890.65") or rate.value != size.value
    _, (_, rate) = cited("{{ 降|增减(单位='万元') }}", {"百分比": {"基准": "精确数"}})
    assert rate.rounding == "四舍五入到0.01%"
    assert rate.value == rate.figure.value


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 三|占(升) }}", "占比2.73%"),
        ("{{ 三|比重(升) }}", "2.73%"),
        ("{{ 升|完成 }}", "完成年初预算的110.00%"),
        ("{{ 升|完成率('年初预算') }}", "110.00%"),
    ],
)
def test_a_share_is_one_number(source: str, text: str) -> None:
    printed, [number] = cited(source)
    assert printed == text
    assert text.endswith(number.text)
    assert number.value == number.figure.value
    assert " / " in cells(number.figure)


def test_shares_of_nothing() -> None:
    text, [number] = cited("{{ 零|比重(零) }}")
    assert (text, number.value, number.rounding) == ("0.00%", Decimal(0), "除数为0，按0%写")
    assert cells(number.figure) == "书.xlsx[表]!B1 / 书.xlsx[表]!B1"
    _, [number] = cited("{{ 零|完成 }}")
    assert (number.text, names(number.figure)) == ("0.00%", "零 / 零.年初预算")
    assert cited("{{ 无基|完成 }}", {"完成": {"预算为零": "未安排{预算}"}}) == (
        "未安排年初预算",
        (),
    )


def test_a_zero_that_a_table_prints_is_cited_and_a_blank_one_is_not() -> None:
    _, [number] = cited("{{ 零|表数 }}", {"表格": {"零": "0.00"}})
    assert told(number) == ("0.00", "0", "未舍入")
    page = Page(Place("narrative.md"))
    context = {**NAMES, PAGE: page, WORDING: Wording()}
    assert narrative_environment().from_string("{{ 零|表数 }}").render(context) == ""
    assert page.citations == []


def test_what_is_missing_is_no_citation() -> None:
    page = Page(Place("narrative.md"))
    context = {**NAMES, PAGE: page, WORDING: Wording()}
    narrative_environment().from_string("{{ 缺|金额 }}{{ 升|占(缺) }}").render(context)
    assert page.citations == []
