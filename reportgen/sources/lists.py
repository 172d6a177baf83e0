"""Plain lists on a sheet: one head row, one record a row."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen.findings import Findings, Place, nearest
from reportgen.model import plain
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.figures import report_fault

GUIDE = "填表说明"
"""The sheet of a blank workbook that says how it is filled in; it holds no data."""


@dataclass(frozen=True)
class Record:
    """One row of a list: its cells by column name."""

    sheet: Sheet
    number: int
    cells: dict[str, Cell]

    def text(self, name: str) -> str:
        """The text in a column; '' where the column or the content is missing."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def cell(self, name: str) -> Cell:
        """The cell in a column, an empty one where the list has no such column."""
        return self.cells.get(name) or Cell(self.number, 1, None)

    def place(self, name: str) -> Place:
        """The place of a column of this row."""
        return self.sheet.place(self.cell(name))


def read_list(
    sheet: Sheet,
    columns: Sequence[str],
    findings: Findings,
    *,
    required: Iterable[str] = (),
    keep_unknown: bool = False,
    skip_unknown: bool = False,
) -> list[Record]:
    """Read the records below the head row; unknown or missing columns are findings.

    ``keep_unknown`` takes further columns over under their own head; ``skip_unknown`` leaves
    them alone, but for one whose head looks like that of a missing column.
    """
    head = head_row(sheet, columns)
    if head == 0:
        message = f"工作表“{sheet.title}”没有表头。"
        findings.error("D104", sheet.spot, message, f"第一行应为：{'、'.join(columns)}。")
        return []
    known = {plain(name): name for name in columns}
    positions: dict[str, int] = {}
    for cell in sheet.row(head):
        name = known.get(plain(cell.text))
        if name is None and cell.text:
            absent = set(columns) - {cell.text for cell in sheet.row(head)}
            if skip_unknown and not nearest(cell.text, absent):
                continue
            if not keep_unknown:
                hint = nearest(cell.text, columns) or f"可用的栏：{'、'.join(columns)}。"
                findings.error("D104", sheet.place(cell), f"未知的栏“{cell.text}”。", hint)
                continue
            name = cell.text
        if name in positions:
            _report_second(sheet, cell, sheet.at(head, positions[name]), findings)
        elif name:
            positions[name] = cell.column
    for name in required:
        if name not in positions:
            findings.error("D104", sheet.spot, f"缺少“{name}”这一栏。", "请补上。")
    return list(_records(sheet, head, positions, findings))


def _report_second(sheet: Sheet, cell: Cell, first: Cell, findings: Findings) -> None:
    """A head that stands twice: what is written below the second one would be lost."""
    below = (sheet.at(row, cell.column) for row in range(cell.row + 1, sheet.rows + 1))
    if any(not one.is_blank for one in below):
        place = sheet.place(first)
        message = f"“{cell.text}”这一栏在 {place} 已经有了，这一栏没有读。"
        findings.error("D104", sheet.place(cell), message, "请合并为一栏，或改正表头。")


def head_row(sheet: Sheet, columns: Sequence[str]) -> int:
    """The first of the sheet's top rows that holds mostly these columns; 0 where none does."""
    known = {plain(name) for name in columns}
    top = next((cell.row for cell in sheet.filled()), 1)
    for row in range(top, min(sheet.rows, top + 9) + 1):
        texts = [plain(cell.text) for cell in sheet.row(row) if cell.text]
        if texts and 2 * sum(text in known for text in texts) >= len(texts):
            return row
    return 0


def _records(
    sheet: Sheet, head: int, positions: dict[str, int], findings: Findings
) -> Iterable[Record]:
    for row in range(head + 1, sheet.rows + 1):
        cells = {
            name: _sound(sheet, sheet.at(row, column), name, findings)
            for name, column in positions.items()
        }
        if any(not cell.is_blank for cell in cells.values()):
            yield Record(sheet, row, cells)


def _sound(sheet: Sheet, cell: Cell, name: str, findings: Findings) -> Cell:
    """The cell, or an empty one in place of an error value or an uncalculated formula."""
    if not cell.fault:
        return cell
    report_fault(sheet, cell, name, findings)
    return Cell(cell.row, cell.column, None)


def named_lists(
    sheets: Iterable[Sheet], names: Collection[str], findings: Findings
) -> tuple[Sheet, ...]:
    """The lists by name; a sheet of another name may hold several, each under its name alone.

    A list that is there twice is a finding: of the two only the first is read.
    """
    known = {plain(name) for name in names}
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        for part in parts(sheet, known):
            first = found.setdefault(plain(part.title), part)
            if first is not part:
                message = f"“{part.title}”在 {_begin(first)} 已经有一张，这一张没有读。"
                findings.error("D118", _begin(part), message, "请合并为一张，或删去一张。")
    return tuple(found.values())


def _names_list(sheet: Sheet, cell: Cell, known: Collection[str]) -> bool:
    if plain(cell.text) not in known or _width(sheet, cell.row) != 1:
        return False
    below = (_width(sheet, row) for row in range(cell.row + 1, sheet.rows + 1))
    return next(filter(None, below), 0) > 1


def _width(sheet: Sheet, row: int) -> int:
    return sum(bool(cell.text) for cell in sheet.row(row))


def _begin(part: Sheet) -> Place:
    """Where a list begins: its sheet, or its first row."""
    first = next(part.filled(), None)
    return part.place(first) if part.list_name and first else part.spot


def parts(sheet: Sheet, known: Collection[str]) -> Iterable[Sheet]:
    """The lists of a sheet: the whole under its own name where no line names one.

    Such a line is a name alone, with heads below; ``known`` are names in comparable form.
    """
    own = plain(sheet.name) in known and not sheet.is_flat
    starts = [] if own else [cell for cell in sheet.filled() if _names_list(sheet, cell, known)]
    if not starts:
        return (sheet,)
    ends = [*(cell.row - 1 for cell in starts[1:]), sheet.rows]
    return tuple(
        replace(
            sheet,
            list_name=start.text,
            cells={s: c for s, c in sheet.cells.items() if start.row < s[0] <= end},
            rows=end,
        )
        for start, end in zip(starts, ends, strict=True)
    )


Seen = dict[Hashable, Place]


def is_repeated(seen: Seen, key: Hashable, place: Place, column: str, findings: Findings) -> bool:
    """Whether an earlier line said the same; of two lines one would be lost without a word."""
    if seen.setdefault(key, place) == place:
        return False
    message = f"同一项的“{column}”已在 {seen[key]} 填过，这一行没有读。"
    findings.error("D107", place, message, "请合并为一行，或改正这一行的名称。")
    return True


def find_sheet(sheets: Iterable[Sheet], name: str) -> Sheet | None:
    """Return the sheet or list of this name, or ``None``."""
    return next((sheet for sheet in sheets if plain(sheet.title) == plain(name)), None)
