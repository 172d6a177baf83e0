"""A project as it was read becomes one that templates and checks work with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from reportgen.findings import Findings
from reportgen.model import Fund, Kind, Project, SheetRow, Value
from reportgen.model.addresses import column_number
from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.figures import Unit, figure_of, read_figure, report_fault
from reportgen.sources.projects.raw import Head, RawProject, RawRow
from reportgen.sources.streamed import Fault, cell_of, text_of
from reportgen.sources.texts import clean, is_clean

AMOUNTS = FUND_COLUMNS[3:]
_SOURCE, _WHOLE = "资金来源", "年度资金总额"
_AS_TEXT = "是以=开头的文字的，在前面加一个英文单引号（'）。"
_YES_OR_NO, _ANSWERS = ("公开自评表", "涉密"), ("是", "否")
_SCORES = ("自评得分", "分值", "得分")
_TEN_THOUSAND = Unit("万元", decimals=6)
_SCORE = Unit("分", Kind.SCORE)
_UNITS = dict.fromkeys(_SCORES, _SCORE) | dict.fromkeys(AMOUNTS, _TEN_THOUSAND)


def build(raw: RawProject, findings: Findings) -> Project:
    """The project of these rows; what is wrong in a cell is a finding, and no cell is lost."""
    check_secrecy(raw.row, findings)
    (row,), (fields,) = _built((raw.row,), PROJECT_COLUMNS, findings)
    rows, indicators = _built(raw.indicators, INDICATOR_COLUMNS, findings)
    _, funds = _built(raw.funds, FUND_COLUMNS, findings)
    _report_totals(raw, findings)
    return Project(
        name=raw.name,
        fields=fields,
        funds=tuple(_fund(fund) for fund in funds),
        indicators=tuple(indicators),
        row=row,
        indicator_rows=tuple(rows),
    )


def _report_totals(raw: RawProject, findings: Findings) -> None:
    """A second total of the funds would be read as one of their parts."""
    totals = [row.place(_SOURCE) for row in raw.funds if row.text(_SOURCE) == _WHOLE]
    for place in totals[1:]:
        message = f"这个项目的“{_WHOLE}”已在 {totals[0]} 出现过。"
        findings.error("D107", place, message, "请只留一行，或改正资金来源。")


def _fund(fields: Mapping[str, Any]) -> Fund:
    amounts = {name: fields[name] for name in AMOUNTS if fields[name] is not None}
    return Fund(fields[_SOURCE] or "", amounts)


def check_secrecy(row: RawRow, findings: Findings) -> None:
    """Whether a project is secret must be clear, and it must not be published then."""
    answer = row.text("涉密")
    if answer and answer not in _ANSWERS:
        _report_unclear(row, "涉密", answer, findings)
    if answer == "是" and row.text("公开自评表") == "是":
        message, hint = "涉密的项目不能公开自评表。", "请改为“否”，或核对是否涉密。"
        findings.error("D115", row.place("公开自评表"), message, hint)


def may_be_secret(row: RawRow) -> bool:
    """Whether a project is secret, or its row leaves that open."""
    return row.value("涉密") is not None and row.text("涉密") != "否"


def report_unknown(row: RawRow, findings: Findings) -> None:
    """Tell of an error value where the row should say whether a project is secret."""
    value = row.value("涉密")
    if isinstance(value, Fault):
        report_fault(*_cell(row, "涉密"), "涉密", findings)


def _report_unclear(row: RawRow, name: str, text: str, findings: Findings) -> None:
    message = f"“{name}”填了“{text}”，只能填是或否。"
    findings.error("D115", row.place(name), message, "请改填。")


@dataclass(frozen=True, slots=True)
class _Columns:
    """What all rows below one head share.

    ``kinds`` are of each column its name, its unit where it has figures, and the texts that it
    may hold where these are few; ``lacking`` are the columns that the head does not have.
    """

    head: Head
    letters: Mapping[str, str]
    kinds: tuple[tuple[str, Unit | None, Sequence[str]], ...]
    lacking: Mapping[str, None]

    def sheet_row(self, row: RawRow) -> SheetRow:
        """Where a row stands."""
        head = self.head
        rows = dict(zip(head.columns, head.rows, strict=True)) if head.rows else None
        return SheetRow(head.file, head.sheet, row.number, self.letters, rows)


@lru_cache(maxsize=64)
def _columns(head: Head, known: tuple[str, ...]) -> _Columns:
    kinds = [
        (name, _UNITS.get(name) if name in known else None, _ANSWERS if name in _YES_OR_NO else ())
        for name in head.columns
    ]
    letters = dict(zip(head.columns, head.letters, strict=True))
    lacking = dict.fromkeys(name for name in known if name not in head.columns)
    return _Columns(head, letters, tuple(kinds), lacking)


_Built = tuple[list[SheetRow], list[dict[str, Any]]]


def _built(rows: Sequence[RawRow], known: tuple[str, ...], findings: Findings) -> _Built:
    """Where the rows stand, and their fields: every column, and ``None`` for what they lack."""
    if not rows:
        return [], []
    columns = _columns(rows[0].head, known)
    built = [_fields(row, columns, findings) for row in rows]
    return [columns.sheet_row(row) for row in rows], built


def _fields(row: RawRow, columns: _Columns, findings: Findings) -> dict[str, Any]:
    """A score or an amount is a figure, all else is text; an empty cell is ``None``."""
    fields: dict[str, Any] = {}
    kinds = zip(columns.kinds, row.values, strict=True)
    for at, ((name, unit, answers), value) in enumerate(kinds):
        if value is None:
            fields[name] = None
        elif unit:
            fields[name] = _number(row, at, unit, findings)
        elif (
            isinstance(value, str)
            and (text := _kept(value)) is not None
            and (not answers or text in answers)
        ):
            fields[name] = text
        else:
            fields[name] = _text(row, name, findings) or None
    fields.update(columns.lacking)
    return fields


@lru_cache(maxsize=1024)
def _kept(text: str) -> str | None:
    """A text without surrounding blanks; ``None`` where more must be taken out, and told."""
    return text.strip() if is_clean(text) else None


def _text(row: RawRow, name: str, findings: Findings) -> str:
    """The text in a column, cleaned; '' with a finding for an error value."""
    value = row.value(name)
    if isinstance(value, Fault):
        report_fault(*_cell(row, name), name, findings, _AS_TEXT)
        return ""
    text = text_of(value)
    if isinstance(value, str):
        text = clean(value, row.place(name), findings).strip()
    if text and name in _YES_OR_NO and text not in _ANSWERS:
        _report_unclear(row, name, text, findings)
    return text


def _number(row: RawRow, at: int, unit: Unit, findings: Findings) -> Value | None:
    """The figure in the column at a position; ``None`` with a finding for an error value."""
    value, name = row.values[at], row.head.columns[at]
    if isinstance(value, Decimal):
        found = figure_of(value, row.place_at(at), name, unit, findings)
        if found is not None:
            return found
    if isinstance(value, Fault):
        report_fault(*_cell(row, name), name, findings)
        return None
    sheet, cell = _cell(row, name)
    return read_figure(sheet, cell, name, unit, findings)


def _cell(row: RawRow, name: str) -> tuple[Sheet, Cell]:
    """The cell in a column, and a sheet that knows how its cells are called."""
    head, at = row.head, row.head.columns.index(name)
    number = head.rows[at] if head.rows else row.number
    sheet = Sheet(head.file, head.sheet, {}, is_flat=not head.sheet)
    return sheet, cell_of(row.values[at], number, column_number(head.letters[at]))
