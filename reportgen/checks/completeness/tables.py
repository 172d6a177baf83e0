"""Empty tables need their sentence."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.findings import Findings, Severity
from reportgen.model import Table
from reportgen.rules.text_rules import TextRules


def check_empty_tables(tables: Iterable[Table], rules: TextRules, findings: Findings) -> None:
    """A table without any figure whose profile has nothing to say of that: W110."""
    severity = rules.levels.get("W110", Severity.ERROR)
    for table in tables:
        if severity and table.is_empty and not table.profile.empty:
            message = f"{table.profile.number}（{table.profile.title}）没有数据，也没有说明。"
            hint = f"请在 tables.yaml 的“{table.profile.name}”写“无数据说明”，并放进版面。"
            findings.add("W110", severity, table.place, message, hint)
