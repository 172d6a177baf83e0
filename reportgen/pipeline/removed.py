"""What falls silent where a bundle takes a table of its parents out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.bundle import Bundle
from reportgen.errors import ExpressionError
from reportgen.findings import Findings
from reportgen.language import Expression, compile_expression, compile_rule
from reportgen.narrative import rules_environment


def note_removed(bundle: Bundle, findings: Findings) -> None:
    """Tell once, at the line that removes a table, which figures and rules go with it."""
    for table, place in bundle.removed.items():
        gone = lost_figures(bundle, table)
        codes = lost_rules(bundle, {table, *gone})
        told = [f"勾稽 {'、'.join(codes)} 不再核对（或只核对一部分）"] if codes else []
        told += [f"{'、'.join(gone)}没有数"] if gone else []
        if told:
            hint = "还要用这些数的，在 rules.yaml 里另写它们的式子。"
            findings.note("T110", place, f"去掉了“{table}”：{'，'.join(told)}。", hint)


def lost_figures(bundle: Bundle, *tables: str) -> list[str]:
    """The derived figures that have their value from tables or figures, by way of others too."""
    used = {one.name: _names([one.expression]) for one in bundle.derivations}
    gone: list[str] = []
    while found := [
        name for name, names in used.items() if name not in gone and names & {*tables, *gone}
    ]:
        gone += found
    return [name for name in used if name in gone]


def lost_rules(bundle: Bundle, gone: set[str]) -> list[str]:
    """The codes of the rules that ask for any of these names."""
    return [
        rule.code
        for rule in bundle.reconciliations
        if gone & _names([rule.rows, rule.when], rule.condition)
    ]


def _names(sources: Iterable[str], rule: str = "") -> set[str]:
    return {name for found in _compiled(sources, rule) for name in found.names}


def _compiled(sources: Iterable[str], rule: str) -> Iterator[Expression]:
    """Expressions, and the sides of a rule; what doesn't compile is told where it is used."""
    environment = rules_environment()
    try:
        yield from (compile_expression(environment, source) for source in sources if source)
        for comparison in compile_rule(environment, rule) if rule else ():
            yield comparison.left
            if comparison.right:
                yield comparison.right
    except ExpressionError:
        return
