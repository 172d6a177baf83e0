"""A unit of a department, and what the heads of its tables say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.findings import Findings, Place, Severity
from reportgen.model import UNITS, Table, plain


@dataclass(frozen=True)
class Unit:
    """A unit of a department: its workbook and the tables in it."""

    file: str
    tables: Mapping[str, Table]

    @property
    def owner(self) -> str:
        """What the heads of its tables call it."""
        return next((table.owner for table in self.tables.values() if table.owner), "")


def check_unit_heads(
    paths: Sequence[Path],
    units: Iterable[Unit],
    tables: Mapping[str, Table],
    year: int,
    findings: Findings,
) -> bool:
    """Whether the units' tables can be added up: of the year, each once."""
    faults = Findings()
    units = tuple(units)
    _check_files(paths, tables, faults)
    for unit in units:
        _check_head(unit, tables, year, faults)
    _check_owners(units, faults)
    findings.extend(faults)
    return not faults.has_errors


def _check_files(paths: Sequence[Path], tables: Mapping[str, Table], findings: Findings) -> None:
    """Each unit once, and the department's own workbook not among them."""
    own = {table.place.file for table in tables.values()}
    for path in dict.fromkeys(paths):
        if paths.count(path) > 1:
            message = "单位决算表里写了两次，会重复相加。"
            findings.error("U109", Place(path.name), message, "请在 report.yaml 中删去一个。")
        if path.name in own:
            message = "部门的决算表不能又作单位决算表。"
            findings.error("U109", Place(path.name), message, "请改写本级的决算表。")


def _check_head(unit: Unit, tables: Mapping[str, Table], year: int, findings: Findings) -> None:
    """The year and the unit of money of a unit's tables, each told once a workbook."""
    for table in unit.tables.values():
        if table.year and table.year != year:
            message = f"表头写{table.year}年度，report.yaml 写{year}年度。"
            findings.error("U107", table.place, message, "请换成本年度的单位决算表。")
            break
    for name, table in unit.tables.items():
        own = tables.get(name)
        if own is None or own.unit_name == table.unit_name:
            continue
        coarser = UNITS.get(table.unit_name, 1) > UNITS.get(own.unit_name, 1)
        message = f"按{table.unit_name}填报，部门的表按{own.unit_name}填报。"
        hint = "请导出与部门同一单位的表；现在只能核对到四舍五入。" if coarser else "已换算后核对。"
        severity = Severity.WARNING if coarser else Severity.NOTE
        findings.add("U108", severity, table.place, message, hint)
        break


def _check_owners(units: Iterable[Unit], findings: Findings) -> None:
    seen: dict[str, str] = {}
    for unit in units:
        name = plain(unit.owner)
        if name and name in seen:
            message = f"表头的单位“{unit.owner}”与{seen[name]}相同。"
            findings.warning("U110", Place(unit.file), message, "请核对是不是同一单位给了两次。")
        seen.setdefault(name, unit.file)
