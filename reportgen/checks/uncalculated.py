"""A workbook that was never calculated: told once a sheet, not once a cell."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.model.addresses import ranges

_FEW = 5
_NAMED = 6


def gather_uncalculated(findings: Findings) -> None:
    """Put the many formulas of one sheet that have no result (D110) together."""
    of_sheet: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.code == "D110":
            key = finding.place.file, finding.place.sheet
            of_sheet.setdefault(key, []).append(finding)
    for found in of_sheet.values():
        if len({finding.place for finding in found}) > _FEW:
            findings.swap(found, [_grouped(found)])


def _grouped(found: Sequence[Finding]) -> Finding:
    place = found[0].place
    cells = list(dict.fromkeys(finding.place.address for finding in found))
    runs = ranges(cells)
    named = "、".join(runs[:_NAMED]) + ("等" if len(runs) > _NAMED else "")
    message = f"有{len(cells)}格公式没有计算结果：{named}。"
    sheet = Place.cell(place.file, place.sheet)
    return Finding("D110", Severity.ERROR, sheet, message, found[0].hint)
