"""The data gate: do the tables agree with themselves and with each other?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.findings import Findings
from reportgen.language import ReportEnvironment
from reportgen.model import UNITS, Table, plain
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.reconcile import reconcile
from reportgen.rules.report import report
from reportgen.rules.sums import check_sums


def _check_heads(
    tables: Mapping[str, Table], context: Mapping[str, Any], findings: Findings
) -> None:
    """What the heads of the tables say of unit, year and owner against the report's own."""
    unit = UNITS.get(str(context.get("表单位", "元")), UNITS["元"])
    year, owner = context.get("年度"), str(context.get("单位", ""))
    for table in tables.values():
        if UNITS.get(table.unit_name, unit) > unit:
            message = f"按{table.unit_name}填报，按{context['表单位']}公开，末几位并不确知。"
            hint = "请导出以元为单位的表，或改用以万元公开的模板。"
            findings.warning("D122", table.place, message, hint)
        if table.year and year and table.year != year:
            message = f"表头写{table.year}年度，report.yaml 写{year}年度。"
            findings.error("D123", table.place, message, "请核对是不是这一年的表。")
        if table.owner and owner and plain(table.owner) != plain(owner):
            message = f"表头写“{table.owner}”，report.yaml 写“{owner}”。"
            findings.warning("D124", table.place, message, "请核对是不是本单位的表。")


def check_data(
    tables: Mapping[str, Table],
    rules: Sequence[Reconciliation],
    context: Mapping[str, Any],
    environment: ReportEnvironment,
    findings: Findings,
) -> None:
    """Every total against its parts (D211 down, D212 across), then the bundle's rules.

    A rule that speaks of what could not be read is noted as not checked.
    """
    _check_heads(tables, context, findings)
    outcomes = [outcome for table in tables.values() for outcome in check_sums(table, findings)]
    outcomes += reconcile(rules, context, environment, findings)
    report(outcomes, tables, findings)
