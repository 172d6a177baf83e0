"""What is said of a department's cells that are not the sums of its units' cells."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.checks.units.elimination import Elimination
from reportgen.checks.units.gaps import Comparison, Gap, added
from reportgen.findings import Findings, Place
from reportgen.model import Figure, Table
from reportgen.rules.wording import difference, shown

_SHOWN = 6


def report_gaps(comparison: Comparison, gaps: Sequence[Gap], findings: Findings) -> None:
    """A finding for every cell; for a row that the department lacks, one for the row."""
    told: set[str] = set()
    table = comparison.table
    for gap in gaps:
        place = _place(gap, table)
        if gap.row.key not in comparison.unlisted:
            name = f"“{gap.row.label}”" if gap.row.label else ""
            message = (
                f"{table.profile.number}{name}“{_head(gap)}”与各单位之和不等："
                f"部门{shown(gap.stated)}，各单位之和{shown(gap.added)}{_cells(gap)}，"
                f"相差{difference(gap.stated, gap.added)}{_expected(comparison, gap)}。"
            )
            hint = "请核对这一格和各单位的表；单位之间的往来，收支两边都要抵销。"
            findings.error("U102", place, message, hint)
        elif gap.row.key not in told:
            told.add(gap.row.key)
            message = (
                f"{table.profile.number}没有{gap.row.key}“{gap.row.label}”这一行，"
                f"单位有“{_head(gap)}”{shown(gap.added)}{_cells(gap)}。"
            )
            findings.error("U103", place, message, "请在部门的表里补上这一行。")


def _expected(comparison: Comparison, gap: Gap) -> str:
    """What would be right where the cell should differ for the sake of others."""
    expected = comparison.expected.get((gap.row.key, gap.column.key))
    right = gap.added - expected if expected else None
    return f"，按明细和抵销应为{shown(right)}" if isinstance(right, Figure) else ""


def _cells(gap: Gap) -> str:
    """What the units have, with their cells: those with money, the first few of them."""
    with_money = [part for part in gap.parts if part.value]
    texts = [
        shown(part) + (f" {part.places[0]}" if part.places else "") for part in with_money[:_SHOWN]
    ]
    more = f"等{len(with_money)}个单位" if len(with_money) > _SHOWN else ""
    return f"（{'、'.join(texts)}{more}）" if texts else ""


def report_transfers(elimination: Elimination, tables: Sequence[Table], findings: Findings) -> None:
    """What was eliminated, and what only on one side."""
    by_name = {table.profile.name: table for table in tables}
    for (name, transfer), cells in elimination.found.items():
        amount = shown(added([gap.difference for gap in cells.values()]))
        place = _place(next(iter(cells.values())), by_name[name])
        number = by_name[name].profile.number
        message = f"{number}抵销单位之间的“{transfer}”{amount}，合计相应减少。"
        findings.note("U105", place, message)
    for left, right in elimination.unpaired(tables):
        sides = "，".join(
            f"{side.table.profile.number}“{side.name}”抵销{shown(side.amount)}"
            for side in (left, right)
        )
        amount = difference(left.amount, right.amount)
        message = f"单位之间的往来，收入与支出抵销的不等：{sides}，相差{amount}。"
        hint = "同一笔往来，收入和支出要抵销同样的数。"
        findings.error("U104", left.table.place, message, hint)


def report_rounding(comparison: Comparison, findings: Findings) -> None:
    """One note a table, with the largest difference of rounding."""
    if comparison.rounded:
        gap = max(comparison.rounded, key=lambda gap: abs(gap.difference.value))
        place = _place(gap, comparison.table)
        message = (
            f"{comparison.table.profile.number}有{len(comparison.rounded)}处与各单位之和有尾差，"
            f"最大相差{difference(gap.stated, gap.added)}。"
        )
        findings.note("U106", place, message)


def _head(gap: Gap) -> str:
    """The heads over a cell, as far as they are the profile's."""
    return "/".join(gap.column.path)


def _place(gap: Gap, table: Table) -> Place:
    """The department's cell, or its table where it has none."""
    return gap.stated.places[0] if gap.stated.places else table.place
