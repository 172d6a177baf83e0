"""Filters that write one figure: amount, number, count, score, cell of a table."""

from __future__ import annotations

from typing import Any

from reportgen.language import Unknown
from reportgen.model import NOT_APPLICABLE, Absent, Blank, Figure, Kind, Row
from reportgen.model.rounding import CONTEXT
from reportgen.narrative import phrases
from reportgen.narrative.numerals import numeral
from reportgen.narrative.scope import Scope, with_scope


@with_scope
def amount(scope: Scope, value: Any, unit: str = "") -> str:
    """金额: an amount with its unit."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    if figure.kind is not Kind.AMOUNT:
        message = f"“{figure.name}”不是金额，不能用“金额”。"
        scope.page.findings.error("T103", scope.page.place, message, "请用“计数”或“得分”。")
    return scope.cite(phrases.amount(figure, scope.style(figure, unit)), (figure,), "金额")


@with_scope
def number(scope: Scope, value: Any, unit: str = "") -> str:
    """数: an amount without the word for its unit, as tables with a unit in the head have it."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    text = phrases.amount(figure, scope.style(figure, unit), unit=False)
    return scope.cite(text, (figure,), "数")


@with_scope
def count(scope: Scope, value: Any) -> str:
    """计数: a whole number; decimals only where the count really has some."""
    if isinstance(value, int) and not isinstance(value, bool):
        return scope.cite(str(value), (), "计数")
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    return scope.cite(numeral(figure.value, 2, grouping=False, trim=True), (figure,), "计数")


@with_scope
def score(scope: Scope, value: Any) -> str:
    """得分: up to two decimals, trailing zeros dropped."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    return scope.cite(numeral(figure.value, 2, grouping=False, trim=True), (figure,), "得分")


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
    if figure.value.is_zero():
        return style.zero
    is_amount = figure.kind is Kind.AMOUNT
    scale = phrases.SCALES[scope.wording.table_unit]
    shown = CONTEXT.divide(figure.value, scale) if is_amount else figure.value
    places = style.decimals if is_amount else 2
    trim = style.trim if is_amount else True
    text = numeral(shown, places, grouping=style.grouping, trim=trim)
    return scope.cite(text, (figure,), "表数")


def is_zero(value: Any) -> bool:
    """零: whether a figure, or a row's first figure, is 0."""
    figure = value.first if isinstance(value, Row) else value
    return isinstance(figure, Figure) and figure.value.is_zero()


def is_absent(value: Any) -> bool:
    """缺: whether a figure or a text is missing."""
    return isinstance(value, Absent | Blank | Unknown) or value in ("", None)
