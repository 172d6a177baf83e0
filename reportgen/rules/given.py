"""Tables that stand in 本年数 line by line: what is not written there is absent, never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.errors import ColumnError
from reportgen.findings import Findings, Place, nearest
from reportgen.model import (
    NOT_GIVEN,
    TOTAL,
    Absent,
    Block,
    Figure,
    FixedRow,
    Layout,
    Profile,
    Row,
    Table,
    plain,
)
from reportgen.model.names import unnumbered
from reportgen.rules.added import is_code, split_code
from reportgen.sources.this_year import Stated


def given_figures(lines: Iterable[Stated], findings: Findings) -> dict[str, Figure]:
    """The figures that are given by a vocabulary name."""
    found = {}
    for line in lines:
        if not line.address.table:
            figure = line.figure(line.address.row, findings)
            if isinstance(figure, Figure):
                found[line.address.row] = figure
    return found


def given_tables(
    lines: Sequence[Stated],
    profiles: Sequence[Profile],
    read: Mapping[str, Table],
    findings: Findings,
) -> dict[str, Table]:
    """The tables whose cells 本年数 gives; one that was ``read`` stays as it is."""
    known = {profile.name: profile for profile in profiles}
    names = dict.fromkeys(line.address.table for line in lines if line.address.table)
    labels: dict[str, str] = {}
    for line in lines:
        key, label = _coded(line)
        if label:
            labels.setdefault(key, label)
    found = {}
    for name in names:
        own = [line for line in lines if line.address.table == name]
        if name in read:
            message = f"“{name}”已从决算表读取，“本年数”里的没有用到。"
            hint = "请删去这几行；要用它们的，请从决算表里去掉这张表。"
            findings.error("D126", own[0].place, message, hint)
        elif name not in known:
            hint = nearest(name, known) or f"可用的表：{'、'.join(known)}。"
            findings.error("D115", own[0].place, f"未知的表“{name}”。", hint)
        else:
            found[name] = _table(known[name], own, labels, findings)
    return found


def _coded(line: Stated) -> tuple[str, str]:
    """A line's code and its name; 合计 is a key by itself."""
    key, name = split_code(line.address.row)
    return (TOTAL, TOTAL) if TOTAL in plain(key) else (key, line.label or name)


def _table(
    profile: Profile, lines: Sequence[Stated], labels: Mapping[str, str], findings: Findings
) -> Table:
    is_tree = profile.layout is Layout.TREE
    rows = _tree_rows(profile, lines, labels, findings) if is_tree else _fixed_rows(profile)
    place = replace(lines[0].place, address="")
    table = Table(profile, tuple(rows), place, partial=True)
    for line in lines:
        table = _filled(table, line, findings)
    return table


def _fixed_rows(profile: Profile) -> Iterator[Row]:
    for block in profile.blocks:
        if profile.layout is Layout.SINGLE:
            yield _row(profile, block, FixedRow("", "1"))
        yield from (_row(profile, block, row) for row in block.rows if row.label)
    for total in profile.totals:
        yield _row(profile, profile.section(total.label)[0], total)


def _tree_rows(
    profile: Profile, lines: Sequence[Stated], labels: Mapping[str, str], findings: Findings
) -> Iterator[Row]:
    """合计, and the codes that are given: there are no others."""
    block = profile.blocks[0]
    yield _row(profile, block, FixedRow(TOTAL, TOTAL))
    known: dict[str, Place] = {}
    for line in lines:
        key = _coded(line)[0]
        if not is_code(key) and key != TOTAL:
            hint = "编码为3位（类）、5位（款）或7位（项）数字。"
            findings.error("D112", line.place, f"“{key}”不是科目编码。", hint)
        elif key not in labels:
            hint = "请在“名称”一栏写上科目名称。"
            findings.error("D112", line.place, f"编码 {key} 没有名称。", hint)
        elif key != TOTAL:
            known.setdefault(key, line.place)
    for key in sorted(known):
        yield _row(profile, block, FixedRow(labels[key], key), known[key])


def _row(profile: Profile, block: Block, fixed: FixedRow, place: Place | None = None) -> Row:
    label = unnumbered(fixed.label)
    cells = {column.key: Absent(f"{label}{column.leaf}", NOT_GIVEN) for column in block.values}
    return Row(profile, block, fixed.key, fixed.label, cells, fixed.number, place=place)


def _filled(table: Table, line: Stated, findings: Findings) -> Table:
    """The table with one line in its cell; an unknown row or column is a finding."""
    profile, address = table.profile, line.address
    is_tree = profile.layout is Layout.TREE
    key = _coded(line)[0] if is_tree else address.row
    if profile.layout is Layout.SINGLE and not key:
        key = "1"
    if is_tree and not table.has_row(key):
        return table  # its code is a finding already
    try:
        row = table.row(key)
        column = row.column(address.column) if address.column else profile.main_column(row.block)
    except ColumnError as error:
        findings.error("D115", line.place, f"{error}。", "请在“列”一栏写上栏名。")
        return table
    except KeyError:
        what = f"“{address.column}”这一栏" if table.has_row(key) else f"“{key}”这一行"
        message = f"“{profile.title}”没有{what}。"
        findings.error("D115", line.place, message, "请核对行名、行次和栏名。")
        return table
    name = profile.named(unnumbered(row.label), column)
    address_key = profile.address(row.key, column)
    value = line.figure(name, findings, address_key, profile.unit_of(row.key))
    new = replace(row, cells={**row.cells, column.key: value})
    return table.with_rows([new if one.key == row.key else one for one in table.rows])
