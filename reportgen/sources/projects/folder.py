"""Projects from a folder of filled-in forms, one or several a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from reportgen.findings import Findings, Place
from reportgen.sources.contents import Spot
from reportgen.sources.projects.book import Listing, ProjectBook
from reportgen.sources.projects.form import Form, is_form, is_list, read_form
from reportgen.sources.projects.grid import Grid
from reportgen.sources.projects.names import name_of
from reportgen.sources.projects.raw import RawRow
from reportgen.sources.projects.sheets import open_sheets
from reportgen.sources.spool import Spool
from reportgen.sources.streamed import DamagedError

_BOOKS = (".xlsx", ".xlsm", ".xls", ".csv")
_PASSED_OVER = (".yaml", ".yml", ".db", ".ini")  # settings, and what systems put beside
_SHOWN = 5
_DIGITS = re.compile(r"(\d+)")


class Forms:
    """The rows of forms; they lie on disk."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._form = lru_cache(maxsize=2)(self._spool.get)

    def put(self, form: Form) -> int:
        """Put a form aside; its number."""
        return self._spool.put((form.row, form.funds, form.marks))

    def get(self, number: int) -> RawRow:
        """The row of the project."""
        row: RawRow = self._form(number)[0]
        return row

    def funds(self, index: int) -> Sequence[RawRow]:
        """The lines of its funds."""
        rows: Sequence[RawRow] = self._form(index)[1]
        return rows

    def groups(self) -> Iterator[tuple[int, Sequence[RawRow]]]:
        """Its indicators, where it has some."""
        for index in range(len(self._spool)):
            if rows := self._form(index)[2]:
                yield index, rows


def open_folder(folder: Path, findings: Findings) -> ProjectBook | None:
    """Read all forms in a folder, in the order of their names; ``None`` where there is none."""
    reading = _Reading(findings)
    for path in form_files(folder, findings):
        reading.file(path)
    reading.report_unread()
    if reading.listing.listed:
        return reading.book()
    if not findings.has_errors:
        hint = "请把每个项目的自评表（.xlsx）放进这个文件夹。"
        findings.error("D128", Place(folder.name), "文件夹里没有自评表。", hint)
    return None


def form_files(folder: Path, findings: Findings) -> Iterator[Path]:
    """The files in a folder that are looked into, in the order of their names."""
    for path in sorted(_entries(folder, findings), key=lambda path: _in_order(path.name)):
        hidden = path.name.startswith((".", "~$"))
        if not hidden and path.is_file() and path.suffix.lower() not in _PASSED_OVER:
            yield path


def _entries(folder: Path, findings: Findings) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        hint = "请核对有没有读取的权限。"
        findings.error("D101", Place(folder.name), "这个文件夹打不开。", hint)
        return []


def _in_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """As people order names: 2 before 10."""
    parts = _DIGITS.split(name)
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)


class _Reading:
    """What was read so far."""

    def __init__(self, findings: Findings) -> None:
        self._findings, self._forms = findings, Forms()
        self.listing = Listing(self._forms)
        self._unread: list[tuple[Grid, Spot]] = []
        self._incomplete = 0

    def file(self, path: Path) -> None:
        """Read the forms of a file; one that holds none is a finding."""
        if path.suffix.lower() not in _BOOKS:
            hint = "请另存为 .xlsx 工作簿，或移出文件夹。"
            self._findings.warning("D128", Place(path.name), "这个文件不是工作簿，没有读。", hint)
            return
        before = len(self._findings)
        try:
            grids = [Grid(sheet) for sheet in open_sheets(path, self._findings)]
        except DamagedError as damaged:
            self._findings.extend([damaged.finding])
            return
        forms = [grid for grid in grids if is_form(grid)]
        for grid in forms:
            self._form(grid)
        if not forms and len(self._findings) == before:
            message = "这个文件不是项目支出绩效自评表：找不到“项目名称”和资金、指标的表头。"
            hint = "请核对；不是自评表的，移出文件夹。"
            if any(is_list(grid) for grid in grids):
                message = "这个文件不是自评表，是一批项目的清单。"
                hint = f"请在命令里写这个文件（……/{path.name}），不写文件夹。"
            self._findings.error("D128", Place(path.name), message, hint)

    def _form(self, grid: Grid) -> None:
        faults = Findings()
        form = read_form(grid, faults)
        name = name_of(form.row)
        if not name:
            message = "自评表没有写项目名称。"
            self._findings.error("D129", form.row.place("项目名称"), message, "请补上。")
            return
        self.listing.add(self._forms.put(form), name, form.row, faults)
        if form.unread:
            self._incomplete += 1
            self._unread += [(grid, spot) for spot in form.unread][: _SHOWN - len(self._unread)]

    def book(self) -> ProjectBook:
        """The projects of the forms."""
        return ProjectBook(self.listing, self._forms, self._findings)

    def report_unread(self) -> None:
        """Tell once of cells that belong to no known part of a form."""
        if self._incomplete:
            shown = "、".join(f"{g.place(s)}“{g.text(s)[:10]}”" for g, s in self._unread)
            message = f"{self._incomplete}份自评表有没有取用的格，如{shown}。"
            hint = "是要公开的内容的，请改用公开式样的栏目名称。"
            self._findings.note("D130", self._unread[0][0].place(self._unread[0][1]), message, hint)
