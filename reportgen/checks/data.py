"""The data gate: do the tables agree with themselves and with each other?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.findings import Findings
from reportgen.language import ReportEnvironment
from reportgen.model import Table
from reportgen.rules import Reconciliation, check_sums, reconcile
from reportgen.sources.figures import UNITS

SUM_CODES = {False: "D211", True: "D212"}


def check_data(
    tables: Mapping[str, Table],
    rules: Sequence[Reconciliation],
    context: Mapping[str, Any],
    environment: ReportEnvironment,
    findings: Findings,
) -> None:
    """Every total against its parts (D211 down, D212 across), then the bundle's rules.

    Rules that speak of a table or column which could not be read stay silent: its absence
    is a finding already.
    """
    unit = UNITS.get(str(context.get("表单位", "元")), UNITS["元"])
    for table in tables.values():
        if UNITS.get(table.unit_name, unit) > unit:
            message = f"按{table.unit_name}填报，按{context['表单位']}公开，末几位并不确知。"
            hint = "请导出以元为单位的表，或改用以万元公开的模板。"
            findings.warning("D122", table.place, message, hint)
        check_sums(table, SUM_CODES, findings)
    reconcile(rules, context, environment, findings)
