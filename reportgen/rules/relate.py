"""Figures get their last year, budgets, uses and reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.errors import ColumnError
from reportgen.findings import Findings, Place, nearest
from reportgen.model import (
    NEW_UNIT,
    TOTAL,
    USE,
    Absent,
    Column,
    Figure,
    Layout,
    Row,
    Table,
    Value,
    plain,
)
from reportgen.rules.added import (
    ZERO,
    above,
    has_row,
    is_code,
    split_code,
    with_before,
    with_budgets,
    with_last_year_below,
    with_row,
)


@dataclass
class Relations:
    """What is related to table cells and to vocabulary names, in the order read.

    ``figures`` hold (table, row, column, relation, figure), ``texts`` the same with a text;
    an empty table means that the row is a vocabulary name. Lines about ``unread`` tables stay
    silent: that the table is not there is a finding already. ``given`` are the figures that
    本年数 gives by vocabulary name; of the tables ``not_given`` it gives nothing.
    """

    figures: list[tuple[str, str, str, str, Figure]] = field(default_factory=list)
    texts: list[tuple[str, str, str, str, str, Place]] = field(default_factory=list)
    last_tables: Mapping[str, Table] = field(default_factory=dict)
    budget_table: str = ""
    unread: frozenset[str] = frozenset()
    new_unit: bool = False
    given: Mapping[str, Figure] = field(default_factory=dict)
    not_given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of 上年数 or 年初预算: its table, its row as written, as code and as name."""

    table: str
    text: str
    key: str
    name: str
    column: str
    relation: str
    figure: Figure

    @property
    def place(self) -> Place:
        return self.figure.places[0]


def relate(
    tables: Mapping[str, Table], relations: Relations, findings: Findings
) -> dict[str, Table]:
    """Return the tables with related figures and texts attached to their cells."""
    related = dict(tables)
    for name, table in tables.items():
        last = relations.last_tables.get(name)
        if relations.new_unit:
            related[name] = _map_figures(table, lambda f: f.related(上年=Absent(f.name, NEW_UNIT)))
        elif last is not None:
            related[name] = _with_last_year(table, last)
    given = _lines(relations, findings)
    lines = [line for line in given if _is_known(line, related, relations, findings)]
    names = _names(lines, [*tables.values(), *relations.last_tables.values()])
    for name, table in related.items():
        own = [line for line in lines if line.table == name]
        related[name] = _with_lines(table, own, names, relations, findings)
    for table_name, row, column, name, text, place in relations.texts:
        if table_name in related:
            table = related[table_name]
            key = row if table.has_row(row) else split_code(row)[0]
            related[table_name] = _with_text(table, key, column, name, text, place, findings)
        elif table_name and table_name not in relations.unread:
            _report_table(table_name, related, relations, place, findings)
    return related


def _lines(relations: Relations, findings: Findings) -> Iterator[_Line]:
    """The lines that speak of tables; a new unit's last year is a contradiction, said once."""
    contradicted = False
    for table, row, column, relation, figure in relations.figures:
        if relation == "上年" and relations.new_unit:
            if not contradicted:
                message = "报告写了“新设单位”，又填了上年数。"
                hint = "请清空上年数，或把 report.yaml 的“上年”改为“有”。"
                findings.error("D115", figure.places[0], message, hint)
            contradicted = True
        elif table or relation == "上年":
            if table:
                yield _Line(table, row, *split_code(row), column, relation, figure)
        elif relations.budget_table:
            text = row or (TOTAL if TOTAL in plain(column) else column)
            key, name = split_code(text)
            yield _Line(relations.budget_table, text, key, name or column, "", relation, figure)


def _is_known(
    line: _Line, tables: Mapping[str, Table], relations: Relations, findings: Findings
) -> bool:
    """Whether a line's table is there, and its code a code; what is not is reported."""
    table = tables.get(line.table)
    if table is None:
        if line.table not in relations.unread:
            _report_table(line.table, tables, relations, line.place, findings)
        return False
    tree = table.profile.layout is Layout.TREE
    if tree and line.key.isdigit() and not is_code(line.key):
        hint = "编码为3位（类）、5位（款）或7位（项）数字。"
        findings.error("D112", line.place, f"“{line.key}”不是科目编码。", hint)
        return False
    return True


def _names(lines: Iterable[_Line], tables: Iterable[Table]) -> dict[str, str]:
    """The name of every code: as 上年数 says it, else 年初预算, else any table."""
    names: dict[str, str] = {}
    for line in sorted(lines, key=lambda line: line.relation != "上年"):
        if line.name:
            names.setdefault(line.key, line.name)
    for table in tables:
        if table.profile.layout is Layout.TREE:
            for row in table.rows:
                names.setdefault(row.key, row.label)
    return names


def _with_lines(
    table: Table,
    lines: Sequence[_Line],
    names: Mapping[str, str],
    relations: Relations,
    findings: Findings,
) -> Table:
    """The table with its lines attached, and with the rows that only they know."""
    before = _before(table, relations)
    parents: dict[str, None] = {}
    for line in lines:
        if table.profile.layout is Layout.TREE and is_code(line.key):
            table = with_row(table, line.key, names.get(line.key, ""), before)
    for line in lines:
        if has_row(table, line.key) and is_code(line.key):
            for key in _missing_parents(table, line, names, findings):
                table = with_row(table, key, names.get(key, ""), before)
                parents[key] = None
    for line in lines:
        table = _attach(table, line, findings)
    table = with_last_year_below(table, parents)
    return _with_budgets(table, lines) if table.profile.layout is Layout.TREE else table


def _missing_parents(
    table: Table, line: _Line, names: Mapping[str, str], findings: Findings
) -> list[str]:
    """The codes over a line's code that no row has; each needs a name from somewhere."""
    if table.profile.layout is not Layout.TREE:
        return []
    missing = [key for key in above(line.key) if not has_row(table, key)]
    nameless = [key for key in missing if key not in names]
    if nameless:
        name = f"“{names[line.key]}”" if names.get(line.key) else ""
        message = f"编码 {line.key}{name}没有上级 {'、'.join(nameless)}。"
        hint = f"请在本工作表补上 {nameless[0]} 这一行，写明名称和金额。"
        findings.error("D106", line.place, message, hint)
    return missing


def _with_budgets(table: Table, lines: Sequence[_Line]) -> Table:
    listed = {line.key for line in lines if line.relation != "上年" and is_code(line.key)}
    for relation in ("年初预算", "全年预算"):
        own = [line for line in lines if line.relation == relation and line.key in listed]
        if own:
            sheet = replace(own[0].place, address="")
            table = with_budgets(table, relation, {line.key for line in own}, listed, sheet)
    return table


def _with_last_year(table: Table, last: Table) -> Table:
    """Relate cell to cell; a code that only last year had becomes an unprinted row."""
    for row in last.rows:
        if is_code(row.key):
            table = with_row(table, row.key, row.label)
    old = {row.key: row for row in last.rows}
    return table.with_rows([_row_with_last(row, old.get(row.key), last) for row in table.rows])


def _row_with_last(row: Row, old: Row | None, last: Table) -> Row:
    cells: dict[str, Value] = {}
    for key, value in row.cells.items():
        before = old.cells.get(key) if old else Figure(value.name, ZERO, places=(last.place,))
        cells[key] = with_before(value, before)
    return replace(row, cells=cells)


def _before(table: Table, relations: Relations) -> Value | None:
    """The last year of a code that stands only in the budget, where it is known."""
    if relations.new_unit:
        return Absent("", NEW_UNIT)
    last = relations.last_tables.get(table.profile.name)
    return Figure("", ZERO, places=(last.place,)) if last else None


def _attach(table: Table, line: _Line, findings: Findings) -> Table:
    key = line.text if table.has_row(line.text) else line.key
    if table.profile.layout is Layout.SINGLE and not key:
        key = table.rows[0].key
    try:
        row = table.row(key)
        column = line.column if line.relation == "上年" else ""
        target = _target(row, column).key
    except KeyError:
        _report_cell(table, key, line.column, line.place, findings)
        return table
    except ColumnError as error:
        _report_column(error, line.relation, line.place, findings)
        return table
    cell = row.cells[target]
    if isinstance(cell, Absent):
        return table
    new = replace(row, cells={**row.cells, target: cell.related(**{line.relation: line.figure})})
    return table.with_rows([new if r.key == row.key else r for r in table.rows])


def _target(row: Row, column: str) -> Column:
    return row.column(column) if column else row.profile.main_column(row.block)


def _report_column(error: ColumnError, relation: str, place: Place, findings: Findings) -> None:
    """A figure of no column in a table of several; said once for each list of such."""
    message = f"{error}：这里的{relation}数。"
    if not any(f.message == message for f in findings):
        findings.error("D115", place, message, error.setting)


def _with_text(
    table: Table, key: str, column: str, name: str, text: str, place: Place, findings: Findings
) -> Table:
    try:
        row = table.row(key)
        target = _target(row, column).key if column else row.profile.usual_column(row.block).key
    except KeyError:
        _report_cell(table, key, column, place, findings)
        return table
    columns = row.cells if name == USE else (target,)  # a use is that of the whole row
    cells = {
        key: cell.with_texts({name: text}) if isinstance(cell, Figure) and key in columns else cell
        for key, cell in row.cells.items()
    }
    new = replace(row, cells=cells, texts={**row.texts, name: text})
    return table.with_rows([new if r.key == row.key else r for r in table.rows])


def _report_table(
    name: str,
    tables: Mapping[str, Table],
    relations: Relations,
    place: Place,
    findings: Findings,
) -> None:
    if name in relations.not_given:
        message = f"“{name}”没有本年数，这一行用不上。"
        findings.error("D115", place, message, f"请在“本年数”里写上{name}的数，或删去这一行。")
        return
    hint = nearest(name, tables) or f"可用的表：{'、'.join(tables)}。"
    findings.error("D115", place, f"未知的表“{name}”。", hint)


def _report_cell(table: Table, key: str, column: str, place: Place, findings: Findings) -> None:
    known = table.has_row(key)
    missing = f"“{column}”这一栏" if known else f"“{key}”这一行"
    message = f"“{table.profile.title}”没有{missing}。"
    findings.error("D115", place, message, "请核对编码和栏名。")


def _map_figures(table: Table, change: Callable[[Figure], Figure]) -> Table:
    return table.with_rows(
        [
            replace(
                row,
                cells={k: change(v) if isinstance(v, Figure) else v for k, v in row.cells.items()},
            )
            for row in table.rows
        ]
    )
