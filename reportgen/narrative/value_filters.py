"""Filters that write one figure: amount, number, count, score, cell of a table."""

from __future__ import annotations

import re
from typing import Any

from reportgen.language import Unknown
from reportgen.model import NOT_APPLICABLE, Absent, Blank, Figure, Kind, Row
from reportgen.model.rounding import CONTEXT
from reportgen.narrative import exact, phrases
from reportgen.narrative.numerals import numeral
from reportgen.narrative.scope import Scope, with_scope

_has_digit = re.compile(r"\d").search


@with_scope
def amount(scope: Scope, value: Any, unit: str = "") -> str:
    """金额: an amount with its unit."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    if figure.kind is not Kind.AMOUNT:
        scope.fault("T103", f"“{figure.name}”不是金额，不能用“金额”。", "请用“计数”或“得分”。")
        unit = ""
    style = scope.style(figure, unit)
    text = phrases.amount(figure, style)
    return scope.cite(
        text, (figure,), "金额", exact.stated(text, figure, style.decimals, style.unit)
    )


@with_scope
def number(scope: Scope, value: Any, unit: str = "") -> str:
    """数: an amount without the word for its unit, as tables with a unit in the head have it."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    style = scope.style(figure, unit)
    text = phrases.amount(figure, style, unit=False)
    return scope.cite(text, (figure,), "数", exact.stated(text, figure, style.decimals, style.unit))


@with_scope
def count(scope: Scope, value: Any) -> str:
    """计数: a whole number; decimals only where the count really has some."""
    if isinstance(value, int) and not isinstance(value, bool):
        text = str(int(value))
        return scope.cite(text, (), "计数", exact.counted(text, value))
    return _short(scope, value, "计数")


@with_scope
def score(scope: Scope, value: Any, trim: bool = True) -> str:
    """得分: up to two decimals, trailing zeros dropped; 得分(去零=false) keeps them."""
    return _short(scope, value, "得分", trim=trim)


def _short(scope: Scope, value: Any, made: str, *, trim: bool = True) -> str:
    """A number with at most two decimals, trailing zeros dropped unless they are to stay."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    text = numeral(figure.value, 2, grouping=False, trim=trim)
    return scope.cite(text, (figure,), made, exact.stated(text, figure, 2))


@with_scope
def cell(scope: Scope, value: Any) -> str:
    """表数: a figure as it stands in a printed table; texts pass through."""
    if isinstance(value, str):
        return value
    style = scope.wording.table
    if isinstance(value, Absent):
        return style.not_applicable if value.reason == NOT_APPLICABLE else ""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    unit = scope.wording.table_unit if figure.kind is Kind.AMOUNT else ""
    places, trim = (style.decimals, style.trim) if unit else (2, True)
    if figure.value.is_zero():
        text = style.zero
    else:
        shown = CONTEXT.divide(figure.value, phrases.SCALES[unit]) if unit else figure.value
        text = numeral(shown, places, grouping=style.grouping, trim=trim)
    if not _has_digit(text):
        return text
    return scope.cite(text, (figure,), "表数", exact.stated(text, figure, places, unit))


def is_zero(value: Any) -> bool:
    """零: whether a figure, or a row's first figure, is 0."""
    figure = value.first if isinstance(value, Row) else value
    return isinstance(figure, Figure) and figure.value.is_zero()


def is_absent(value: Any) -> bool:
    """缺: whether a figure or a text is missing."""
    return isinstance(value, Absent | Blank | Unknown) or value in ("", None)
