"""原因.xlsx: the reasons of changes, and the figures each was written for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reportgen.findings import Findings, Place, nearest
from reportgen.model import RELATIONS, UNITS
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.lists import Record, Seen, find_sheet, head_row, is_repeated, read_list
from reportgen.sources.numerals import is_too_long, parse_number
from reportgen.sources.supplement import Address, Supplement
from reportgen.sources.workbook import read_workbook

SHEET = "原因"
COLUMNS = (
    "章节",
    "句子",
    "项目",
    "名称",
    "基准",
    "本年数",
    "基准数",
    "增减额",
    "百分比",
    "原因",
    "状态",
)
NAME = "名称"
"""A column for the eye alone: what 项目 addresses, in words; files without it stay without."""
EARLIER = ("原本年数", "原基准数")
"""Columns that appear once a reason is marked for review: the figures it was written for."""
TO_WRITE, WRITTEN, TO_REVIEW, REVIEWED, UNASKED = "待填写", "已填", "待复核", "已复核", "不再需要"
STATUSES = (TO_WRITE, WRITTEN, TO_REVIEW, REVIEWED, UNASKED)
_BASES = (*RELATIONS, "预算")
_AS_SHOWN = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as a row states it; ``slack`` is half of its last digit.

    >>> Stated(Decimal("12.35"), Decimal("0.005")).agrees(Decimal("12.345"))
    True
    """

    value: Decimal
    slack: Decimal

    def agrees(self, value: Decimal, scale: int = 1) -> bool:
        """Whether ``value`` is this number as far as it is stated, in units of ``scale``."""
        return abs(self.value * scale - value) <= self.slack * scale


@dataclass(frozen=True)
class ReasonRow:
    """One row: what it speaks of, the reason, and the two figures it was written for."""

    record: Record
    address: Address
    base: str
    text: str
    figures: tuple[Stated | None, Stated | None]
    earlier: tuple[Stated | None, Stated | None]

    @property
    def status(self) -> str:
        """What the row says of itself."""
        return self.record.text("状态")

    @property
    def place(self) -> Place:
        """The cell of the reason."""
        return self.record.place("原因")


@dataclass(frozen=True)
class ReasonSheet:
    """The sheet of reasons: its name, the row of its heads (0: it is empty), its rows."""

    name: str
    head: int
    rows: tuple[ReasonRow, ...]


def read_reasons(path: Path, supplement: Supplement, findings: Findings) -> ReasonSheet | None:
    """Read the sheet 原因, or the first; the reasons written there join the supplement.

    ``None`` with findings where the workbook can't be read or has no such sheet.
    """
    sheets = read_workbook(path, findings)
    sheet = find_sheet(sheets, SHEET) or next(iter(sheets), None)
    if sheet is None:
        return None
    if not sheet.cells:
        return ReasonSheet(sheet.name, 0, ())
    rows: list[ReasonRow] = []
    seen: Seen = {}
    required = ("项目", "基准", "原因")
    columns = tuple(name for name in (*COLUMNS, *EARLIER) if name != NAME)
    for record in read_list(sheet, columns, findings, required=required, skip_unknown=True):
        row = _row(_with_merged(record), findings)
        if row is None:
            continue
        key = (row.address, row.base)
        if row.text and is_repeated(seen, key, row.record.place("原因"), "原因", findings):
            continue
        rows.append(row)
        if row.text:
            supplement.texts.append((row.address, f"{row.base}原因", row.text, row.record))
    head = head_row(sheet, columns)
    return ReasonSheet(sheet.name, head, tuple(rows)) if head else None


def _row(record: Record, findings: Findings) -> ReasonRow | None:
    """A row that speaks of something; a remark below the list does not."""
    if not record.text("项目") and not record.text("原因"):
        return None
    if not record.text("项目"):
        hint = "请写名称（收入总计）或表和编码（表05/208）。"
        findings.error("D115", record.place("项目"), "这一行写了原因，没有写项目。", hint)
        return None
    base = record.text("基准")
    if base not in _BASES:
        hint = nearest(base, RELATIONS) or "可写“上年”“年初预算”或“全年预算”。"
        findings.error("D115", record.place("基准"), f"未知的基准“{base}”。", hint)
        return None
    return ReasonRow(
        record=record,
        address=Address.parse(record.text("项目")),
        base=base,
        text=record.text("原因"),
        figures=_stated_pair(record, ("本年数", "基准数"), findings),
        earlier=_stated_pair(record, EARLIER, findings),
    )


def _with_merged(record: Record) -> Record:
    """The record; what is merged over several rows stands in each of them."""
    cells = {name: _upper(record.sheet, cell) for name, cell in record.cells.items()}
    return Record(record.sheet, record.number, cells)


def _upper(sheet: Sheet, cell: Cell) -> Cell:
    """The cell, or for an empty one the upper left of the merged area it lies in."""
    if not cell.is_blank:
        return cell
    for top, left, bottom, right in sheet.merged:
        if top <= cell.row <= bottom and left <= cell.column <= right:
            return sheet.at(top, left) if top < cell.row and left == cell.column else cell
    return cell


def _stated_pair(
    record: Record, names: Sequence[str], findings: Findings
) -> tuple[Stated | None, Stated | None]:
    first, second = (_stated(record, name, findings) for name in names)
    return first, second


def _stated(record: Record, name: str, findings: Findings) -> Stated | None:
    """The number in a column; what is none ties the reason to nothing."""
    cell = record.cell(name)
    if cell.is_blank:
        return None
    found = stated(cell)
    if found is None:
        message = f"“{name}”应为数字，现为“{cell.text[:40]}”，没有用来核对原因。"
        findings.warning("D108", record.place(name), message, "请改填数字，或清空这一格。")
    return found


def stated(cell: Cell) -> Stated | None:
    """The number in a cell with its precision: by its format, or by its digits; 元 or 万元.

    >>> stated(Cell(1, 1, Decimal("8703"), format="#,##0.00"))
    Stated(value=Decimal('8703'), slack=Decimal('0.005'))
    >>> stated(Cell(1, 1, "6,237.32万元"))
    Stated(value=Decimal('62373200.00'), slack=Decimal('50.000'))
    >>> stated(Cell(1, 1, "约三万"))
    """
    text = cell.text.removesuffix("元")
    unit = text[-1:] + "元"
    scale = UNITS[unit] if unit in UNITS and cell.text.endswith("元") else Decimal(1)
    number = (
        cell.content if isinstance(cell.content, Decimal) else parse_number(text.rstrip("千万亿"))
    )
    if number is None or is_too_long(number):
        return None
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent if isinstance(exponent, int) else 0, _decimals(cell.format))
    return Stated(number * scale, scale * _AS_SHOWN.scaleb(-decimals))


def _decimals(number_format: str) -> int:
    """How many decimals a number format always shows.

    >>> _decimals("#,##0.00"), _decimals("General"), _decimals("0.0_ ;[Red]-0.0")
    (2, 0, 1)
    """
    fraction = number_format.partition(";")[0].partition(".")[2]
    return len(fraction) - len(fraction.lstrip("0"))
