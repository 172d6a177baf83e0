"""Numbers as people type them, read exactly."""

from __future__ import annotations

import re
from decimal import Decimal

from reportgen.model import half_up
from reportgen.model.rounding import CONTEXT
from reportgen.sources.cells import Cell

NOT_APPLICABLE_MARKS = frozenset({"—", "——", "———", "————", "-", "--", "–", "－", "－－", "/"})
_PLAIN = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_BRACKETED = re.compile(r"\((.+)\)")
_DIGITS = 20
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
        return None if inner is None or inner < 0 else inner.copy_negate()
    if folded.endswith("%"):
        share = parse_number(folded[:-1])
        return None if share is None else share.scaleb(-2, CONTEXT)
    if not _PLAIN.fullmatch(folded) or not folded.isascii():
        return None
    return Decimal(folded.replace(",", ""))


def settle(value: Decimal, places: int) -> Decimal:
    """Take a number to ``places`` decimals where Excel's own arithmetic left a residue.

    Only differences below 10⁻⁶ are residues; finer data stays as it is.

    >>> settle(Decimal("62298177.640000001"), 2), settle(Decimal("35.425"), 2)
    (Decimal('62298177.64'), Decimal('35.425'))
    """
    rounded = half_up(value, places)
    near = CONTEXT.abs(CONTEXT.subtract(rounded, value)) < Decimal("1e-6")
    return rounded if near else value


def is_too_long(value: Decimal) -> bool:
    """Whether the number has more digits than any amount, and than arithmetic keeps.

    >>> is_too_long(Decimal("123456789012.34")), is_too_long(Decimal("9" * 40))
    (False, True)
    """
    digits = "".join(map(str, value.as_tuple().digits)).rstrip("0")
    return len(digits) > _DIGITS or value.adjusted() >= _DIGITS


def is_number(cell: Cell) -> bool:
    """Whether a number stands in the cell, as a number or as text."""
    return isinstance(cell.content, Decimal) or parse_number(cell.text) is not None
