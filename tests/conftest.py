"""What all tests share."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from reportgen.findings import Finding, Findings
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.render.word.pages import VARIABLE
from reportgen.sources import supplement, tables
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.projects import from_lists
from reportgen.sources.streamed import RowSheet, row_sheet
from reportgen.sources.workbook import read_workbook

_EXAMPLE = Path(__file__).parent.parent / "examples" / "jincheng-2022"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ADDRESS = re.compile(r"(.+)\[(.+)\]!([A-Z]+\d+)")


@pytest.fixture(autouse=True)
def _without_office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as on a machine without LibreOffice, but for those marked ``office``."""
    if request.node.get_closest_marker("office") is None:
        monkeypatch.setenv(VARIABLE, "")


class Example:
    """The example with other contents in some cells; its workbooks are read from disk once."""

    def __init__(self) -> None:
        self._sheets: dict[Path, tuple[Sheet, ...]] = {}
        self._changes: Mapping[str, object] = {}

    def read(self, path: Path, findings: Findings) -> tuple[Sheet, ...]:
        """Stands for read_workbook."""
        if path not in self._sheets:
            self._sheets[path] = read_workbook(path, findings)
        return tuple(self._changed(sheet) for sheet in self._sheets[path])

    def rows(self, path: Path, findings: Findings) -> tuple[RowSheet, ...]:
        """Stands for open_sheets."""
        return tuple(row_sheet(sheet) for sheet in self.read(path, findings))

    def _changed(self, sheet: Sheet) -> Sheet:
        cells = dict(sheet.cells)
        for address, content in self._changes.items():
            match = _ADDRESS.fullmatch(address)
            assert match, address
            if (sheet.file, sheet.name) == (match[1], match[2]):
                column, row = coordinate_from_string(match[3])
                spot = (row, column_index_from_string(column))
                number = isinstance(content, int | str) and re.fullmatch(
                    r"-?\d+(\.\d+)?", str(content)
                )
                value = Decimal(str(content)) if number else content
                cells[spot] = Cell(*spot, value)  # type: ignore[arg-type]
        if len(cells) == len(sheet.cells) and not self._changes:
            return sheet
        rows, columns = max(row for row, _ in cells), max(column for _, column in cells)
        ordered = dict(sorted(cells.items()))
        return dataclasses.replace(sheet, cells=ordered, rows=rows, columns=columns)

    def prepared(self, changes: Mapping[str, object], gate: Gate = Gate.DATA) -> Prepared:
        """The example up to a gate, with ``changes`` (决算表.xlsx[公开03表]!C9 → content)."""
        self._changes = changes
        return prepare(Job(_EXAMPLE), gate, layouts=("report.md",))

    def found(self, changes: Mapping[str, object]) -> list[Finding]:
        """All findings up to the data gate, as judged."""
        return self.prepared(changes).judged.sorted()


_READ_ONCE = Example()


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Example:
    """The example, whose cells a test may change: example.found({address: content})."""
    for module in (tables, supplement):
        monkeypatch.setattr(module, "read_workbook", _READ_ONCE.read)
    monkeypatch.setattr(from_lists, "open_sheets", _READ_ONCE.rows)
    return _READ_ONCE
