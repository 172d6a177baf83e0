"""Performance projects: funds, indicators and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.model.absent import Absent, Blank


@dataclass(frozen=True)
class Fund:
    """One line of a project's funds: the source and its amounts."""

    source: str
    amounts: Mapping[str, Any]

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        if name == "资金来源":
            return self.source
        return self.amounts[name] if name in self.amounts else _absent(self.source, name)

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return ("资金来源", *self.amounts)


def _absent(owner: str, name: str) -> Absent:
    """An amount that is not given; KeyError where the name is no amount."""
    if not name.endswith("数"):
        raise KeyError(name)
    return Absent(f"{owner}的{name}")


@dataclass(frozen=True)
class Project:
    """One project with its columns as written, its funds and its indicators."""

    name: str
    fields: Mapping[str, Any]
    funds: tuple[Fund, ...] = ()
    indicators: tuple[Mapping[str, Any], ...] = ()

    @property
    def total(self) -> Fund | None:
        """The line of the whole year's funds, or ``None`` where none is given."""
        return next((fund for fund in self.funds if fund.source == "年度资金总额"), None)

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        parts = {
            "名称": self.name,
            "资金": self.funds,
            "资金明细": tuple(fund for fund in self.funds if fund is not self.total),
            "指标": self.indicators,
        }
        if name in parts:
            return parts[name]
        if self.total and name in self.total.amounts:
            return self.total.amounts[name]
        if name in self.fields:
            value = self.fields[name]
            return Blank(f"{self.name}的{name}", "N106") if value is None else value
        return _absent(self.name, name)

    def __getitem__(self, name: str) -> object:
        return self.lookup(name)

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return (
            "名称",
            "资金",
            "资金明细",
            "指标",
            *self.fields,
            *(self.total.amounts if self.total else ()),
        )
