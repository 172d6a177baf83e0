"""Phrases about figures: amounts, patterns and their slots, shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from reportgen.model import UNITS, Figure, Kind, half_up
from reportgen.model.rounding import CONTEXT
from reportgen.narrative.numerals import numeral
from reportgen.narrative.wording import AmountStyle, Wording

SCALES = {name: UNITS[name] for name in ("元", "万元", "亿元")}  # what documents print
_SLOT = re.compile(r"\{([^{}]+)\}")


def fill(pattern: str, slots: Mapping[str, str]) -> str:
    """Fill {名} slots; a slot that is unknown stays as it is written.

    >>> fill("完成{预算}的{率}", {"预算": "年初预算", "率": "85.00%"})
    '完成年初预算的85.00%'
    """
    return _SLOT.sub(lambda match: slots.get(match.group(1), match.group()), pattern)


def printed(figure: Figure, style: AmountStyle) -> Decimal:
    """The number as it is printed, in the style's unit; counts and scores have no unit."""
    scale = SCALES[style.unit] if figure.kind is Kind.AMOUNT else Decimal(1)
    return half_up(CONTEXT.divide(figure.value, scale), style.decimals)


def amount(figure: Figure, style: AmountStyle, *, unit: bool = True) -> str:
    """Write an amount with its unit.

    >>> amount(Figure("", Decimal("345419.33")), AmountStyle())
    '345,419.33元'
    >>> amount(Figure("", Decimal("345450")), AmountStyle(单位="万元", 千分位=False))
    '34.55万元'
    """
    return written(printed(figure, style), style, unit=unit)


def written(number: Decimal, style: AmountStyle, *, unit: bool = True) -> str:
    """Write a number that is in the style's unit and rounded already; 0 has words of its own.

    >>> nothing = AmountStyle(单位="万元", 零="0")
    >>> written(Decimal("0.00"), nothing), written(Decimal("0.01"), nothing)
    ('0万元', '0.01万元')
    >>> written(Decimal("0.00"), nothing, unit=False), written(Decimal(0), AmountStyle())
    ('0', '0.00元')
    """
    if style.zero is not None and number.is_zero():
        text = style.zero
    else:
        text = numeral(number, style.decimals, grouping=style.grouping, trim=style.trim)
    return text + style.unit if unit else text


def slots(pattern: str) -> list[str]:
    """The slots of a pattern in their order.

    >>> slots("{向}{额}，{势}{率}")
    ['向', '额', '势', '率']
    """
    return _SLOT.findall(pattern)


def ratio(part: Figure, whole: Figure, wording: Wording, style: AmountStyle) -> Decimal:
    """The share of a part in a whole, on printed or exact figures; 0 of 0 is 0."""
    if wording.percent.basis == "印出数":
        return _share(printed(part, style), printed(whole, style))
    return exact_ratio(part, whole)


def exact_ratio(part: Figure, whole: Figure) -> Decimal:
    """The share of a part in a whole before anything is rounded; 0 of 0 is 0."""
    return _share(part.value, whole.value)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return Decimal(0) if whole.is_zero() else CONTEXT.divide(part, whole)
