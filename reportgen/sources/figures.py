"""A cell becomes a figure: exact value, base unit, stated precision, place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from reportgen.findings import Findings, Place
from reportgen.model import NOT_APPLICABLE, UNITS, Absent, Figure, Kind, Value, half_up
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.numerals import NOT_APPLICABLE_MARKS, is_too_long, parse_number, settle

COUNTED = ("个", "项", "家", "户", "件", "人", "人次", "批次", "次", "辆", "台", "套", "台（套）")
"""What counts are counted in; last year's and this year's are written with these words."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that a table or column states, and how many decimals are published."""

    name: str = "元"
    kind: Kind = Kind.AMOUNT
    decimals: int = 2

    @property
    def scale(self) -> Decimal:
        """How many base units one of these is."""
        return UNITS.get(self.name, Decimal(1))

    @property
    def slack(self) -> Decimal:
        """Half of the last stated digit in base units; 元, counts and scores are exact."""
        if self.kind is not Kind.AMOUNT or self.scale == 1:
            return Decimal(0)
        return (self.scale / 2).scaleb(-self.decimals)


_SHOWN = 40
_FAULTS = {
    "D109": ("单元格是错误值 {text}。", "请改正公式或填入数字。"),
    "D110": ("单元格的公式没有计算结果。", "请用 Excel 或 WPS 打开工作簿，重新计算后保存。"),
}


def report_fault(sheet: Sheet, cell: Cell, name: str, findings: Findings, repair: str = "") -> str:
    """Record an error value or an uncalculated formula; return what is wrong in words.

    ``repair`` is what else can be done, where a text may stand that begins with =.
    """
    message, hint = _FAULTS[cell.fault]
    shown = message.format(text=cell.text)
    findings.error(cell.fault, sheet.place(cell), f"“{name}”的{shown}", f"{hint}{repair}")
    return shown


def read_figure(
    sheet: Sheet, cell: Cell, name: str, unit: Unit, findings: Findings, key: str = ""
) -> Value:
    """Return the figure in a cell: ``——`` is 不适用, text is a finding.

    An empty cell is 0 and states no precision: it gives a sum no room for rounding.
    """
    place = sheet.place(cell)
    if cell.fault:
        return Absent(name, report_fault(sheet, cell, name, findings))
    if cell.text in NOT_APPLICABLE_MARKS:
        return Absent(name, NOT_APPLICABLE)
    number = cell.content if isinstance(cell.content, Decimal) else parse_number(cell.text or "0")
    fault = _number_fault(number, cell, unit)
    if number is None or fault:
        message = f"“{name}”{fault[0]}，现为“{_shown(cell)}”。"
        findings.error("D108", place, message, fault[1])
        return Absent(name, "不是数字")
    found = figure_of(number, place, name, unit, findings, key)
    assert found is not None  # that it is too long was found above
    return replace(found, slack=Decimal(0)) if cell.is_blank else found


def figure_of(
    number: Decimal, place: Place, name: str, unit: Unit, findings: Findings, key: str = ""
) -> Figure | None:
    """The figure of a number that stands in a cell; ``None`` where it is too long for one."""
    value, slack, finer = _measured(str(number), unit)
    if value is None:
        return None
    if finer:
        message = f"“{name}”为 {finer}{unit.name}，小数多于{unit.decimals}位，公开时四舍五入。"
        findings.note("D117", place, message)
    formula = str(place)
    return Figure(name, value, unit.kind, slack, (place,), formula, key, scale=unit.scale)


@lru_cache(maxsize=4096)
def _measured(digits: str, unit: Unit) -> tuple[Decimal | None, Decimal, str]:
    """The value in base units, its slack, and the digits where more of them are stated."""
    number = Decimal(digits)
    if is_too_long(number):
        return None, Decimal(0), ""
    value = settle(number, unit.decimals)
    finer = unit.kind is Kind.AMOUNT and value != half_up(value, unit.decimals)
    return value * unit.scale, _slack(unit, value), f"{value.normalize():f}" if finer else ""


def _number_fault(number: Decimal | None, cell: Cell, unit: Unit) -> tuple[str, ...]:
    """What is wrong with the content as a number of this unit, and what to do."""
    if number is None:
        return "应为数字", "请改填数字；没有数据时留空。"
    if unit.kind is not Kind.RATIO and cell.text.endswith(("%", "％")):
        return f"以{unit.name}为单位，不能是百分数", "请改填数字，并清除单元格的百分比格式。"
    if is_too_long(number):
        return "的位数太多", "请核对并改填正确的数字。"
    return ()


def _shown(cell: Cell) -> str:
    return cell.text if len(cell.text) <= _SHOWN else f"{cell.text[:_SHOWN]}…"


def _slack(unit: Unit, value: Decimal) -> Decimal:
    """Finer data than the table's decimals is taken as exact to its own last digit."""
    exponent = value.as_tuple().exponent
    finer = isinstance(exponent, int) and -exponent > unit.decimals
    return unit.scale.scaleb(int(exponent)) / 2 if finer and unit.slack else unit.slack
