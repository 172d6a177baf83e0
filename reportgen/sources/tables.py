"""The published tables of a workbook, read into the bundle's profiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reportgen.findings import Findings
from reportgen.model import Column, Layout, Profile, Row, Table
from reportgen.sources.heads import read_heads
from reportgen.sources.locate import Region, locate
from reportgen.sources.numerals import is_number
from reportgen.sources.rows import Reader
from reportgen.sources.rows_coded import economic_rows, tree_rows
from reportgen.sources.rows_fixed import fixed_rows, single_row
from reportgen.sources.workbook import read_workbook

_READERS = {
    Layout.TREE: tree_rows,
    Layout.FIXED: fixed_rows,
    Layout.ECONOMIC: economic_rows,
    Layout.SINGLE: single_row,
}


def read_tables(
    paths: Sequence[Path], profiles: Iterable[Profile], findings: Findings
) -> Mapping[str, Table]:
    """Read every table of the profiles from the files; whatever can't be read is a finding."""
    profiles = tuple(profiles)
    books = [read_workbook(path, findings) for path in paths]
    file = paths[0].name if all(books) else ""
    regions = locate([sheet for book in books for sheet in book], profiles, file, findings)
    tables = {}
    for profile in profiles:
        if profile.name in regions:
            table = _read(regions[profile.name], profile, findings)
            if table:
                tables[profile.name] = table
    _compare_units(regions, findings)
    _compare_names(tables.values(), findings)
    return tables


def _report_outside(reader: Reader) -> None:
    """A number beside the table's columns would be lost without a word."""
    sheet, above = reader.region.sheet, range(reader.region.first, reader.heads.first_data_row)
    headed = {cell.column for row in above for cell in sheet.row(row) if cell.text}
    known = headed | set(reader.heads.columns.values())
    for row in reader.data_rows():
        for cell in sheet.row(row):
            if cell.column not in known and is_number(cell):
                message = f"{cell.text}不在这张表的任何一栏里，没有读。"
                reader.error("D104", cell, message, "请移到它的那一栏，或删去。")


def _read(region: Region, profile: Profile, findings: Findings) -> Table | None:
    heads = read_heads(region, profile, findings)
    if heads is None:
        return None
    if any(column.key not in heads.columns for column in _keys(profile)):
        return None
    reader = Reader(region, profile, heads, findings)
    rows = _READERS[profile.layout](reader)
    _report_outside(reader)
    blanks = frozenset(reader.blanks)
    return Table(
        profile,
        tuple(rows),
        region.sheet.spot,
        blanks,
        unit_name=region.unit.name,
        owner=region.owner,
        year=region.year,
    )


def _keys(profile: Profile) -> Iterator[Column]:
    """The columns without which no row is known; that one is missing is a finding already."""
    for block in profile.blocks:
        yield from (column for column in block.columns[:1] if not column.is_value)
        if profile.layout is Layout.TREE:
            yield from block.columns[1:2]


def _compare_units(regions: Mapping[str, Region], findings: Findings) -> None:
    """All tables of a workbook state one unit; the odd ones out are findings."""
    stated = [region for region in regions.values() if region.unit_place]
    names = [region.unit.name for region in stated]
    usual = max(set(names), key=names.count, default="")
    for region in stated:
        if region.unit.name != usual and region.unit_place:
            message = f"金额单位写“{region.unit.name}”，其他表写“{usual}”。"
            findings.error("D111", region.unit_place, message, "请核对单位行，各表应一致。")


def _compare_names(tables: Iterable[Table], findings: Findings) -> None:
    """One code has one name in all tables (财政部科目); a difference is worth a question."""
    names: dict[str, Row] = {}
    for table in tables:
        if table.profile.layout is not Layout.TREE:
            continue
        for row in table.rows:
            first = names.setdefault(row.key, row)
            if first.label != row.label and row.place:
                message = f"编码 {row.key} 的名称为“{row.label}”，{first.place} 为“{first.label}”。"
                findings.warning("D113", row.place, message, "请统一科目名称。")
