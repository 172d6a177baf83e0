"""Reconciliations (勾稽关系): conditions of a bundle, with both sides shown where one fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from reportgen.errors import ExpressionError, FigureError, LimitError
from reportgen.findings import Findings, Place, nearest
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
from reportgen.model import Absent, Figure, Kind, Row, Verdict, agree
from reportgen.rules.lacking import Lacking, Reconciliation
from reportgen.rules.wording import difference, with_cell


@limited()
def reconcile(
    rules: Sequence[Reconciliation],
    context: Mapping[str, Any],
    environment: ReportEnvironment,
    findings: Findings,
) -> None:
    """Evaluate every rule; a side that is absent makes the rule silent."""
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
            message = f"{rule.code} 的式子里有未知的名称“{missing}”。"
            findings.error("T101", rule.place, message, hint)
            continue
        try:
            lacking = Lacking(rule)
            for scope in _scopes(rows, context, lacking):
                _check(rule, when, comparisons, scope, lacking, findings)
            lacking.report(findings)
        except FAILURES as error:
            report_expression(error, f"{rule.code} ", rule.place, findings)


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
    for row in found:
        columns = [c.key for c in row.block.values] if isinstance(row, Row) else []
        yield {**context, "行": row, "列": columns}


def _check(
    rule: Reconciliation,
    when: Expression | None,
    comparisons: Sequence[Comparison],
    scope: Mapping[str, Any],
    lacking: Lacking,
    findings: Findings,
) -> None:
    """A rule for one row; a row that can't be computed doesn't keep the others from it."""
    row = scope.get("行") if rule.rows else None
    try:
        asked = when(scope) if when else True
        lacking.add(asked if isinstance(asked, Unknown) else None, row, "当")
        if asked:
            for number, comparison in enumerate(comparisons):
                left = comparison.left(scope)
                right = comparison.right(scope) if comparison.right else None
                unknown = next((v for v in (left, right) if isinstance(v, Unknown)), None)
                lacking.add(unknown, row, str(number))
                if unknown is None:
                    _compare(rule, comparison.sign, left, right, findings)
    except LimitError:
        raise
    except FAILURES as error:
        report_expression(error, f"{rule.code} ", rule.place, findings)


def _compare(rule: Reconciliation, sign: str, left: Any, right: Any, findings: Findings) -> None:
    if isinstance(left, Absent) or isinstance(right, Absent):
        return
    if not sign:
        if not left:
            findings.add(rule.code, rule.severity, rule.place, f"{rule.title}。", rule.hint)
        return
    a, b = _figure(left), _figure(right)
    verdict = agree(a, b)
    if _HOLDS[sign](a, b, verdict):
        if verdict is Verdict.ROUNDING:
            message = f"{rule.title}（尾差）：{with_cell(a)}，{with_cell(b)}。"
            findings.note(rule.code, _place(a, b, rule), message)
        return
    message = f"{rule.title}：{with_cell(a)}，{with_cell(b)}，相差{difference(a, b)}。"
    findings.add(rule.code, rule.severity, _place(a, b, rule), message, rule.hint)


_HOLDS: Mapping[str, Callable[[Figure, Figure, Verdict], bool]] = {
    "==": lambda a, b, verdict: verdict is not Verdict.DIFFERENT,
    "!=": lambda a, b, verdict: verdict is Verdict.DIFFERENT,
    "<=": lambda a, b, verdict: a.value < b.value or verdict is not Verdict.DIFFERENT,
    ">=": lambda a, b, verdict: a.value > b.value or verdict is not Verdict.DIFFERENT,
    "<": lambda a, b, verdict: a.value < b.value,
    ">": lambda a, b, verdict: a.value > b.value,
}


def _figure(value: Any) -> Figure:
    if isinstance(value, Figure):
        return value
    if not isinstance(value, int | Decimal):
        raise FigureError(f"“{value}”不是数字。")
    return Figure("", Decimal(value), Kind.COUNT)


def _place(a: Figure, b: Figure, rule: Reconciliation) -> Place:
    return next(iter((*a.places, *b.places)), rule.place)
