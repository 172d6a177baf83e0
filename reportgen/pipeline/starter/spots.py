"""What vocabulary names speak of: the cell of a table, and what is counted there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reportgen.bundle import Bundle
from reportgen.findings import Findings
from reportgen.model import BUDGET, RELATIONS, Figure, Layout, Row, Table, Value
from reportgen.narrative import rules_environment
from reportgen.outputs.blank import blank_table
from reportgen.rules.derive import derive
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.relate import Relations

_TABLE, _ROW, _COLUMN, _UNIT = "表", "行", "列", "单位"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as 本年数 addresses it, and its unit where that is no money."""

    table: str
    row: str
    column: str
    unit: str = ""


def spots(bundle: Bundle) -> Mapping[tuple[str, str], Spot]:
    """The cell of each name, and of each of its relations: (三公经费, 全年预算); '' is this year.

    A name that is computed of several cells has none.
    """
    tables = {profile.name: _marked(blank_table(profile)) for profile in bundle.profiles}
    budget = bundle.settings.budget
    names = {**dict.fromkeys([*RELATIONS, BUDGET], budget), **FUNCTIONS, **tables}
    derivations = [one.of_budget(budget) for one in bundle.derivations]
    # what reads other sheets is not known here; the findings say no more than that
    derived = derive(derivations, names, Relations(), rules_environment(), Findings())
    return {
        (name, relation): spot
        for name, value in derived.items()
        for relation, figure in _figures(value)
        if (spot := _spot(figure))
    }


def _figures(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Figure):
        yield "", value
        yield from value.relations.items()


def _spot(figure: object) -> Spot | None:
    if not isinstance(figure, Figure) or _TABLE not in figure.texts:
        return None
    return Spot(*(figure.texts[key] for key in (_TABLE, _ROW, _COLUMN, _UNIT)))


def _marked(table: Table) -> Table:
    """The table, each of its cells saying where it stands."""
    return table.with_rows(
        [
            replace(row, cells={k: _mark(row, k, v) for k, v in row.cells.items()})
            for row in table.rows
        ]
    )


def _mark(row: Row, column: str, value: Value) -> Value:
    if not isinstance(value, Figure):
        return value
    profile = row.profile
    key = "" if profile.layout is Layout.SINGLE else row.key
    unit = profile.unit_of(row.key)
    return value.with_texts({_TABLE: profile.shown, _ROW: key, _COLUMN: column, _UNIT: unit})
