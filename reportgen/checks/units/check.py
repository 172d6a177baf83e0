"""A department's tables are the sums of its units' tables, cell by cell, less their transfers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.checks.units.elimination import Elimination
from reportgen.checks.units.gaps import Comparison, compare
from reportgen.checks.units.heads import Unit, check_unit_heads
from reportgen.checks.units.omission import report_omission
from reportgen.checks.units.report import report_gaps, report_rounding, report_transfers
from reportgen.findings import Findings, Place, Severity
from reportgen.model import Profile, Table
from reportgen.rules.sums import complete
from reportgen.rules.transfers import Transfers
from reportgen.sources.tables import read_tables

_UNREAD = frozenset(f"D1{number:02}" for number in range(1, 13))
"""What keeps a table, a row or a cell from being read."""


def check_units(
    paths: Sequence[Path],
    profiles: Sequence[Profile],
    transfers: Transfers,
    tables: Mapping[str, Table],
    year: int,
    findings: Findings,
) -> None:
    """Read the units' workbooks and compare; without units nothing is done."""
    if not paths:
        return
    units = [_read(path, profiles, findings) for path in dict.fromkeys(paths)]
    unread = [unit.file for unit in units if not unit.tables]
    if unread or not check_unit_heads(paths, units, tables, year, findings):
        message = "部门与各单位之和没有核对。"
        place = Place((*unread, paths[0].name)[0])
        findings.note("U101", place, message, "请先改正单位表的问题。")
        return
    comparisons = {
        name: compare(table, [unit.tables[name] for unit in units])
        for name, table in tables.items()
        if _is_sound(name, table, units, findings)
    }
    _report(comparisons, units, transfers, findings)


def _read(path: Path, profiles: Sequence[Profile], findings: Findings) -> Unit:
    found = read_tables([path], profiles, findings)
    return Unit(path.name, {name: complete(table, findings) for name, table in found.items()})


def _is_sound(name: str, table: Table, units: Sequence[Unit], findings: Findings) -> bool:
    """Whether a table was read in full here and in every unit; else it is not compared."""
    bad = [unit.file for unit in units if name not in unit.tables]
    for own in (table, *(unit.tables[name] for unit in units if name in unit.tables)):
        sheet = (own.place.file, own.place.sheet)
        if any(
            f.severity is Severity.ERROR
            and f.code in _UNREAD
            and (f.place.file, f.place.sheet) == sheet
            for f in findings
        ):
            bad.append(own.place.file)
    if bad:
        files = "、".join(dict.fromkeys(bad))
        message = f"{table.profile.number}没有与各单位之和核对：{files}里的这张表没有读到或者有误。"
        findings.note("U101", table.place, message, "请先改正上面的问题。")
    return not bad


def _report(
    comparisons: Mapping[str, Comparison],
    units: Sequence[Unit],
    transfers: Transfers,
    findings: Findings,
) -> None:
    for comparison in comparisons.values():
        report_rounding(comparison, findings)
    if report_omission(comparisons, units, findings):
        return
    elimination = Elimination(transfers)
    for name, gaps in elimination.explain(comparisons).items():
        report_gaps(comparisons[name], gaps, findings)
    tables = [comparison.table for comparison in comparisons.values()]
    report_transfers(elimination, tables, findings)
