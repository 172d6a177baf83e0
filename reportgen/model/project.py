"""Performance projects: funds, indicators and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from reportgen.findings import Place
from reportgen.model.absent import Absent, Blank
from reportgen.unguarded import unguarded

PROJECT_COLUMNS = (
    "序号",
    "项目名称",
    "级次",
    "类别",
    "主管部门",
    "预算单位",
    "资金使用单位",
    "年度目标",
    "实际完成情况",
    "自评得分",
    "自评等级",
    "公开自评表",
    "涉密",
    "项目实施和预算执行情况",
    "产出情况",
    "效益情况",
    "满意度情况",
    "主要经验做法",
    "存在的主要问题",
    "改进措施",
)
FUND_COLUMNS = (
    "项目名称",
    "资金来源",
    "预算类型",
    "目标申报数",
    "预算编制数",
    "年初预算数",
    "全年预算数",
    "全年执行数",
)
INDICATOR_COLUMNS = (
    "项目名称",
    "一级指标",
    "二级指标",
    "三级指标",
    "年初指标值",
    "调整后指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
    "评分方法",
)


@unguarded(frozen=True, slots=True)
class SheetRow:
    """The row of a list that something was read from, with the letters of its columns.

    ``rows`` are those of the columns of a form, whose cells stand one here, one there.
    """

    file: str
    sheet: str
    number: int
    letters: Mapping[str, str]
    rows: Mapping[str, int] | None = None

    def place(self, column: str) -> Place:
        """The cell in a column; the first of the row where the list has no such column."""
        number = self.rows.get(column, self.number) if self.rows else self.number
        address = f"{self.letters.get(column, 'A')}{number}"
        return Place(self.file, self.sheet, address)


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
    """One project with its columns as written, its funds and its indicators.

    ``row`` and ``indicator_rows`` say where the project and each indicator stand.
    """

    name: str
    fields: Mapping[str, Any]
    funds: tuple[Fund, ...] = ()
    indicators: tuple[Mapping[str, Any], ...] = ()
    row: SheetRow | None = None
    indicator_rows: tuple[SheetRow, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether its self-evaluation is to be published."""
        return self.fields.get("公开自评表") == "是" and self.fields.get("涉密") != "是"

    @cached_property
    def year_fund(self) -> Fund | None:
        """The line of the whole year's funds, or ``None`` where none is given."""
        return next((fund for fund in self.funds if fund.source == "年度资金总额"), None)

    @cached_property
    def parts(self) -> tuple[Fund, ...]:
        """The lines of which the whole year's funds are made (资金明细)."""
        return tuple(fund for fund in self.funds if fund is not self.year_fund)

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        if name in _PARTS:
            return _PARTS[name](self)
        if self.year_fund and name in self.year_fund.amounts:
            return self.year_fund.amounts[name]
        if name in self.fields:
            value = self.fields[name]
            return self.blank(name) if value is None else value
        return _absent(self.name, name)

    def blank(self, name: str) -> Blank:
        """What stands for a field that is not filled in; it knows the cell."""
        place = self.row.place(name) if self.row else None
        return Blank(f"{self.name}的{name}", "N106", place=place)

    def __getitem__(self, name: str) -> object:
        return self.lookup(name)

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return (
            *_PARTS,
            *self.fields,
            *(self.year_fund.amounts if self.year_fund else ()),
        )


_PARTS: Mapping[str, Callable[[Project], object]] = MappingProxyType(
    {
        "名称": lambda project: project.name,
        "资金": lambda project: project.funds,
        "资金明细": lambda project: project.parts,
        "有数资金": lambda project: tuple(fund for fund in project.parts if fund.amounts),
        "指标": lambda project: project.indicators,
    }
)
