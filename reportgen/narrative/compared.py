"""How a figure stands to its base as printed: the case, the change, the words that apply."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reportgen.model import Figure
from reportgen.model.rounding import CONTEXT
from reportgen.narrative import phrases
from reportgen.narrative.change_words import ChangeWords
from reportgen.narrative.wording import AmountStyle, Wording


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
    new, old = phrases.printed(this, style), phrases.printed(base, style)
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
