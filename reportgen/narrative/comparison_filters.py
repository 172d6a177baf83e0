"""Filters that compare two figures: change, share and completion."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.language import Number
from reportgen.model import NEW_UNIT, Absent, Figure, Row, half_up
from reportgen.narrative import exact, phrases
from reportgen.narrative.numerals import percent
from reportgen.narrative.scope import Scope, with_scope


@with_scope
def change(
    scope: Scope, value: Any, base: Any = "上年", unit: str = "", equal: str | None = None
) -> str:
    """增减: the change against last year (or a budget) in words, amount and rate."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    before, name = scope.base(figure, base)
    if isinstance(before, Absent) and before.reason == NEW_UNIT:
        return scope.wording.change.new_unit
    before = scope.figure(before)
    if isinstance(before, str):
        return before
    style = scope.style(figure, unit)
    compared = phrases.compare(figure, before, scope.wording, style)
    _note_change(scope, figure, compared)
    if equal is not None and compared.case in (phrases.Change.EQUAL, phrases.Change.BOTH_ZERO):
        return equal
    text = phrases.change(compared, name, scope.wording, style)
    numbers = exact.change(figure, before, compared, scope.wording, style)
    return scope.cite(text, (figure, before), f"增减（{name}）", *numbers)


def _note_change(scope: Scope, figure: Figure, compared: phrases.Compared) -> None:
    places = scope.wording.percent.decimals
    if compared.case is phrases.Change.BASE_NEGATIVE:
        scope.note("N104", f"“{figure.name}”的对比数为负，不计算百分比。")
    elif compared.case is phrases.Change.CHANGED and half_up(
        compared.rate * 100, places
    ) != half_up(compared.exact_rate * 100, places):
        shown, exact = percent(compared.rate, places), percent(compared.exact_rate, places)
        message = f"“{figure.name}”增减的百分比按印出数为{shown}，按精确数为{exact}。"
        scope.note("N103", message)


def _share(
    scope: Scope, value: Any, whole: Any, unit: str, *, trim: bool
) -> tuple[Number, Figure, Figure] | str:
    """The percentage of a part in a whole, with both; or what stands instead."""
    part = scope.figure(value)
    if isinstance(part, str):
        return part
    total = scope.figure(whole)
    if isinstance(total, str):
        return total
    style, places = scope.style(part, unit), scope.wording.percent.decimals
    if phrases.printed(total, style):
        shown = percent(phrases.ratio(part, total, scope.wording, style), places)
        _note_share(scope, shown, part, total)
    return exact.proportion(part, total, scope.wording, style, trim=trim), part, total


def _note_share(scope: Scope, text: str, part: Figure, total: Figure) -> None:
    places, ratio = scope.wording.percent.decimals, phrases.exact_ratio(part, total)
    nothing, whole = percent(Decimal(0), places), percent(Decimal(1), places)
    if (text == nothing and part) or (text == whole and part.value != total.value):
        scope.note("N105", f"“{part.name}”与“{total.name}”之比印出为{text}，实际不是。")
    if text != percent(ratio, places):
        exact = percent(ratio, places)
        message = f"“{part.name}”与“{total.name}”之比按印出数为{text}，按精确数为{exact}。"
        scope.note("N103", message)


@with_scope
def proportion(scope: Scope, value: Any, whole: Any, unit: str = "") -> str:
    """比重: a share as a bare percentage."""
    found = _share(scope, value, whole, unit, trim=scope.wording.percent.trim_share)
    if isinstance(found, str):
        return found
    return scope.cite(found[0].text, found[1:], "比重", found[0])


@with_scope
def share(scope: Scope, value: Any, whole: Any, unit: str = "") -> str:
    """占: a share with the wording's verb, 占比13.99%."""
    found = _share(scope, value, whole, unit, trim=scope.wording.percent.trim_share)
    if isinstance(found, str):
        return found
    pattern = scope.wording.share
    text = phrases.fill(pattern, {"率": found[0].text})
    return scope.cite(text, found[1:], "占比", *exact.in_order(pattern, {"率": found[0]}))


@with_scope
def completion(scope: Scope, value: Any, budget: Any = "年初预算", unit: str = "") -> str:
    """完成: 完成年初预算的119.09%; worded differently where the budget is 0."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    planned, name = scope.base(figure, budget)
    found = _share(scope, figure, planned, unit, trim=scope.wording.percent.trim_completion)
    if isinstance(found, str):
        return found
    words = scope.wording.completion
    pattern = words.sentence
    style = scope.style(figure, unit)
    if not phrases.printed(found[2], style):
        spent = phrases.printed(found[1], style)
        pattern = words.budget_zero if spent else words.both_zero
    text = phrases.fill(pattern, {"预算": name, "率": found[0].text})
    numbers = exact.in_order(pattern, {"率": found[0]})
    return scope.cite(text, found[1:], f"完成（{name}）", *numbers) if text else ""


@with_scope
def completion_rate(scope: Scope, value: Any, budget: Any = "全年预算", unit: str = "") -> str:
    """完成率: a completion as a bare percentage."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    planned = scope.base(figure, budget)[0]
    found = _share(scope, figure, planned, unit, trim=scope.wording.percent.trim_completion)
    if isinstance(found, str):
        return found
    return scope.cite(found[0].text, found[1:], "完成率", found[0])


def _moved(scope: Scope, figure: Figure, base: str, unit: str) -> bool:
    """Whether a figure differs from its base as printed."""
    before = scope.base(figure, base)[0]
    style = scope.style(figure, unit)
    return isinstance(before, Figure) and (
        phrases.printed(figure, style) != phrases.printed(before, style)
    )


@with_scope
def has_changed(scope: Scope, value: Any, base: str = "上年", unit: str = "") -> bool:
    """有变化: whether a figure differs from its base as printed."""
    figure = value.first if isinstance(value, Row) else value
    return isinstance(figure, Figure) and _moved(scope, figure, base, unit)
