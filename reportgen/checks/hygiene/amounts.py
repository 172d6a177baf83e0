"""Amounts in texts: units that are mixed in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from reportgen.checks.hygiene.corpus import Corpus, Hit
from reportgen.findings import Severity
from reportgen.rules.text_rules import TextRules

_AMOUNT = re.compile(  # the first digit leads: the search leaps from one to the next
    r"([0-9](?<![0-9].)(?<![0-9][.,].)(?:[0-9]{0,2}(?:,[0-9]{3})++|[0-9]{0,19}+))"
    r"(\.[0-9]{1,8}+)? ?(万元|亿元|千元|元)"
)
_BREAK = re.compile("[\n\x1e]")
_BEFORE, _AFTER = 8, 4
_WHOLE = Decimal(10000)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a text has it: its number, decimals and unit, and where it stands."""

    number: Decimal
    decimals: int
    unit: str
    start: int
    end: int


@lru_cache(maxsize=1)
def amounts(text: str) -> Sequence[Amount]:
    """Every amount in a folded text with its unit, in order; two rules ask for them."""
    return [_amount(match) for match in _AMOUNT.finditer(text)]


def _amount(match: re.Match[str]) -> Amount:
    whole, decimals, unit = match.groups()
    number = Decimal(whole.replace(",", "") + (decimals or ""))
    places = len(decimals) - 1 if decimals else 0
    return Amount(number, places, unit, match.start(), match.end())


def mixed_units(corpus: Corpus, rules: TextRules) -> Iterator[Hit]:
    """H105: 元 and 万元 in one paragraph.

    Small round amounts in 元 (每人5000元) and unit prices are no mixture.
    """
    for paragraph in _paragraphs(corpus):
        told = [amount for amount in paragraph if not _is_price(corpus, amount, rules)]
        large = next((amount for amount in told if amount.unit in ("万元", "亿元")), None)
        small = next((amount for amount in told if _is_whole(amount)), None)
        if large and small:
            message = f"所在的一段既用{large.unit}又用元"
            hint = "请统一单位。"
            yield Hit("H105", small.start, small.end, message, hint, Severity.WARNING)


def _is_whole(amount: Amount) -> bool:
    """Whether an amount in 元 is one that 万元 would serve as well."""
    return amount.unit == "元" and (amount.decimals > 0 or amount.number >= _WHOLE)


def _is_price(corpus: Corpus, amount: Amount, rules: TextRules) -> bool:
    before = corpus.text[max(0, amount.start - _BEFORE) : amount.start]
    after = corpus.text[amount.end : amount.end + _AFTER]
    return after.startswith(("/", "每", "以上")) or any(word in before for word in rules.unit_words)


def _paragraphs(corpus: Corpus) -> Iterator[Sequence[Amount]]:
    """The amounts of each paragraph that has more than one."""
    found: list[Amount] = []
    for amount in amounts(corpus.folded):
        if found and _BREAK.search(corpus.text, found[-1].end, amount.start):
            if len(found) > 1:
                yield found
            found = []
        found.append(amount)
    if len(found) > 1:
        yield found
