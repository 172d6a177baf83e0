"""Reconciliations (勾稽关系): conditions of a bundle, with both sides shown where one fails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from reportgen.errors import ExpressionError, FigureError, LimitError
from reportgen.findings import Findings, nearest
from reportgen.language import (
    Comparison,
    Expression,
    ReportEnvironment,
    Unknown,
    compile_expression,
    compile_rule,
)
from reportgen.language.limits import limited
from reportgen.language.location import FAILURES, report_expression
from reportgen.model import Absent, Blank, Figure, Kind, Row
from reportgen.rules.lacking import Lacking, Reconciliation, note_unchecked, place_of
from reportgen.rules.outcome import Outcome

_COLUMNS = re.compile(r"行\.(\w+) *== *行\.(\w+)")


@limited()
def reconcile(
    rules: Sequence[Reconciliation],
    context: Mapping[str, Any],
    environment: ReportEnvironment,
    findings: Findings,
) -> list[Outcome]:
    """Evaluate every rule; a side that is absent makes it not checkable, which is noted."""
    outcomes: list[Outcome] = []
    all_lacking: list[Lacking] = []
    for rule in rules:
        try:
            comparisons = compile_rule(environment, rule.condition)
            rows = compile_expression(environment, rule.rows) if rule.rows else None
            when = compile_expression(environment, rule.when) if rule.when else None
        except ExpressionError as error:
            findings.error("T106", rule.place, f"{rule.code} {error}", "请核对括号和引号。")
            continue
        used = [side for c in comparisons for side in (c.left, c.right) if side]
        missing = _missing([*used, *(e for e in (rows, when) if e)], context)
        if missing:
            hint = nearest(missing, context) or "请核对名称。"
            message = f"{rule.code} 的式子“{rule.condition}”里有未知的名称“{missing}”。"
            findings.error("T101", rule.place, message, hint)
            continue
        try:
            lacking = Lacking(rule)
            all_lacking.append(lacking)
            for scope in _scopes(rows, context, lacking):
                outcomes += _check(rule, when, comparisons, scope, lacking, findings)
            lacking.report(findings)
        except FAILURES as error:
            report_expression(error, f"{rule.code} ", rule.place, findings)
    note_unchecked(all_lacking, findings)
    return outcomes


def _missing(expressions: Sequence[Expression], context: Mapping[str, Any]) -> str:
    names = {name for e in expressions for name in e.names} - context.keys() - {"行", "列"}
    return min(names, default="")


def _scopes(
    rows: Expression | None, context: Mapping[str, Any], lacking: Lacking
) -> Iterator[Mapping[str, Any]]:
    if rows is None:
        yield context
        return
    found = rows(context)
    if isinstance(found, Unknown):
        lacking.add(found, None, "每行")
    elif isinstance(found, Absent):
        lacking.add_absent(found)
    scope = rows.scope(context)
    for row in found:
        columns = [c.key for c in row.block.values] if isinstance(row, Row) else []
        scope.update({"行": row, "列": columns})  # each row is checked before the next
        yield scope


def _check(
    rule: Reconciliation,
    when: Expression | None,
    comparisons: Sequence[Comparison],
    scope: Mapping[str, Any],
    lacking: Lacking,
    findings: Findings,
) -> Iterator[Outcome]:
    """A rule for one row; a row that can't be computed doesn't keep the others from it."""
    row = scope.get("行") if rule.rows else None
    try:
        asked = when(scope) if when else True
        lacking.add(asked if isinstance(asked, Unknown) else None, row, "当")
        if isinstance(asked, Absent):
            lacking.add_absent(asked)
        if not asked:
            return
        for number, comparison in enumerate(comparisons):
            left = _known(comparison.left, scope)
            right = _known(comparison.right, scope) if comparison.right else None
            unknown = next((v for v in (left, right) if isinstance(v, Unknown)), None)
            lacking.add(unknown, row, str(number))
            absent = next((v for v in (left, right) if isinstance(v, Absent | Blank)), None)
            if absent is not None:
                lacking.add_absent(absent)
            elif unknown is None:
                yield from _compared(rule, comparison.sign, left, right, row, findings)
    except LimitError:
        raise
    except FAILURES as error:
        report_expression(error, f"{rule.code} ", rule.place, findings)


def _known(side: Expression, scope: Mapping[str, Any]) -> Any:
    """The value of a side; an empty cell of a list is absent."""
    value = side(scope)
    return Absent(side.source, "没有填写") if value is None else value


def _compared(
    rule: Reconciliation, sign: str, left: Any, right: Any, row: Any, findings: Findings
) -> Iterator[Outcome]:
    """Two figures make an outcome; texts and bare conditions are told at once."""
    if not sign:
        if not left:
            message = f"{rule.title}{_of(row)}。"
            findings.add(rule.code, rule.severity, place_of(row, rule), message, rule.hint)
    elif isinstance(left, str) and isinstance(right, str):
        if (left == right) is not (sign == "=="):
            one, other = _called(rule)
            message = f"{rule.title}{_of(row)}：{one}“{left}”，{other}“{right}”。"
            findings.add(rule.code, rule.severity, place_of(row, rule), message, rule.hint)
    else:
        a, b = _figure(left), _figure(right)
        yield Outcome(rule.code, rule.title, rule.severity, sign, a, b, rule.place, rule.hint)


def _called(rule: Reconciliation) -> tuple[str, str]:
    """What the texts of a rule are called, where it compares just two columns of a row."""
    found = _COLUMNS.fullmatch(rule.condition.strip())
    return (found[1], found[2]) if found else ("", "")


def _of(row: Any) -> str:
    """Which row or project is meant, in brackets."""
    name = getattr(row, "label", "") or getattr(row, "name", "")
    return f"（{name}）" if name else ""


def _figure(value: Any) -> Figure:
    if isinstance(value, Figure):
        return value
    if not isinstance(value, int | Decimal):
        raise FigureError(f"“{value}”不是数字。")
    return Figure("", Decimal(value), Kind.COUNT)
