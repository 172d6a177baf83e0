"""补充数据.xlsx, or a .csv for each of its sheets: last year, budgets, uses and counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.findings import Findings, nearest
from reportgen.model import UNITS, Blank, Figure, Kind, Passage, Value, plain
from reportgen.model.names import fold_digits
from reportgen.sources.budget import read_budget
from reportgen.sources.cells import Sheet
from reportgen.sources.entries import pairs, passages, records
from reportgen.sources.entry import Entry
from reportgen.sources.figures import COUNTED, Unit, read_figure
from reportgen.sources.foreign import BUDGET, BUDGET_COLUMNS, Titled, sort_sheets
from reportgen.sources.lists import (
    GUIDE,
    Record,
    Seen,
    find_sheet,
    is_repeated,
    named_lists,
    read_list,
)
from reportgen.sources.workbook import read_workbook

RELATION_SHEETS = ("本年数", "上年数", "年初预算", "用途")


@dataclass(frozen=True, slots=True)
class Address:
    """What a line of 上年数, 用途 or 原因 speaks of: a vocabulary name, or a table's cell."""

    table: str
    row: str
    column: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``收入总计`` or ``表05/208`` or ``表05/208/小计``.

        >>> Address.parse("表05/208"), Address.parse("收入总计").row
        (Address(table='表05', row='208', column=''), '收入总计')
        """
        table, _, rest = text.partition("/")
        if not rest:
            return cls.of("", text)
        row, _, column = rest.partition("/")
        return cls.of(table, row, column)

    @classmethod
    def of(cls, table: str, row: str, column: str = "") -> Address:
        """Make an address of texts as they stand in cells; full-width digits are folded."""
        return cls(*(fold_digits(part.strip()) for part in (table, row, column)))

    def __str__(self) -> str:
        return "/".join(part for part in (self.table, self.row, self.column) if part)


@dataclass
class Supplement:
    """What the supplement holds, still unattached to figures."""

    relations: list[tuple[Address, str, Figure]] = field(default_factory=list)
    texts: list[tuple[Address, str, str, Record]] = field(default_factory=list)
    values: dict[str, dict[str, Value | str | Blank]] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Value | str | Blank]]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    this_year: Sheet | None = None


def read_supplement(
    paths: Sequence[Path],
    entries: Mapping[str, Entry],
    findings: Findings,
    *,
    budgets: Sequence[str] = (),
    year: int = 0,
) -> Supplement:
    """Read the sheets the bundle knows; an unknown sheet or key is a finding.

    The platform's forms and the published budget of the ``year`` (one of the titles
    ``budgets``) are read as they are. With no file everything that it would hold is absent.
    """
    supplement = Supplement()
    known = (*RELATION_SHEETS, *entries)
    read = [sheet for path in paths for sheet in read_workbook(path, findings)]
    lists = [sheet for sheet in read if plain(sheet.name) != GUIDE]
    forms = {title for entry in entries.values() for title in entry.forms}
    found = sort_sheets(lists, known, forms, budgets, findings)
    sheets = named_lists(found.own, known, findings)
    for sheet in sheets:
        if plain(sheet.title) not in map(plain, known):
            hint = nearest(sheet.title, known) or f"可用的工作表：{'、'.join(known)}。"
            findings.error("D115", sheet.spot, f"未知的工作表“{sheet.title}”。", hint)
    supplement.this_year = find_sheet(sheets, "本年数")
    for name, reader in _RELATION_READERS.items():
        sheet_found = find_sheet(sheets, name)
        if sheet_found:
            reader(sheet_found, supplement, findings)
    if found.budget:
        _published_budget(found.budget, year, supplement, findings)
    for name, entry in entries.items():
        sheet_found = find_sheet(sheets, name)
        if entry.layout == "名值":
            own_forms = found.forms_of(name, entry.forms)
            supplement.values[name] = pairs(sheet_found, own_forms, entry, findings)
        else:
            supplement.lists[name] = records(sheet_found, entry, findings)
        if sheet_found:
            supplement.passages += passages(sheet_found, entry)
    return supplement


def _last_year(sheet: Sheet, supplement: Supplement, findings: Findings) -> None:
    columns = ("表", "行", "列", "上年数", "单位")
    seen: Seen = {}
    for record in read_list(sheet, columns, findings, required=("行", "上年数")):
        address = Address.of(record.text("表"), record.text("行"), record.text("列"))
        key = (address.table, address.row.split(" ", maxsplit=1)[0], address.column)
        known = not record.cell("上年数").is_blank  # 0 is written as 0
        if not known and key not in seen:
            continue  # nothing to read, and nothing to hold another line against
        if not is_repeated(seen, key, record.place("上年数"), "上年数", findings) and known:
            _relate(record, address, "上年", "上年数", supplement, findings)


def _budget(sheet: Sheet, supplement: Supplement, findings: Findings) -> None:
    seen: Seen = {}
    for record in read_list(sheet, BUDGET_COLUMNS, findings, required=("科目编码",)):
        address = Address.of("", record.text("科目编码"), record.text("科目名称"))
        for column in ("年初预算数", "全年预算数"):
            key = (address.row or address.column, column)
            if record.cell(column).is_blank:
                continue
            if not is_repeated(seen, key, record.place(column), column, findings):
                _relate(record, address, column.removesuffix("数"), column, supplement, findings)


def _published_budget(
    published: Titled, year: int, supplement: Supplement, findings: Findings
) -> None:
    """The published budget, where the sheet 年初预算 does not say the same."""
    stated = (figure for _, name, figure in supplement.relations if name == BUDGET)
    first = next(stated, None)
    if first:
        message = f"年初预算数已在 {first.places[0]} 填报，这张部门预算表没有读。"
        hint = "请核对哪一份是定稿，只保留一份；“年初预算”里可以只填全年预算数。"
        findings.error("D118", published.place, message, hint)
        return
    for row in read_budget(published.sheet, year, findings):
        supplement.relations.append((Address.of("", row.key, row.name), BUDGET, row.figure))


def _relate(
    record: Record,
    address: Address,
    relation: str,
    column: str,
    supplement: Supplement,
    findings: Findings,
) -> None:
    unit = _unit(record, findings, COUNTED if relation == "上年" else ())
    label = f"{address}的{relation}数"
    figure = read_figure(record.sheet, record.cell(column), label, unit, findings)
    if isinstance(figure, Figure):
        supplement.relations.append((address, relation, figure))


def _unit(record: Record, findings: Findings, counted: Collection[str] = ()) -> Unit:
    """The unit of a line: of amounts, or a word that its bundle's counts are counted in."""
    name = record.text("单位") or "元"
    if name in counted:
        return Unit(name, Kind.COUNT)
    if name not in UNITS:
        message = f"单位“{name}”不能识别。"
        counts = "；数量写它的单位，如“个”“辆”“批次”“人次”" if counted else ""
        findings.error("D111", record.place("单位"), message, f"请写“元”或“万元”{counts}。")
        name = "元"
    return Unit(name)


def _uses(sheet: Sheet, supplement: Supplement, findings: Findings) -> None:
    seen: Seen = {}
    for record in read_list(sheet, ("表", "行", "用途"), findings, required=("行", "用途")):
        address = Address.of(record.text("表"), record.text("行"))
        place = record.place("用途")
        if record.text("用途") and not is_repeated(seen, address, place, "用途", findings):
            supplement.texts.append((address, "用途", record.text("用途"), record))


_RELATION_READERS = {"上年数": _last_year, "年初预算": _budget, "用途": _uses}
