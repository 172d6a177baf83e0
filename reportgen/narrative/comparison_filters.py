"""Filters that word a change: in a sentence, or its amount, its rate, its direction."""

from __future__ import annotations

from typing import Any

from reportgen.language import Number
from reportgen.narrative import exact, phrases
from reportgen.narrative.comparison import Comparison, comparison, note_change
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
    places: int | None = None,
) -> str:
    """增减: the change against last year (or a budget) in words, amount and rate."""
    found = comparison(scope, value, base, unit, form, places)
    if isinstance(found, str):
        return found
    note_change(found)
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
    scope: Scope,
    value: Any,
    base: Any = "上年",
    unit: str = "",
    form: str = "",
    shows_unit: bool = True,
) -> str:
    """差额: a figure less its base, with its sign."""
    found = comparison(scope, value, base, unit, form)
    if isinstance(found, str):
        return found
    number = exact.difference(found.this, found.base, found.compared, found.style)
    return _cited(found, number, "差额", shows_unit=shows_unit)


def _cited(found: Comparison, number: Number, made: str, *, shows_unit: bool = True) -> str:
    if not shows_unit:
        number = number._replace(text=number.text.removesuffix(found.style.unit))
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
    places: int | None = None,
) -> str:
    """增减率: the percentage of a change, without a sign; 不可比 where the base is 0."""
    found = comparison(scope, value, base, unit, form, places)
    if isinstance(found, str):
        return found
    note_change(found)
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
