"""The numbers of a citation: what each was before it was rounded, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from reportgen.language import Number
from reportgen.model import Absent, Figure, Kind, Origin, Value, half_up
from reportgen.model.rounding import CONTEXT
from reportgen.narrative import phrases
from reportgen.narrative.numerals import percent
from reportgen.narrative.wording import AmountStyle, Wording

UNROUNDED = "未舍入"


@lru_cache(maxsize=4096)
def rounding(value: Decimal, places: int, unit: str = "") -> str:
    """Say how a number of this unit was rounded.

    >>> rounding(Decimal("6144.366455"), 2, "万元"), rounding(Decimal("3.10"), 2, "元")
    ('四舍五入到0.01万元', '未舍入')
    >>> rounding(Decimal("47.5"), 0, "%"), rounding(Decimal(0), 2)
    ('四舍五入到1%', '未舍入')
    """
    return UNROUNDED if value == half_up(value, places) else f"四舍五入到{_step(places, unit)}"


@lru_cache(maxsize=64)
def _step(places: int, unit: str) -> str:
    return f"{Decimal(1).scaleb(-places):f}{unit}"


def stated(text: str, figure: Figure, places: int, unit: str = "") -> Number:
    """A figure that is printed by itself, in ``unit`` where it is an amount."""
    scale = phrases.SCALES.get(unit)
    shown = CONTEXT.divide(figure.value, scale) if scale else figure.value
    return Number(text, figure.value, figure, rounding(shown, places, unit))


def stated_amount(figure: Figure, style: AmountStyle) -> Number:
    """A figure that is printed by itself in this style, with its unit."""
    return stated(phrases.amount(figure, style), figure, style.decimals, style.unit)


def rate(figure: Figure, places: int, *, trim: bool) -> Number:
    """A ratio that is a figure of its own, as a percentage."""
    text = percent(figure.value, places, trim=trim)
    words = rounding(CONTEXT.multiply(figure.value, Decimal(100)), places, "%")
    return Number(text, figure.value, figure, words)


def counted(text: str, value: int) -> Number:
    """A whole number that a template counted; no cell stands behind it."""
    return Number(text, Decimal(value), Figure("个数", Decimal(value), Kind.COUNT), UNROUNDED)


def proportion(
    part: Figure, whole: Figure, wording: Wording, style: AmountStyle, *, trim: bool
) -> Number:
    """A share or a completion as a percentage."""
    ratio = phrases.ratio(part, whole, wording, style)
    text = percent(ratio, wording.percent.decimals, trim=trim)
    printed = wording.percent.basis == "印出数"
    base = phrases.printed(whole, style) if printed else whole.value
    words = _rate_words(ratio, base, wording, style)
    return Number(text, ratio, _quotient(part, whole), words)


def change(
    this: Figure,
    base: Figure,
    compared: phrases.Compared,
    wording: Wording,
    style: AmountStyle,
    *,
    trim: bool,
) -> dict[str, Number]:
    """The numbers of a change by their slots: its amount, its rate, and the base."""
    larger, smaller = (base, this) if compared.amount < 0 else (this, base)
    moved = larger - smaller
    assert isinstance(moved, Figure)
    size = abs(compared.amount)
    rate = percent(compared.rate, wording.percent.decimals, trim=trim)
    rate_words = _rate_words(compared.rate, base.value, wording, style)
    old = base if base.value >= 0 else -base
    return {
        "额": _moved(size, moved, style),
        "率": Number(rate, compared.rate, _quotient(moved, old), rate_words),
        "基数": stated_amount(base, style),
    }


def difference(
    this: Figure, base: Figure, compared: phrases.Compared, style: AmountStyle
) -> Number:
    """The signed difference of a figure and its base as they are printed."""
    moved = this - base
    assert isinstance(moved, Figure)
    return _moved(compared.amount, moved, style)


def _moved(size: Decimal, moved: Figure, style: AmountStyle) -> Number:
    """A difference of printed figures, of which ``moved`` knows the cells."""
    scale = phrases.SCALES.get(style.unit, Decimal(1))
    value = size * scale
    step = _step(style.decimals, style.unit)
    words = UNROUNDED if value == moved.value else f"按印出数（{step}）相减"
    return Number(phrases.written(size, style), value, moved, words)


def in_order(pattern: str, found: Mapping[str, Number]) -> tuple[Number, ...]:
    """The numbers that a pattern prints, in the order in which it prints them."""
    return tuple(found[slot] for slot in phrases.slots(pattern) if slot in found)


def _rate_words(ratio: Decimal, base: Decimal, wording: Wording, style: AmountStyle) -> str:
    """How a percentage was rounded, and on which figures it was computed."""
    if base.is_zero():
        return "除数为0，按0%写"
    words = rounding(CONTEXT.multiply(ratio, Decimal(100)), wording.percent.decimals, "%")
    if wording.percent.basis == "精确数":
        return words
    return f"按印出数（{_step(style.decimals, style.unit)}）计算，{words}"


def _quotient(part: Value, whole: Value) -> Figure:
    """A ratio that knows its cells even where it is 0 of 0."""
    assert isinstance(part, Figure)
    assert isinstance(whole, Figure)
    ratio = part / whole
    if isinstance(ratio, Absent):
        name = f"{part.name}/{whole.name}"
        places = tuple(dict.fromkeys(part.places + whole.places))
        ratio = Figure(
            name, Decimal(0), places=places, formula=name, origin=Origin(part, "/", whole)
        )
    return replace(ratio, kind=Kind.RATIO)
