"""The published budget of a department (部门预算), read as it is: what each code's 年初预算 is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.findings import Findings
from reportgen.model import LEVELS, TOTAL, UNITS, Figure, plain
from reportgen.model.names import fold_digits
from reportgen.sources.budget_heads import BudgetHeads, budget_heads, year_of
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.lines import unit_name
from reportgen.sources.numerals import is_number
from reportgen.sources.rows import tidy

_TOTALS = frozenset({TOTAL, "总计", "支出合计"})
_LENGTHS = frozenset(LEVELS.values())
_PART = 3  # digits of a 类 at most; a longer text is a whole code


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
        if not (key == TOTAL or _is_code(key)):
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
    above = ["", "", ""]
    for row in heads.data:
        if not sheet.row(row):
            continue
        cells = [sheet.at(row, column) for column in heads.codes]
        texts = [fold_digits(tidy(cell.text)) for cell in cells]
        name = tidy(sheet.at(row, heads.name).text)
        code = next((cell for cell in cells if cell.text), cells[0])
        if {plain(text) for text in (*texts, name)} & _TOTALS:
            yield TOTAL, "", code, sheet.at(row, heads.amount)
        else:
            key = joined(texts, above) if len(texts) > 1 else texts[0]
            yield key, name, code, sheet.at(row, heads.amount)


def joined(texts: Sequence[str], above: list[str]) -> str:
    """The code of a row from 类, 款 and 项; ``above`` keeps the higher levels of rows above.

    >>> above = ["", "", ""]
    >>> [joined(texts, above) for texts in (["208", "", ""], ["", "5", ""], ["", "", "01"])]
    ['208', '20805', '2080501']
    >>> joined(["210", "11", "01"], above), joined(["21013", "", ""], above)
    ('2101101', '21013')
    """
    deepest = max((level for level, text in enumerate(texts[:3]) if text), default=-1)
    if deepest < 0:
        return ""
    if len(texts[deepest]) > _PART:
        return texts[deepest]
    for level, text in enumerate(texts[:3]):
        if text:
            above[level:] = [text.zfill(2), *[""] * (2 - level)]
    return "".join(above)


def _is_code(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) in _LENGTHS


def _report_code(sheet: Sheet, cell: Cell, key: str, findings: Findings) -> None:
    shown = f"“{key}”不是科目编码" if key else "这一行没有科目编码"
    hint = "编码为3位（类）、5位（款）或7位（项）数字。"
    findings.error("D112", sheet.place(cell), f"{shown}。", hint)


def _check_year(cells: Sequence[Cell], sheet: Sheet, year: int, findings: Findings) -> None:
    """The year of the title: another year's budget would fit without a word."""
    for cell in cells:
        stated = year_of(cell.text)
        if cell.text.strip().endswith("表") and stated not in (0, year):
            message = f"表头写{stated}年度，report.yaml 写{year}年度。"
            findings.error("D123", sheet.place(cell), message, "请核对是不是这一年的表。")
            return


def _unit(sheet: Sheet, above: range, findings: Findings) -> Unit:
    for cell in (cell for row in above for cell in sheet.row(row)):
        if unit_name(cell.text) in UNITS:
            return Unit(unit_name(cell.text))
    message = "表头没有“金额单位：万元”这一行，按元读取。"
    findings.warning("D111", sheet.spot, message, "请补上单位行。")
    return Unit()
