"""Which columns the forms of a bundle and its summary print: a new workbook asks for no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes

from reportgen.bundle import Bundle
from reportgen.language import ReportEnvironment
from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.pipeline.layouts import LAYOUTS, template_environment
from reportgen.rules.scoring.project import COMPUTED

_PROJECT = "项目"
_OF_PROJECT = ("序号", "项目名称", "自评得分", "自评等级", "涉密")
_OF_FUNDS = ("项目名称", "资金来源", "全年预算数", "全年执行数")
_OF_INDICATORS = tuple(name for name in INDICATOR_COLUMNS if name != "调整后指标值")
_NO_COLUMNS = {"名称", "资金", "资金明细", "有数资金", "指标", *COMPUTED, *FUND_COLUMNS}


@dataclass(frozen=True)
class Printed:
    """The columns of the three sheets, in their order; a bundle's own stand behind 项目名称."""

    projects: tuple[str, ...]
    funds: tuple[str, ...]
    indicators: tuple[str, ...]
    levels: tuple[str, ...] = ()
    """The groups of the summary, where it is grouped by 级次."""


def printed_columns(bundle: Bundle) -> Printed:
    """What a bundle's ``report.md`` and summary print; what scores need is always among it."""
    environment = template_environment(bundle)
    asked = list(_asked(environment, bundle.template_name(LAYOUTS["md"]), set()))
    names = {name for _, name in asked}
    levels: tuple[str, ...] = ()
    summary = bundle.settings.summary
    if summary is not None:
        names |= {*summary.columns, *summary.groups}
        levels = tuple(summary.groups.get("级次", ()))
    known = {*PROJECT_COLUMNS, *_NO_COLUMNS}
    own = dict.fromkeys(name for owner, name in asked if owner == _PROJECT and name not in known)
    first, *others = (name for name in PROJECT_COLUMNS if name in names or name in _OF_PROJECT)
    projects = (first, others[0], *own, *others[1:])
    return Printed(
        projects,
        tuple(name for name in FUND_COLUMNS if name in names or name in _OF_FUNDS),
        tuple(name for name in INDICATOR_COLUMNS if name in names or name in _OF_INDICATORS),
        levels,
    )


def _asked(
    environment: ReportEnvironment, template: str, seen: set[str]
) -> Iterator[tuple[str, str]]:
    """Every ``a.b`` of a template and of those that it includes, as ``(a, b)``."""
    if environment.loader is None or template in seen:
        return
    seen.add(template)
    tree = environment.parse(environment.loader.get_source(environment, template)[0])
    for node in tree.find_all(nodes.Getattr):
        yield node.node.name if isinstance(node.node, nodes.Name) else "", node.attr
    for include in tree.find_all(nodes.Include):
        if isinstance(include.template, nodes.Const):
            yield from _asked(environment, include.template.value, seen)
