"""``==``, ``!=`` and ``in`` of templates: figures by value, texts by what is printed.

``<`` and ``>=`` compare figures by value; so do these, though a figure is equal to itself
alone in Python, where it also carries its name and cells.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.errors import FigureError
from reportgen.language.citations import PAGE, Page
from reportgen.language.limits import tick
from reportgen.language.location import current_line
from reportgen.language.marks import CLOSE, strip
from reportgen.model import Absent, Figure, Row

EQUALITIES = frozenset(("eq", "ne", "in", "notin"))
_ORDER: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge}
)


def compared(context: Context, signs: Sequence[str], sides: Sequence[Any]) -> bool:
    """``甲 == 乙 <= 丙``: whether every two neighbours stand to each other as they should."""
    tick(0, len(signs))
    return all(
        _holds(context, sign, left, right)
        for sign, left, right in zip(signs, sides, sides[1:], strict=False)
    )


def _holds(context: Context, sign: str, left: Any, right: Any) -> bool:
    if sign in _ORDER:
        return bool(_ORDER[sign](left, right))
    found = _alike(context, left, right) if sign in ("eq", "ne") else _within(context, left, right)
    return found is (sign in ("eq", "in"))


def _alike(context: Context, left: Any, right: Any) -> bool | None:
    """Whether two values are the same; nothing where one of the numbers is missing."""
    if type(left) is Figure and type(right) is Figure:
        return left.value == right.value
    if isinstance(left, str) and isinstance(right, str):
        return strip(left) == strip(right)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        tick(0, len(left))
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(_alike(context, *pair) for pair in pairs)
    if not any(isinstance(side, Figure | Absent) for side in (left, right)):
        return bool(left == right)
    for side in (left, right):
        if isinstance(side, Row) or (isinstance(side, str) and CLOSE in side):
            raise TypeError("'==' not supported between instances of a figure and this")
    if not (_is_number(left) and _is_number(right)):
        return False  # a text, or nothing, is no number
    missing = [side for side in (left, right) if isinstance(side, Absent)]
    for side in missing:
        _report(context, side)
    return None if missing else bool(left <= right and left >= right)


def _is_number(value: Any) -> bool:
    is_known = isinstance(value, Figure | Absent | int | float | Decimal)
    return is_known and not isinstance(value, bool)


def _within(context: Context, item: Any, items: Any) -> bool | None:
    """Whether one of the items is the same."""
    if isinstance(items, str) and isinstance(item, str):
        return strip(item) in strip(items)
    if isinstance(items, str | Mapping | range) or not isinstance(items, Iterable):
        return item in items
    found = None if isinstance(item, Absent) else False
    for one in items:
        tick(0, 1)
        if _alike(context, item, one):
            return True
    return found


def _report(context: Context, absent: Absent) -> None:
    """Record that a number is asked for which is missing; a rule says so in its own words."""
    message = f"缺少“{absent.name}”（{absent.reason}），不能比较是否相等。"
    page: Page | None = context.get(PAGE)
    if page is None:
        raise FigureError(message)
    hint = "请在补充数据或决算表中补填。"
    page.findings.error("N102", current_line(page.place), message, hint)


@pass_context
def is_equal(context: Context, value: Any, other: Any) -> bool:
    """The test eq."""
    return compared(context, ("eq",), (value, other))


@pass_context
def is_unequal(context: Context, value: Any, other: Any) -> bool:
    """The test ne."""
    return compared(context, ("ne",), (value, other))


@pass_context
def is_in(context: Context, value: Any, items: Any) -> bool:
    """The test in."""
    return compared(context, ("in",), (value, items))


EQUALITY_TESTS: Mapping[str, Callable[..., bool]] = MappingProxyType(
    {"eq": is_equal, "ne": is_unequal, "in": is_in}
)
