"""Derived figures: named expressions of a bundle, evaluated in order of need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from reportgen.errors import ExpressionError
from reportgen.findings import Findings, nearest
from reportgen.language import Expression, ReportEnvironment, Unknown, compile_expression
from reportgen.language.limits import limited
from reportgen.language.location import FAILURES, report_expression
from reportgen.model import NEW_UNIT, NOT_GIVEN, Absent, Figure, Kind, plain
from reportgen.rules.derivation import Derivation
from reportgen.rules.relate import Relations
from reportgen.rules.wording import shown


@limited()
def derive(
    derivations: list[Derivation],
    context: Mapping[str, Any],
    relations: Relations,
    environment: ReportEnvironment,
    findings: Findings,
) -> dict[str, Any]:
    """Evaluate all derivations; the result maps each name to its figure.

    Related figures and texts given by vocabulary name are attached on the way.
    """
    compiled = _compile(derivations, environment, findings)
    given = _given(relations)
    order = _order(compiled, findings)
    spoilt = (derivation for derivation in derivations if derivation.name not in order)
    values: dict[str, Any] = {
        derivation.name: Absent(derivation.shown or derivation.name, "式子有误")
        for derivation in spoilt
    }
    for name in order:
        derivation, expressions = compiled[name]
        known = {**context, **values}
        value = _value(derivation, expressions, known, relations, findings)
        for relation, expression in expressions.items():
            if relation and isinstance(value, Figure):
                related = _evaluate(expression, known, derivation, findings)
                value = value.related(**{relation: related})
        values[name] = _finished(value, derivation, given, relations)
    known = {plain(name): None for d in derivations for name in (d.name, d.shown) if name}
    _report_unknown_names(relations, known, findings)
    return values


def _value(
    derivation: Derivation,
    expressions: Mapping[str, Expression],
    known: Mapping[str, Any],
    relations: Relations,
    findings: Findings,
) -> Any:
    """What the expression gives, or else 本年数 by the derivation's name."""
    name = derivation.shown or derivation.name
    value: Any = Absent(name, NOT_GIVEN)
    if "" in expressions:
        value = _evaluate(expressions[""], known, derivation, findings)
    wanted = (plain(derivation.name), plain(name))
    given = next((f for text, f in relations.given.items() if plain(text) in wanted), None)
    if given is None:
        return value
    if isinstance(value, Absent):
        return given
    if isinstance(value, Figure):
        message = f"“{derivation.name}”由决算表算出，是{shown(value)}，这一行没有用到。"
        findings.error("D126", given.places[0], message, "请删去这一行；数不同的，请核对决算表。")
    return value


def _compile(
    derivations: list[Derivation], environment: ReportEnvironment, findings: Findings
) -> dict[str, tuple[Derivation, dict[str, Expression]]]:
    compiled = {}
    for derivation in derivations:
        sources = {"": derivation.expression, **derivation.relations}
        sources = {relation: source for relation, source in sources.items() if source}
        try:
            expressions = {
                relation: compile_expression(environment, source)
                for relation, source in sources.items()
            }
        except ExpressionError as error:
            findings.error("T106", derivation.place, str(error), "请核对括号和引号。")
            continue
        compiled[derivation.name] = (derivation, expressions)
    return compiled


def _order(
    compiled: Mapping[str, tuple[Derivation, dict[str, Expression]]], findings: Findings
) -> list[str]:
    graph = {
        name: {used for e in expressions.values() for used in e.names if used in compiled}
        for name, (_, expressions) in compiled.items()
    }
    while True:
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names: list[str] = error.args[1]
            place = compiled[names[0]][0].place
            message = f"派生数互相引用：{'→'.join(names)}。"
            findings.error("T106", place, message, "请去掉循环。")
            graph = {name: used - set(names) for name, used in graph.items() if name not in names}


def _evaluate(
    expression: Expression, context: Mapping[str, Any], derivation: Derivation, findings: Findings
) -> Any:
    missing = sorted(expression.names - context.keys())
    if missing:
        hint = nearest(missing[0], context)
        message = f"“{derivation.name}”的式子“{expression.source}”里有未知的名称“{missing[0]}”。"
        findings.error("T101", derivation.place, message, hint or "请核对名称。")
        return Absent(derivation.name, "式子有误")
    try:
        value = expression(context)
    except FAILURES as error:
        report_expression(error, f"“{derivation.name}”", derivation.place, findings)
        return Absent(derivation.name, "式子有误")
    own = not any(isinstance(context[name], Absent) for name in expression.names)
    if isinstance(value, Absent) and value.reason == "除数为0" and own:
        message = f"“{derivation.name}”的式子“{expression.source}”除数为0，没有计算。"
        findings.note("D200", derivation.place, message, "请核对除数；没有数据的，不必处理。")
    if isinstance(value, Unknown):
        message = f"“{derivation.name}”的式子里没有“{value.name}”这一行或这一栏。"
        findings.error("T101", derivation.place, message, "请用 templates fields 查名称。")
        return Absent(derivation.name, f"没有“{value.name}”")
    return value


def _given(relations: Relations) -> dict[str, dict[str, Any]]:
    """Related figures and texts by vocabulary name."""
    given: dict[str, dict[str, Any]] = {}
    for table, name, _, relation, figure in relations.figures:
        if not table and relation == "上年" and not relations.new_unit:
            given.setdefault(plain(name), {})[relation] = figure
    for table, name, _, key, text, _ in relations.texts:
        if not table:
            given.setdefault(plain(name), {})[key] = text
    return given


def _finished(
    value: Any, derivation: Derivation, given: Mapping[str, dict[str, Any]], relations: Relations
) -> Any:
    name = derivation.shown or derivation.name
    if isinstance(value, Absent):
        return Absent(name, value.reason)
    if not isinstance(value, Figure):
        return value
    extra = {**given.get(plain(name), {}), **given.get(derivation.name, {})}
    figures = {key: _alike(f, value) for key, f in extra.items() if isinstance(f, Figure)}
    texts = {key: item for key, item in extra.items() if isinstance(item, str)}
    is_given = any(value is figure for figure in relations.given.values())
    formula = value.formula if is_given else derivation.expression
    named = replace(value, name=name, formula=formula, key=derivation.name)
    named = named.related(**figures).with_texts(texts)
    return named.related(上年=Absent(name, NEW_UNIT)) if relations.new_unit else named


def _alike(given: Figure, value: Figure) -> Figure:
    """Last year's count where the line states no unit: 15 of what is counted, not 15元."""
    counted = value.kind in (Kind.COUNT, Kind.SCORE)
    unstated = given.kind is Kind.AMOUNT and given.scale == 1
    return replace(given, kind=value.kind) if counted and unstated else given


def _report_unknown_names(
    relations: Relations, known: Mapping[str, None], findings: Findings
) -> None:
    named = [(t, n, f.places[0]) for t, n, _, r, f in relations.figures if r == "上年"]
    named += [(table, name, place) for table, name, _, _, _, place in relations.texts]
    named += [("", name, figure.places[0]) for name, figure in relations.given.items()]
    for table, name, place in named:
        if not table and plain(name) not in known:
            hint = nearest(name, known) or "请用 templates fields 查名称。"
            findings.error("D115", place, f"未知的名称“{name}”。", hint)
