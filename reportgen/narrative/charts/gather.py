"""What a chart plots: names of categories and values by series, from what authors hand over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.language import Unknown
from reportgen.model import Absent, Blank, Figure, Row
from reportgen.narrative.charts.options import ChartError, Options

_SEVERAL = "有几个系列时请写 系列={'本年': […], '上年': […]}，或 数据=…, 对比='上年'。"


@dataclass(frozen=True)
class Gathered:
    """Categories, and the values of each series by its name."""

    categories: list[str]
    series: dict[str, list[Any]]


def gathered(options: Options, year: int) -> Gathered:
    """The data of a chart; ChartError where there are none or they don't fit together."""
    if (options.data is None) == (options.series is None):
        raise ChartError(
            f"图表“{options.name}”没有写数据，或者写了两样。",
            "请写 数据=…，或者 类别=…, 系列={'名称': […]}。",
        )
    found = _by_series(options) if options.data is None else _by_rows(options, year)
    if not found.categories or not found.series:
        message = f"图表“{options.name}”没有数据：清单是空的。"
        raise ChartError(message, "请核对数据；可能没有数据的，写在 {% if %} 里。", "N102")
    for name, values in found.series.items():
        if len(values) != len(found.categories):
            message = (
                f"图表“{options.name}”有{len(found.categories)}个类别，"
                f"系列“{name}”有{len(values)}个数，对不上。"
            )
            raise ChartError(message, "请让每个系列的数与类别一样多。")
    return found


def _by_series(options: Options) -> Gathered:
    """类别=[…], 系列={名: [数, …]}."""
    if not isinstance(options.series, Mapping):
        raise ChartError(f"图表“{options.name}”的系列没有名称。", _SEVERAL)
    if options.categories is None:
        raise ChartError(f"图表“{options.name}”没有写类别。", "请写 类别=['……', '……']。")
    categories = [_label(item, options) for item in _listed(options.categories)]
    series = {
        _series_name(name): [_first(item) for item in _listed(values)]
        for name, values in options.series.items()
    }
    return Gathered(categories, series)


def _by_rows(options: Options, year: int) -> Gathered:
    """数据=rows or figures, one category each; 栏 and 对比 make series of them."""
    if isinstance(options.data, Mapping) and not _is_record(options):
        items = [(_series_name(name), item) for name, item in options.data.items()]
    else:
        items = [(_label(item, options), item) for item in _listed(options.data)]
    if options.categories is not None:
        labels = [_label(item, options) for item in _listed(options.categories)]
        if len(labels) != len(items):
            message = f"图表“{options.name}”有{len(labels)}个类别、{len(items)}个数，对不上。"
            raise ChartError(message, "请让类别与数据一样多；类别也可以不写。")
        items = [(label, item) for label, (_, item) in zip(labels, items, strict=True)]
    categories = [label for label, _ in items]
    columns = _columns(options)
    if options.against and len(columns) > 1:
        raise ChartError(f"图表“{options.name}”写了几栏，不能再写对比。", "请只写一栏。")
    series: dict[str, list[Any]] = {}
    for name, column in columns.items():
        values = [_picked(item, column, options) for _, item in items]
        for relation in options.against:
            earlier = f"{year - 1}年" if relation == "上年" else f"{relation}数"
            series[earlier] = [_related(value, relation) for value in values]
        this = f"{year}年" if "上年" in options.against else "决算数"
        series[this if options.against else name] = values
    return Gathered(categories, series)


def _is_record(options: Options) -> bool:
    """Whether the data are one record of a list, and not figures by name."""
    return options.label_column in options.data and options.columns is not None


def _columns(options: Options) -> dict[str, str]:
    """The columns by the names of their series; '' is a row's first figure."""
    columns = options.columns
    if columns is None:
        return {options.series_name: ""}
    if isinstance(columns, str):
        return {options.series_name: str(columns)}
    if isinstance(columns, Mapping):
        return {_series_name(name): str(column) for name, column in columns.items()}
    return {_series_name(column): str(column) for column in _listed(columns)}


def _picked(item: Any, column: str, options: Options) -> Any:
    """The figure of an item: of a row its first one, or the one in a column."""
    if not column:
        return _first(item)
    try:
        if isinstance(item, Row):
            return item[column]
        if isinstance(item, Mapping):
            return item[column]
        if hasattr(item, "lookup"):
            return item.lookup(column)
    except KeyError:
        message = f"图表“{options.name}”的数据里没有“{column}”这一栏。"
        raise ChartError(message, "请核对栏名。") from None
    raise ChartError(f"图表“{options.name}”的数据没有分栏。", "请去掉“栏”。")


def _related(value: Any, relation: str) -> Any:
    return value.lookup(relation) if isinstance(value, Figure | Absent) else value


def _first(item: Any) -> Any:
    return item.first if isinstance(item, Row) else item


def _label(item: Any, options: Options) -> str:
    """What a category is called: a text as it is, a row or a figure by its name."""
    if isinstance(item, str) and item.strip():
        return item
    if isinstance(item, int) and not isinstance(item, bool):
        return str(item)
    if isinstance(item, Row):
        return item.label
    if isinstance(item, Figure | Absent):
        return item.name
    if isinstance(item, Unknown | Blank):
        return ""  # told when its figure is asked for
    found: Any = None
    if isinstance(item, Mapping):
        found = item.get(options.label_column)
    elif hasattr(item, "lookup"):
        try:
            found = item.lookup(options.label_column)
        except KeyError:
            found = None
    if isinstance(found, str) and found.strip():
        return found
    raise ChartError(
        f"图表“{options.name}”的类别应是文字。",
        f"请写 类别=[…]，或用 名栏='……' 指明名称在哪一栏（现在是“{options.label_column}”）。",
    )


def _series_name(name: Any) -> str:
    text = name if isinstance(name, str) else str(name)
    if not text.strip():
        raise ChartError("图表的系列没有名称。", _SEVERAL)
    return text


def _listed(values: Any) -> list[Any]:
    """A list as it is, one value as a list of one; a text is no list of letters."""
    if isinstance(values, str | Row | Figure | Absent | Blank | Unknown | Mapping):
        return [values]
    return list(values) if isinstance(values, Iterable) else [values]
