"""What an author writes in 图表(…): the options by their Chinese names, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from reportgen.findings import nearest
from reportgen.model import RELATIONS
from reportgen.model.chart import ChartKind, Labels

NAMES = (
    "类型",
    "类别",
    "系列",
    "数据",
    "栏",
    "对比",
    "名栏",
    "系列名",
    "标题",
    "单位",
    "标注",
    "新设按零",
)
_LIKE_PIE = "饼"
_Choice = TypeVar("_Choice", bound=StrEnum)


class ChartError(Exception):
    """What is wrong with a declared chart, and how it is mended."""

    def __init__(self, message: str, hint: str, code: str = "T111") -> None:
        super().__init__(message)
        self.message, self.hint, self.code = message, hint, code


@dataclass(frozen=True)
class Options:
    """The options of one chart; what is not written is ``None`` or empty."""

    name: str
    kind: ChartKind
    categories: Any
    series: Any
    data: Any
    columns: Any
    against: tuple[str, ...]
    label_column: str
    series_name: str
    title: str
    unit: str
    labels: Labels
    new_as_zero: bool

    @classmethod
    def of(cls, names: Sequence[Any], given: Mapping[str, Any]) -> Options:
        """Read the arguments of a call; ChartError where they can't be meant."""
        if len(names) != 1 or not isinstance(names[0], str) or not names[0].strip():
            raise ChartError(
                "图表要有一个名称。", "请写成 图表('收入构成', 类型='饼图', …)，名称写在最前面。"
            )
        for option in given:
            if option not in NAMES:
                hint = nearest(option, NAMES) or f"可用：{'、'.join(NAMES)}。"
                raise ChartError(f"图表没有“{option}”这个参数。", hint)
        kind = _kind(given.get("类型"))
        by_default = Labels.SHARE if kind is ChartKind.PIE else Labels.VALUE
        labels = _choice(Labels, given.get("标注", by_default), "标注")
        if kind is not ChartKind.PIE and labels is Labels.SHARE:
            raise ChartError(f"{kind}不能标注比例。", "比例只用于饼图，请写 标注='数值' 或 '无'。")
        name = str(names[0]).strip()
        title = _text(given.get("标题", name), "标题")
        return cls(
            name=name,
            kind=kind,
            categories=given.get("类别"),
            series=given.get("系列"),
            data=given.get("数据"),
            columns=given.get("栏"),
            against=_relations(given.get("对比")),
            label_column=_text(given.get("名栏", "名称"), "名栏"),
            series_name=_text(given.get("系列名", ""), "系列名"),
            title=title,
            unit=_text(given.get("单位", ""), "单位"),
            labels=labels,
            new_as_zero=given.get("新设按零", False) is True,
        )


def _kind(value: Any) -> ChartKind:
    text = _text(value or "", "类型")
    if not text:
        raise ChartError("图表没有写类型。", f"可用：{'、'.join(ChartKind)}。")
    return _choice(ChartKind, f"{text.removesuffix('图')}图", "类型", shown=text)


def _choice(choices: type[_Choice], value: Any, option: str, shown: str = "") -> _Choice:
    try:
        return choices(str(value))
    except ValueError:
        hint = nearest(str(value), list(choices)) or f"可用：{'、'.join(choices)}。"
        raise ChartError(f"图表的{option}没有“{shown or value}”这一种。", hint) from None


def _text(value: Any, option: str) -> str:
    if not isinstance(value, str):
        raise ChartError(f"图表的{option}应是文字。", f"请写成 {option}='……'。")
    return value if type(value) is not str else value.strip()


def _relations(value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else list(value or ())
    for relation in listed:
        if relation not in RELATIONS:
            shown = relation if isinstance(relation, str) else "这个数"
            raise ChartError(
                f"“{shown}”不是对比数。", f"可用：{'、'.join(RELATIONS)}，例如 对比='上年'。"
            )
    return tuple(str(relation) for relation in listed)
