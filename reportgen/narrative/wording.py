"""wording.yaml: how one jurisdiction writes amounts, shares and changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field

from reportgen.model import RELATIONS, UNITS
from reportgen.narrative.change_words import ChangeForms, CompletionForms, Strict

LEAD = "主要原因是"
REPORT_SLOTS = ("年度", "上年度", "单位", "本部门")
"""What every pattern may name."""
LEAD_SLOTS = ("大小", "向", "势", "对比", *REPORT_SLOTS)


class AmountStyle(Strict):
    """How amounts are written: unit, decimals, separator, trailing zeros."""

    unit: Literal["元", "万元", "亿元"] = Field("元", alias="单位")
    decimals: int = Field(2, alias="小数", ge=0, le=6)
    grouping: bool = Field(True, alias="千分位")
    trim: bool = Field(False, alias="去零")
    zero: str | None = Field(None, alias="零", pattern=r"\A0(\.0{1,6})?\z")


class PercentStyle(Strict):
    """How percentages are written, and on which figures they are computed."""

    decimals: int = Field(2, alias="小数", ge=0, le=4)
    trim_share: bool = Field(False, alias="占比去零")
    trim_completion: bool = Field(False, alias="完成去零")
    trim_change: bool = Field(True, alias="增减去零")
    basis: Literal["印出数", "精确数"] = Field("印出数", alias="基准")


class SubjectNames(Strict):
    """How subjects (科目) are called in full, and names that many of them share."""

    full: str = Field("{类}（类）{款}（款）{项}（项）", alias="全称")
    noted: str = Field("{项}", alias="加注")
    shared: list[str] = Field([], alias="同名项")


def _for_each_base(value: object) -> object:
    """One lead-in for all bases as a map; anything else stays for the schema to judge."""
    return dict.fromkeys(RELATIONS, value) if isinstance(value, str) else value


Base = Literal["上年", "年初预算", "全年预算"]
_Leads = Annotated[dict[Base, str], BeforeValidator(_for_each_base)]


class ReasonBar(Strict):
    """How big a change must be before a reason is asked for; no bar means any change.

    >>> bar = ReasonBar(比例="5%", 金额="100万元")
    >>> bar.percentage, bar.money, bar.needs_both
    (Decimal('5'), Decimal('1000000'), False)
    """

    rate: str | None = Field(None, alias="比例", pattern=r"\A[0-9]+(\.[0-9]+)?[%％]\z")
    amount: str | None = Field(None, alias="金额", pattern=r"\A[0-9]+(\.[0-9]+)?[万亿]?元\z")
    condition: Literal["任一", "同时"] = Field("任一", alias="条件")

    @property
    def percentage(self) -> Decimal:
        """The least percentage that is asked about."""
        return Decimal((self.rate or "0").rstrip("%％"))

    @property
    def money(self) -> Decimal:
        """The least amount that is asked about, in 元."""
        number = (self.amount or "0元").rstrip("万亿元")
        return Decimal(number) * UNITS[(self.amount or "0元")[len(number) :]]

    @property
    def needs_both(self) -> bool:
        """Whether a change must pass all that is given, and not any of it."""
        return self.condition == "同时"


class TableStyle(Strict):
    """How figures stand in the printed tables; the unit is that of amounts by default."""

    unit: Literal["元", "万元", "亿元", ""] = Field("", alias="单位")
    decimals: int = Field(2, alias="小数", ge=0, le=6)
    grouping: bool = Field(False, alias="千分位")
    trim: bool = Field(False, alias="去零")
    zero: str = Field("", alias="零")
    not_applicable: str = Field("——", alias="不适用")


class ChartWords(Strict):
    """What stands over, under or in a chart; its kinds may be called otherwise (种类)."""

    caption: str = Field("图{号}：{标题}", alias="题")
    unit: str = Field("（单位：{单位}）", alias="单位")
    position: Literal["上", "下", "无"] = Field("上", alias="题位")
    inside: Literal["有", "无"] = Field("有", alias="图内标题")
    kinds: dict[Literal["柱形图", "条形图", "折线图", "饼图"], str] = Field({}, alias="种类")


class Wording(Strict):
    """The content of wording.yaml; every setting has a default."""

    amount: AmountStyle = Field(default_factory=AmountStyle, alias="金额")
    units: dict[Literal["元", "万元", "亿元"], AmountStyle] = Field({}, alias="别的单位")
    percent: PercentStyle = Field(default_factory=PercentStyle, alias="百分比")
    table: TableStyle = Field(default_factory=TableStyle, alias="表格")
    change: ChangeForms = Field(default_factory=ChangeForms, alias="增减")
    completion: CompletionForms = Field(default_factory=CompletionForms, alias="完成")
    share: str = Field("占比{率}", alias="占比")
    last_year: str = Field("上年", alias="上年称")
    reason_leads: _Leads = Field({}, alias="原因引语")
    reason_bars: dict[Base, ReasonBar] = Field({}, alias="原因起点")
    zeros: Literal["列出", "不列"] = Field("列出", alias="零项")
    subjects: SubjectNames = Field(default_factory=SubjectNames, alias="科目")
    list_separator: str = Field("、", alias="顿号")
    charts: ChartWords = Field(default_factory=ChartWords, alias="图表")

    def lead(self, base: str) -> str:
        """What stands before the reason of a change against ``base``."""
        return self.reason_leads.get(base, LEAD)  # type: ignore[call-overload,no-any-return]

    @property
    def table_unit(self) -> str:
        """The unit of amounts in the printed tables."""
        return self.table.unit or self.amount.unit

    def rounded(self, places: int | None) -> Self:
        """The same, with percentages of so many decimals; ``None`` leaves them."""
        if places is None:
            return self
        percent = self.percent.model_copy(update={"decimals": places})
        return self.model_copy(update={"percent": percent})

    def amounts(self, unit: str = "") -> AmountStyle:
        """The style for amounts in ``unit``, or in the document's own unit.

        The document's own unit may have a second style, for those who ask for it by name.
        """
        own = self.units.get(unit)  # type: ignore[call-overload]
        if own or not unit or unit == self.amount.unit:
            return own or self.amount
        return self.amount.model_copy(update={"unit": unit})
