"""Phrases about figures: amount, share, change, completion — right at every edge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reportgen.model import UNITS, Figure, Kind, half_up
from reportgen.model.rounding import CONTEXT
from reportgen.narrative.change_words import ChangeWords
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


class Change(StrEnum):
    """The cases of a comparison that are worded differently."""

    EQUAL = "相等"
    EQUAL_AS_PRINTED = "印出相等"
    BOTH_ZERO = "同为零"
    TO_ZERO = "降为零"
    BASE_ZERO = "基数为零"
    BASE_NEGATIVE = "基数为负"
    CHANGED = "句"


@dataclass(frozen=True, slots=True)
class Compared:
    """A change as printed: its case, its amount (in the style's unit) and its rates."""

    case: Change
    amount: Decimal
    rate: Decimal
    exact_rate: Decimal

    @property
    def has_rate(self) -> bool:
        """Whether a percentage says something: the base is above 0, or nothing has changed."""
        return self.case not in (Change.BASE_ZERO, Change.BASE_NEGATIVE)

    @property
    def sign(self) -> int:
        """1 for a rise as printed, -1 for a fall, 0 for none."""
        return (self.amount > 0) - (self.amount < 0)


def compare(this: Figure, base: Figure, wording: Wording, style: AmountStyle) -> Compared:
    """Compare a figure with its base; on printed figures unless the wording says 精确数."""
    new, old = printed(this, style), printed(base, style)
    exact_rate = _rate(this.value, base.value)
    rate = _rate(new, old) if wording.percent.basis == "印出数" else exact_rate
    return Compared(_case(this, base, new, old), new - old, rate, exact_rate)


def _rate(new: Decimal, old: Decimal) -> Decimal:
    return Decimal(0) if old.is_zero() else CONTEXT.divide(abs(new - old), abs(old))


def _case(this: Figure, base: Figure, new: Decimal, old: Decimal) -> Change:
    if new == old:
        if this.value.is_zero() and base.value.is_zero():
            return Change.BOTH_ZERO
        return Change.EQUAL if this.value == base.value else Change.EQUAL_AS_PRINTED
    if old.is_zero():
        return Change.BASE_ZERO
    if old < 0:
        return Change.BASE_NEGATIVE
    return Change.TO_ZERO if this.value.is_zero() else Change.CHANGED


def change_pattern(case: Change, words: ChangeWords) -> str:
    """The pattern of a change in this case."""
    return {
        Change.EQUAL: words.equal,
        Change.EQUAL_AS_PRINTED: words.equal_as_printed,
        Change.BOTH_ZERO: words.both_zero or words.equal,
        Change.TO_ZERO: words.to_zero or words.sentence,
        Change.BASE_ZERO: words.base_zero,
        Change.BASE_NEGATIVE: words.base_negative,
        Change.CHANGED: words.sentence,
    }[case]


def change_words(compared: Compared, words: ChangeWords) -> dict[str, str]:
    """The words of a change by their slots: which way the amount and the rate go.

    >>> fall = Compared(Change.CHANGED, Decimal(-3), Decimal(0), Decimal(0))
    >>> change_words(fall, ChangeWords())
    {'向': '减少', '势': '下降', '大小': '小于'}
    """
    falls = compared.amount < 0
    size = words.size[2] if compared.sign == 0 else words.size[falls]
    return {"向": words.amount[falls], "势": words.rate[falls], "大小": size}


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
