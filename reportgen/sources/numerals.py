"""Numbers as people type them, read exactly."""

from __future__ import annotations

import re
from decimal import Decimal

NOT_APPLICABLE_MARKS = frozenset({"—", "——", "———", "————", "-", "--", "–", "－", "－－", "/"})
_PLAIN = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_BRACKETED = re.compile(r"\((.+)\)")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("−"): "-"}


def parse_number(text: str) -> Decimal | None:
    """Read a number with commas, full-width digits, brackets for minus, or a % sign.

    ``None`` means that the text is no number. A percentage comes back as a ratio.

    >>> parse_number("１，２３４．５０"), parse_number("(123)"), parse_number("−7")
    (Decimal('1234.50'), Decimal('-123'), Decimal('-7'))
    >>> parse_number("85%"), parse_number("1,2,3"), parse_number("NaN"), parse_number("1_000")
    (Decimal('0.85'), None, None, None)
    >>> parse_number("10.00元"), parse_number("1,234①"), parse_number("5³")
    (None, None, None)
    """
    folded = re.sub(r"\s", "", text.translate(_NARROW))
    bracketed = _BRACKETED.fullmatch(folded)
    if bracketed:
        inner = parse_number(bracketed.group(1))
        return None if inner is None or inner < 0 else -inner
    if folded.endswith("%"):
        share = parse_number(folded[:-1])
        return None if share is None else share / 100
    if not _PLAIN.fullmatch(folded) or not folded.isascii():
        return None
    return Decimal(folded.replace(",", ""))


def settle(value: Decimal, places: int) -> Decimal:
    """Take a number to ``places`` decimals where Excel's own arithmetic left a residue.

    Only differences below 10⁻⁶ are residues; finer data stays as it is.

    >>> settle(Decimal("62298177.640000001"), 2), settle(Decimal("35.425"), 2)
    (Decimal('62298177.64'), Decimal('35.425'))
    """
    rounded = round(value, places)
    return rounded if abs(rounded - value) < Decimal("1e-6") else value
