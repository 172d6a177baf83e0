"""Filters that set a part beside a whole: shares, and the completion of budgets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.language import Number
from reportgen.model import Figure, Kind
from reportgen.narrative import exact, phrases
from reportgen.narrative.change_words import CompletionWords
from reportgen.narrative.numerals import percent
from reportgen.narrative.scope import Scope, with_scope
from reportgen.narrative.wording import AmountStyle


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
def proportion(
    scope: Scope,
    value: Any,
    whole: Any,
    unit: str = "",
    trim: bool | None = None,
    places: int | None = None,
) -> str:
    """比重: a share as a bare percentage."""
    drop = scope.wording.percent.trim_share if trim is None else trim
    found = _share(scope.rounded(places), value, whole, unit, trim=drop)
    if isinstance(found, str):
        return found
    return scope.cite(found[0].text, found[1:], "比重", found[0])


@with_scope
def rate(
    scope: Scope,
    value: Any,
    trim: bool = False,
    shows_unit: bool = True,
    places: int | None = None,
) -> str:
    """百分比: a ratio that was computed already (执行率) as a percentage, with or without its %."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    if figure.kind is not Kind.RATIO:
        return scope.refuse(f"“{figure.name}”不是比率，不能用“百分比”。", figure.name)
    decimals = scope.wording.percent.decimals if places is None else places
    found = exact.rate(figure, decimals, trim=trim)
    if not shows_unit:
        found = found._replace(text=found.text.removesuffix("%"))
    return scope.cite(found.text, (figure,), "百分比", found)


@with_scope
def share(
    scope: Scope,
    value: Any,
    whole: Any,
    unit: str = "",
    trim: bool | None = None,
    places: int | None = None,
) -> str:
    """占: a share with the wording's verb, 占比13.99%."""
    drop = scope.wording.percent.trim_share if trim is None else trim
    found = _share(scope.rounded(places), value, whole, unit, trim=drop)
    if isinstance(found, str):
        return found
    pattern = scope.wording.share
    text = phrases.fill(pattern, {"率": found[0].text})
    return scope.cite(text, found[1:], "占比", *exact.in_order(pattern, {"率": found[0]}))


@with_scope
def completion(
    scope: Scope,
    value: Any,
    budget: Any = "年初预算",
    unit: str = "",
    form: str = "",
    trim: bool | None = None,
    places: int | None = None,
) -> str:
    """完成: 完成年初预算的119.09%; worded differently where the budget is 0."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    planned, name = scope.base(figure, budget)
    words = scope.wording.completion
    words = words.form(scope.form(words.others, budget, form))
    scope = scope.rounded(words.decimals if places is None else places)
    drop = scope.wording.percent.trim_completion if trim is None else trim
    found = _share(scope, figure, planned, unit, trim=drop)
    if isinstance(found, str):
        return found
    rate, spent, planned = found
    style = scope.style(figure, unit)
    pattern = _completion_pattern(words, spent, planned, style)
    numbers = {"率": rate, "基数": exact.stated_amount(planned, style)}
    texts = {slot: number.text for slot, number in numbers.items()}
    text = phrases.fill(pattern, {**scope.slots, "预算": name, **texts})
    cited = exact.in_order(pattern, numbers)
    return scope.cite(text, (spent, planned), f"完成（{name}）", *cited) if text else ""


def _completion_pattern(
    words: CompletionWords, spent: Figure, planned: Figure, style: AmountStyle
) -> str:
    """The pattern of a completion in this case."""
    if phrases.printed(planned, style):
        return words.sentence
    return words.budget_zero if phrases.printed(spent, style) else words.both_zero


@with_scope
def completion_rate(
    scope: Scope,
    value: Any,
    budget: Any = "全年预算",
    unit: str = "",
    trim: bool | None = None,
    places: int | None = None,
) -> str:
    """完成率: a completion as a bare percentage."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    planned = scope.base(figure, budget)[0]
    drop = scope.wording.percent.trim_completion if trim is None else trim
    found = _share(scope.rounded(places), figure, planned, unit, trim=drop)
    if isinstance(found, str):
        return found
    return scope.cite(found[0].text, found[1:], "完成率", found[0])
