"""wording.yaml: how one jurisdiction writes amounts, shares and changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from reportgen.model import UNITS


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AmountStyle(_Strict):
    """How amounts are written: unit, decimals, separator, trailing zeros."""

    unit: Literal["元", "万元", "亿元"] = Field("元", alias="单位")
    decimals: int = Field(2, alias="小数", ge=0, le=6)
    grouping: bool = Field(True, alias="千分位")
    trim: bool = Field(False, alias="去零")


class PercentStyle(_Strict):
    """How percentages are written, and on which figures they are computed."""

    decimals: int = Field(2, alias="小数", ge=0, le=4)
    trim_share: bool = Field(False, alias="占比去零")
    trim_completion: bool = Field(False, alias="完成去零")
    trim_change: bool = Field(True, alias="增减去零")
    basis: Literal["印出数", "精确数"] = Field("印出数", alias="基准")


class ChangeWords(_Strict):
    """What is said of a change; {向} {额} {势} {率} {对比} are filled in."""

    amount: tuple[str, str] = Field(("增加", "减少"), alias="金额", strict=False)
    rate: tuple[str, str] = Field(("增长", "下降"), alias="比例", strict=False)
    sentence: str = Field("{向}{额}，{势}{率}", alias="句")
    equal: str = Field("与{对比}持平", alias="相等")
    equal_as_printed: str = Field("与{对比}基本持平", alias="印出相等")
    both_zero: str = Field("与{对比}持平", alias="同为零")
    base_zero: str = Field("{向}{额}", alias="基数为零")
    base_negative: str = Field("{向}{额}", alias="基数为负")
    new_unit: str = Field("无上年对比数", alias="新设单位")


class CompletionWords(_Strict):
    """What is said of a budget's completion; {预算} {率} are filled in."""

    sentence: str = Field("完成{预算}的{率}", alias="句")
    budget_zero: str = Field("", alias="预算为零")
    both_zero: str = Field("完成{预算}的{率}", alias="同为零")


class ReasonBar(_Strict):
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


class TableStyle(_Strict):
    """How figures stand in the printed tables; the unit is that of amounts by default."""

    unit: Literal["元", "万元", "亿元", ""] = Field("", alias="单位")
    decimals: int = Field(2, alias="小数", ge=0, le=6)
    grouping: bool = Field(False, alias="千分位")
    trim: bool = Field(False, alias="去零")
    zero: str = Field("", alias="零")
    not_applicable: str = Field("——", alias="不适用")


class Wording(_Strict):
    """The content of wording.yaml; every setting has a default."""

    amount: AmountStyle = Field(default_factory=AmountStyle, alias="金额")
    units: dict[Literal["元", "万元", "亿元"], AmountStyle] = Field(
        default_factory=dict, alias="别的单位"
    )
    percent: PercentStyle = Field(default_factory=PercentStyle, alias="百分比")
    table: TableStyle = Field(default_factory=TableStyle, alias="表格")
    change: ChangeWords = Field(default_factory=ChangeWords, alias="增减")
    completion: CompletionWords = Field(default_factory=CompletionWords, alias="完成")
    share: str = Field("占比{率}", alias="占比")
    last_year: str = Field("上年", alias="上年称")
    reason_lead: str = Field("主要原因是", alias="原因引语")
    reason_bars: dict[Literal["上年", "年初预算", "全年预算"], ReasonBar] = Field(
        default_factory=dict, alias="原因起点"
    )
    list_separator: str = Field("、", alias="顿号")

    @property
    def table_unit(self) -> str:
        """The unit of amounts in the printed tables."""
        return self.table.unit or self.amount.unit

    def amounts(self, unit: str = "") -> AmountStyle:
        """The style for amounts in ``unit``, or in the document's own unit."""
        if not unit or unit == self.amount.unit:
            return self.amount
        own = self.units.get(unit)  # type: ignore[call-overload]
        return own or self.amount.model_copy(update={"unit": unit})
