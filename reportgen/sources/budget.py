"""The published budget of a department (部门预算), read as it is: what each code's 年初预算 is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.findings import Findings
from reportgen.model import TOTAL, UNITS, Figure, plain
from reportgen.sources.budget_heads import BudgetHeads, budget_heads
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.codes import Codes, is_code
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.lines import unit_name
from reportgen.sources.numerals import is_number
from reportgen.sources.rows import tidy

_YEAR = re.compile(r"(\d{4})年(.*)")
_TOTALS = frozenset({TOTAL, "总计", "支出合计"})


@dataclass(frozen=True)
class Budgeted:
    """A row of the budget: its code or 合计, its name, its amount."""

    key: str
    name: str
    figure: Figure


def read_budget(sheet: Sheet, year: int, findings: Findings) -> list[Budgeted]:
    """Every row with a code, and the total."""
    heads = budget_heads(sheet, year)
    if heads is None:
        message = f"在这张部门预算表里找不到科目编码和{year}年预算数两栏。"
        hint = "表头应有“科目编码”“科目名称”和“合计”（或“预算数”“小计”）。"
        findings.error("D120", sheet.spot, message, hint)
        return []
    above = range(1, heads.data.start)
    _check_year([cell for row in above for cell in sheet.row(row)], sheet, year, findings)
    unit = _unit(sheet, above, findings)
    found: dict[str, Budgeted] = {}
    total: Cell | None = None
    for key, name, code, amount in _rows(sheet, heads):
        if key == TOTAL and total is None:
            total = amount
        if not (key == TOTAL or is_code(key)):
            repeats = not key and total is not None and amount.content == total.content
            if is_number(amount) and not repeats:  # the unit's own line repeats the total
                _report_code(sheet, code, key, findings)
        elif key in found:
            message = f"“{key}”已在 {found[key].figure.places[0]} 出现过。"
            findings.error("D107", sheet.place(amount), message, "请合并为一行或改正编码。")
        else:
            label = f"{key}/{name}" if name else key  # as in our own sheet 年初预算
            figure = read_figure(sheet, amount, f"{label}的年初预算数", unit, findings)
            if isinstance(figure, Figure):
                found[key] = Budgeted(key, name, figure)
    return list(found.values())


def _rows(sheet: Sheet, heads: BudgetHeads) -> Iterator[tuple[str, str, Cell, Cell]]:
    """Key, name, and the cells of code and amount of every row with contents."""
    codes = Codes(sheet, heads.codes)
    for row in heads.data:
        if not sheet.row(row):
            continue
        key, code = codes.read(row)
        name = tidy(sheet.at(row, heads.name).text)
        amount = sheet.at(row, heads.amount)
        if {plain(key), plain(name)} & _TOTALS:
            yield TOTAL, "", code, amount
        else:
            yield key, name, code, amount


def _report_code(sheet: Sheet, cell: Cell, key: str, findings: Findings) -> None:
    shown = f"“{key}”不是科目编码" if key else "这一行没有科目编码"
    hint = "编码为3位（类）、5位（款）或7位（项）数字。"
    findings.error("D112", sheet.place(cell), f"{shown}。", hint)


def _check_year(cells: Sequence[Cell], sheet: Sheet, year: int, findings: Findings) -> None:
    """The year of the title: another year's budget would fit without a word."""
    for cell in cells:
        stated = _YEAR.search(plain(cell.text))
        if stated and stated[2].endswith("表") and int(stated[1]) != year:
            message = f"表头写{stated[1]}年度，report.yaml 写{year}年度。"
            findings.error("D123", sheet.place(cell), message, "请核对是不是这一年的表。")
            return


def _unit(sheet: Sheet, above: range, findings: Findings) -> Unit:
    for cell in (cell for row in above for cell in sheet.row(row)):
        if unit_name(cell.text) in UNITS:
            return Unit(unit_name(cell.text))
    message = "表头没有“金额单位：万元”这一行，按元读取。"
    findings.warning("D111", sheet.spot, message, "请补上单位行。")
    return Unit()
