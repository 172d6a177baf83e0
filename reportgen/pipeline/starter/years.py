"""Sheets of 补充数据.xlsx that give figures: 本年数, 上年数 and 年初预算."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportgen.bundle import Bundle
from reportgen.checks.questions import THIS_YEAR, Wanted
from reportgen.model import BUDGET, BUDGETS, TOTAL, Layout
from reportgen.outputs.blank import Column, List
from reportgen.pipeline.starter.spots import Spot, spots

_UNIT = ("元", "万元")
_WORD = re.compile(r"\w+")
_LAST_YEAR = "上年"
_CODES = 24
_KEYS = ("表", "行", "名称", "列")
Known = list[Mapping[str, str]]
Spots = Mapping[tuple[str, str], Spot]


def has_tables(bundle: Bundle) -> bool:
    """Whether the document prints its tables; if not, figures are given by name in 本年数."""
    return bool(bundle.profiles) and bundle.settings.printed == "全部"


def this_year(bundle: Bundle, asked: Wanted) -> Iterator[List]:
    """本年数: what the tables would say, of a document that prints none."""
    if has_tables(bundle):
        return
    unit = _unit(bundle)
    of_tables = _of_tables(bundle)
    names = [name for name in asked.names(THIS_YEAR) if name in of_tables]
    cells = asked.cells(THIS_YEAR)
    if not (names or cells):
        return
    known = spots(bundle)
    rows: Known = [{"行": name, "单位": _counted(known, name) or unit} for name in names]
    shown = {profile.name: profile.shown for profile in bundle.profiles}
    cells = [(shown.get(table, table), row, column) for table, row, column in cells]
    cells += [(spot.table, spot.row, spot.column) for spot in _budget_cells(known, asked)]
    rows += [{"表": t, "行": row, "列": column, "单位": unit} for t, row, column in cells]
    rows += [{"单位": unit}] * _CODES
    columns = [
        Column("表", width=8),
        Column("行", width=32),
        Column("名称", width=28),
        Column("列", width=22),
        Column("本年数", unit, 20),
        Column("单位", width=8),
    ]
    hint = "本年决算数。列出的名称逐个填，没有的留空（不是 0）；数确实是零的填 0。"
    tables = asked.rows(THIS_YEAR)
    hint += by_code(bundle, tables, "列") + ("“名称”写科目名称。" if tables else "")
    yield List("本年数", hint, columns, rows, units=_units(rows), keys=_KEYS)


def _counted(known: Spots, name: str) -> str:
    """What a name counts (辆), where it is no money."""
    spot = known.get((name, ""))
    return spot.unit if spot else ""


def _units(rows: Known) -> list[str]:
    return [row["单位"] for row in rows]


def _budget_cells(known: Spots, asked: Wanted) -> list[Spot]:
    """The cells of the budgets that tables give and the narrative asks for."""
    kinds = (*BUDGETS, BUDGET)
    wanted = {name for kind in kinds for name in asked.names(kind)}
    found = (
        spot for (name, relation), spot in known.items() if name in wanted and relation in kinds
    )
    return list(dict.fromkeys(found))


def _of_tables(bundle: Bundle) -> set[str]:
    """The vocabulary names that are read from tables, or from nothing but 本年数."""
    found = {profile.name for profile in bundle.profiles}
    names = {d.name: set(_WORD.findall(d.expression)) for d in bundle.derivations}
    while True:
        more = {name for name, used in names.items() if not used or used & found} - found
        if not more:
            return found & names.keys()
        found |= more


def _unit(bundle: Bundle) -> str:
    return bundle.wording.table_unit


def named(bundle: Bundle, asked: Wanted, relation: str) -> list[str]:
    """The vocabulary names that users give a relation; what a rule gives is left out."""
    given = {d.name for d in bundle.derivations if relation in d.relations}
    if relation == bundle.settings.budget:
        given |= {d.name for d in bundle.derivations if BUDGET in d.relations}
    known = {d.name for d in bundle.derivations} - given
    return [name for name in asked.names(relation) if name in known]


def _budgeted(bundle: Bundle, asked: Wanted) -> bool:
    """Whether the narrative speaks of the budget of the budget table's classes."""
    kinds = [*BUDGETS, BUDGET]
    tables = [table for kind in kinds for table in asked.rows(kind)]
    tables += [table for kind in kinds for table, _, _ in asked.cells(kind)]
    names = [name for kind in kinds for name in asked.names(kind)]
    used = {d.name: _WORD.findall(d.expression) for d in bundle.derivations}
    budget = bundle.settings.budget_table
    return bool(budget) and (
        budget in tables or any(budget in used.get(name, ()) for name in names)
    )


def last_year(bundle: Bundle, asked: Wanted, by_rules: Wanted) -> Iterator[List]:
    """上年数: what this year is compared with, and then what rules alone ask for."""
    unit = _unit(bundle)
    rows = _last_years(bundle, asked)
    tables = asked.rows(_LAST_YEAR)
    if not (rows or tables):
        return
    checked = [row for row in _last_years(bundle, by_rules) if row not in rows]
    rows += checked
    rows += [{"单位": unit}] * (_CODES if tables else 0)
    hint = "上年同口径的数，照上年决算填；列出的名称逐个填。新设单位和有“上年决算表”的，整张不填。"
    if checked:
        first = "/".join(filter(None, (checked[0].get(key) for key in ("表", "行", "列"))))
        hint += f"从“{first}”起的{len(checked)}行只用来核对，没有的空着。"
    columns = [
        Column("表", width=8),
        Column("行", width=32),
        Column("列", width=22),
        Column("上年数", unit, 20),
        Column("单位", width=8, choices=_UNIT),
    ]
    hint += by_code(bundle, tables, "列")
    yield List("上年数", hint, columns, rows, units=_units(rows), keys=_KEYS)


def _last_years(bundle: Bundle, asked: Wanted) -> list[Mapping[str, str]]:
    """The names and the cells that are asked for their last year."""
    unit, known = _unit(bundle), spots(bundle)
    names = named(bundle, asked, _LAST_YEAR)
    rows: Known = [{"行": name, "单位": _counted(known, name) or unit} for name in names]
    shown = {profile.name: profile.shown for profile in bundle.profiles}
    cells = asked.cells(_LAST_YEAR)
    rows += [{"表": shown[t], "行": row, "列": column, "单位": unit} for t, row, column in cells]
    return rows


def by_code(bundle: Bundle, tables: list[str], column: str = "") -> str:
    """How the rows of tables that the narrative walks through are addressed."""
    found = [profile for profile in bundle.profiles if profile.name in tables]
    told = ""
    for profile in found:
        fixed = profile.layout is Layout.FIXED  # its 类 are rows of 支出, called by their names
        usual = profile.usual_column(profile.blocks[-1 if fixed else 0])
        leaf = usual.key if fixed else profile.spelled(usual)
        where = f"，{column}写“{leaf}”" if column else ""
        key = "科目名称" if fixed else "科目编码"
        told += f"{profile.number}的各类，表写“{profile.shown}”，行写{key}{where}。"
    return told


def budgets(bundle: Bundle, asked: Wanted) -> Iterator[List]:
    """年初预算: the budget table, code by code."""
    budget = bundle.settings.budget_table
    if not _budgeted(bundle, asked):
        return
    unit = _unit(bundle)
    rows: Known = [{"科目名称": TOTAL, "单位": unit}, *[{"单位": unit}] * _CODES]
    number = next((p.number for p in bundle.profiles if p.name == budget), budget)
    hint = (
        f"与{number}同口径的预算：合计一行，各类（3位编码）一行，正文写到款、项的也要列出。"
        "没有列出的科目，预算按 0。"
    )
    columns = [
        Column("科目编码", width=12),
        Column("科目名称", width=36),
        Column("年初预算数", unit, 20),
        Column("全年预算数", unit, 20),
        Column("单位", width=8, choices=_UNIT),
    ]
    yield List("年初预算", hint, columns, rows, keys=("科目编码", "科目名称"))
