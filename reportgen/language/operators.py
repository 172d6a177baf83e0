"""What a template may calculate, join and call."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType, MethodType
from typing import Any, TypeVar

from jinja2 import Undefined
from jinja2.filters import sync_do_slice
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.utils import Namespace

from reportgen.errors import LimitError
from reportgen.language.limits import (
    STEPS,
    bounded_list,
    bounded_range,
    check_formula,
    check_power,
    check_product,
    made,
    spend,
    tick,
)
from reportgen.language.marks import quoted
from reportgen.language.unknown import Unknown
from reportgen.model import Absent, Blank, Figure

OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": operator.truediv,
        "//": operator.floordiv,
        "**": operator.pow,
        "%": operator.mod,
    }
)
_OPEN = "_open_to_templates"
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Typed(str):
    """A text typed into a tag of a template: its digits came from no input."""

    __slots__ = ()


def unless_typed(text: str) -> str:
    """Mark a text as quoted, unless it was typed into a template."""
    return text if isinstance(text, Typed) else quoted(text)


class Notes(Namespace):
    """Jinja's namespace; as a text it is a word, whatever stands in it."""

    def __repr__(self) -> str:
        return "namespace"


def open_to_templates(function: _Function) -> _Function:
    """Mark a function that templates and rules may call; no other one can be."""
    setattr(function, _OPEN, True)
    return function


def is_callable(function: Any) -> bool:
    """Whether a template may call this: macros, loops, blocks and functions of ours."""
    if isinstance(function, MethodType):
        return isinstance(function.__self__, LoopContext)
    if isinstance(function, Macro | LoopContext | BlockReference):
        return True
    known = function is bounded_range or function is Notes or function is Decimal
    return known or getattr(function, "__dict__", {}).get(_OPEN) is True


def calculated(sign: str, left: Any, right: Any) -> Any:
    """``left sign right``; LimitError before it gets too big."""
    if sign == "*":
        check_product(left, right)
    elif sign == "**":
        check_power(left, right)
    elif sign == "%" and isinstance(left, str):
        raise TypeError("“%”不能用来拼文字，请用“~”")
    result = OPERATORS[sign](left, right)
    if isinstance(result, Figure):
        check_formula(result.name)
    return made(result)


def joined(parts: Iterable[Any], separator: str = "") -> str:
    """Texts joined by ~ or by the filter join; TypeError for what is no text."""
    items = list(parts)
    texts = [text_of(part) for part in items]
    spend(sum(map(len, texts)) + len(separator) * len(texts))
    text = separator.join(texts)
    return Typed(text) if any(type(item) is Typed for item in items) else text


def text_of(value: Any) -> str:
    """A text or whole number as text; a figure raises, for it has no format yet."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole or isinstance(value, str | Figure | Absent | Blank | Unknown):
        return str(value)
    if type(value) is Undefined:  # 甲 if 乙, without an else
        return ""
    raise TypeError("只有文字可以相连")


def _join(value: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
    """The filter join; a column of records is picked by its name."""
    items = bounded_list(value)
    tick(0, len(items))
    return joined([item[attribute] for item in items] if attribute else items, d)


def _list(value: Iterable[Any]) -> list[Any]:
    """The filter list."""
    return bounded_list(value)


def _slice(value: Iterable[Any], slices: int, fill_with: Any = None) -> list[list[Any]]:
    """The filter slice."""
    if slices > STEPS:
        raise LimitError(f"slice 超过 {STEPS:,} 份")
    return list(sync_do_slice(bounded_list(value), slices, fill_with))


BOUNDED_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"join": _join, "list": _list, "slice": _slice}
)
