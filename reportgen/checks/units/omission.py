"""A unit that a department's tables leave out, or hold twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.checks.units.gaps import Comparison
from reportgen.checks.units.heads import Unit
from reportgen.findings import Findings, Place
from reportgen.model import Figure, Verdict, agree

_FEWEST = 3  # cells: fewer may differ by chance by what one unit has


def report_omission(
    comparisons: Mapping[str, Comparison], units: Sequence[Unit], findings: Findings
) -> bool:
    """One finding where the differences are all that one unit has, and nothing else."""
    if len(units) < 2:
        return False
    for number, unit in enumerate(units):
        for sign, fault in ((1, "没有包括"), (-1, "重复包括")):
            count = _count(comparisons, unit, number, sign)
            if count >= _FEWEST:
                name = unit.owner or unit.file
                message = f"部门数{fault}“{name}”：与各单位之和不等的{count}处，都正好差它的数。"
                findings.error("U102", Place(unit.file), message, "请核对汇总时选的单位。")
                return True
    return False


def _count(comparisons: Mapping[str, Comparison], unit: Unit, number: int, sign: int) -> int:
    """How many cells differ, if it is by the unit's figures and in all of its cells; else 0."""
    gaps = [gap for comparison in comparisons.values() for gap in comparison.roots.values()]
    wanted = [(gap.difference, gap.parts[number] * sign) for gap in gaps]
    by_unit = all(
        isinstance(part, Figure) and agree(gap, part) is not Verdict.DIFFERENT
        for gap, part in wanted
    )
    covered = all(_covers(found, unit, name) for name, found in comparisons.items())
    return len(gaps) if by_unit and covered else 0


def _covers(comparison: Comparison, unit: Unit, name: str) -> bool:
    """Whether the department differs in every cell where the unit has money, totals apart."""
    rounded = {(gap.row.key, gap.column.key) for gap in comparison.rounded}
    differing = {*comparison.roots, *rounded, *comparison.totals}
    return all(
        (row.key, column) in differing
        for row in unit.tables[name].rows
        for column, value in row.cells.items()
        if isinstance(value, Figure) and value.value
    )
