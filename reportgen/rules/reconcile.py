"""Reconciliations (勾稽关系): conditions of a bundle, with both sides shown where one fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen.errors import ExpressionError, FigureError, LimitError
from reportgen.findings import Findings, Place, Severity, nearest
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
from reportgen.rules.wording import difference, with_cell


@dataclass(frozen=True)
class Reconciliation:
    """A condition that must hold: for every row of ``rows`` where that is given."""

    code: str
    title: str
    severity: Severity
    condition: str
    place: Place
    rows: str = ""
    when: str = ""
    hint: str = ""


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
            for scope in _scopes(rows, context):
                _check(rule, when, comparisons, scope, findings)
        except FAILURES as error:
            report_expression(error, f"{rule.code} ", rule.place, findings)


def _missing(expressions: Sequence[Expression], context: Mapping[str, Any]) -> str:
    names = {name for e in expressions for name in e.names} - context.keys() - {"行", "列"}
    return min(names, default="")


def _scopes(rows: Expression | None, context: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if rows is None:
        yield context
        return
    for row in rows(context):
        columns = [c.key for c in row.block.values] if isinstance(row, Row) else []
        yield {**context, "行": row, "列": columns}


def _check(
    rule: Reconciliation,
    when: Expression | None,
    comparisons: Sequence[Comparison],
    scope: Mapping[str, Any],
    findings: Findings,
) -> None:
    """A rule for one row; a row that can't be computed doesn't keep the others from it."""
    try:
        if when is None or when(scope):
            for comparison in comparisons:
                _compare(rule, comparison, scope, findings)
    except LimitError:
        raise
    except FAILURES as error:
        report_expression(error, f"{rule.code} ", rule.place, findings)


def _compare(
    rule: Reconciliation, comparison: Comparison, scope: Mapping[str, Any], findings: Findings
) -> None:
    left = comparison.left(scope)
    right = comparison.right(scope) if comparison.right else None
    if _is_silent(rule, left, findings) or _is_silent(rule, right, findings):
        return
    if comparison.right is None:
        if not left:
            findings.add(rule.code, rule.severity, rule.place, f"{rule.title}。", rule.hint)
        return
    a, b = _figure(left), _figure(right)
    verdict = agree(a, b)
    if _HOLDS[comparison.sign](a, b, verdict):
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


def _is_silent(rule: Reconciliation, value: Any, findings: Findings) -> bool:
    """Whether a side is absent; one that no table has is a slip of the rule itself."""
    if isinstance(value, Unknown) and not rule.rows:
        message = f"{rule.code} 的式子里没有“{value.name}”这一行或这一栏。"
        findings.error("T101", rule.place, message, "请用 templates fields 查名称。")
    return isinstance(value, Absent | Unknown)


def _figure(value: Any) -> Figure:
    if isinstance(value, Figure):
        return value
    if not isinstance(value, int | Decimal):
        raise FigureError(f"“{value}”不是数字。")
    return Figure("", Decimal(value), Kind.COUNT)


def _place(a: Figure, b: Figure, rule: Reconciliation) -> Place:
    return next(iter((*a.places, *b.places)), rule.place)
