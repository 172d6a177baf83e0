"""Filters that word a change: in a sentence, or its amount, its rate, its direction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportgen.language import Number
from reportgen.model import Figure, half_up
from reportgen.narrative import exact, phrases
from reportgen.narrative.comparison import Comparison, comparison, known_comparison
from reportgen.narrative.numerals import percent
from reportgen.narrative.phrases import Change
from reportgen.narrative.scope import Scope, with_scope


@with_scope
def change(
    scope: Scope,
    value: Any,
    base: Any = "上年",
    unit: str = "",
    equal: str | None = None,
    form: str = "",
) -> str:
    """增减: the change against last year (or a budget) in words, amount and rate."""
    found = comparison(scope, value, base, unit, form)
    if isinstance(found, str):
        return found
    _note_change(scope, found.this, found.compared)
    if equal is not None and found.compared.case in (Change.EQUAL, Change.BOTH_ZERO):
        return equal
    numbers = found.numbers()
    texts = {slot: number.text for slot, number in numbers.items()}
    text = phrases.fill(found.pattern, {**found.slots, **texts})
    cited = exact.in_order(found.pattern, numbers)
    return scope.cite(text, (found.this, found.base), f"增减（{found.name}）", *cited)


@with_scope
def change_amount(
    scope: Scope,
    value: Any,
    base: Any = "上年",
    unit: str = "",
    form: str = "",
    shows_unit: bool = True,
) -> str:
    """增减额: how much a figure has changed, without a sign."""
    found = comparison(scope, value, base, unit, form)
    if isinstance(found, str):
        return found
    return _cited(found, found.numbers()["额"], "增减额", shows_unit=shows_unit)


@with_scope
def difference(
    scope: Scope, value: Any, base: Any = "上年", unit: str = "", shows_unit: bool = True
) -> str:
    """差额: a figure less its base, with its sign."""
    found = comparison(scope, value, base, unit)
    if isinstance(found, str):
        return found
    number = exact.difference(found.this, found.base, found.compared, found.style)
    return _cited(found, number, "差额", shows_unit=shows_unit)


def _cited(found: Comparison, number: Number, made: str, *, shows_unit: bool = True) -> str:
    if not shows_unit:
        number = replace(number, text=number.text.removesuffix(found.style.unit))
    made = f"{made}（{found.name}）"
    return found.scope.cite(number.text, (found.this, found.base), made, number)


@with_scope
def change_rate(
    scope: Scope,
    value: Any,
    base: Any = "上年",
    unit: str = "",
    form: str = "",
    trim: bool | None = None,
) -> str:
    """增减率: the percentage of a change, without a sign; 不可比 where the base is 0."""
    found = comparison(scope, value, base, unit, form)
    if isinstance(found, str):
        return found
    _note_change(scope, found.this, found.compared)
    if not found.compared.has_rate:
        return found.words.no_rate
    return _cited(found, found.numbers(trim=trim)["率"], "增减率")


@with_scope
def amount_word(
    scope: Scope,
    value: Any,
    base: Any = "上年",
    unit: str = "",
    form: str = "",
    equal: str | None = None,
) -> str:
    """增减词: 增加 or 减少."""
    return _word(comparison(scope, value, base, unit, form), "向", equal)


@with_scope
def rate_word(
    scope: Scope,
    value: Any,
    base: Any = "上年",
    unit: str = "",
    form: str = "",
    equal: str | None = None,
) -> str:
    """升降词: 增长 or 下降."""
    return _word(comparison(scope, value, base, unit, form), "势", equal)


def _word(found: Comparison | str, slot: str, equal: str | None) -> str:
    if isinstance(found, str):
        return found
    is_equal = equal is not None and not found.compared.amount
    return str(equal) if is_equal else found.slots[slot]


def _note_change(scope: Scope, figure: Figure, compared: phrases.Compared) -> None:
    places = scope.wording.percent.decimals
    if compared.case is Change.BASE_NEGATIVE:
        scope.note("N104", f"“{figure.name}”的对比数为负，不计算百分比。")
    elif compared.case is Change.CHANGED and half_up(compared.rate * 100, places) != half_up(
        compared.exact_rate * 100, places
    ):
        shown, exact = percent(compared.rate, places), percent(compared.exact_rate, places)
        message = f"“{figure.name}”增减的百分比按印出数为{shown}，按精确数为{exact}。"
        scope.note("N103", message)


def _sign(scope: Scope, value: Any, base: Any, unit: str) -> int | None:
    """Which way a figure moves against its base as printed; ``None`` where one is missing."""
    found = known_comparison(scope, value, base, unit)
    return found.compared.sign if found else None


@with_scope
def has_changed(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """有变化: whether a figure differs from its base as printed."""
    return bool(_sign(scope, value, base, unit))


@with_scope
def has_risen(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """增加: whether a figure is above its base as printed."""
    return _sign(scope, value, base, unit) == 1


@with_scope
def has_fallen(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """减少: whether a figure is below its base as printed."""
    return _sign(scope, value, base, unit) == -1


@with_scope
def is_level(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """持平: whether a figure equals its base as printed."""
    return _sign(scope, value, base, unit) == 0
