"""scoring.yaml: how one jurisdiction scores its indicators."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Percent = Annotated[str, Field(pattern=r"\A[0-9]+(\.[0-9]+)?[%％]\z")]


def _exact(value: object) -> object:
    """A whole number of YAML as a decimal."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


Points = Annotated[Decimal, BeforeValidator(_exact)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Levels(_Strict):
    """How indicators said in words are scored (定性)."""

    reached: list[str] = Field(
        default_factory=lambda: ["达成预期指标", "达成年度指标", "达成", "全部达成", "已达成"],
        alias="达成",
    )
    partly: list[str] = Field(
        default_factory=lambda: ["部分达成预期指标", "部分达成年度指标", "部分达成", "基本达成"],
        alias="部分达成",
    )
    missed: list[str] = Field(
        default_factory=lambda: ["未达成预期指标", "未达成年度指标", "未达成"], alias="未达成"
    )
    full: bool = Field(False, alias="达成得满分")
    bounds: tuple[Percent, Percent] = Field(("80%", "60%"), alias="下限", strict=False)

    @cached_property
    def floors(self) -> tuple[Decimal, Decimal]:
        """The least share of the weight of what is reached, and of what is partly reached."""
        first, second = (Decimal(bound.rstrip("%％")) / 100 for bound in self.bounds)
        return first, second


class Weights(_Strict):
    """How many points the execution of the budget has, and how many all indicators have."""

    execution: Points = Field(Decimal(10), alias="执行率", ge=0)
    indicators: Points = Field(Decimal(90), alias="指标", ge=0)


class ScoringSettings(_Strict):
    """The content of scoring.yaml; every setting has a default.

    Source of the defaults: 财预〔2020〕10号, and the forms that departments publish.
    """

    weights: Weights = Field(default_factory=Weights, alias="权重")
    nothing: Literal["零分", "满分", "不计"] = Field("零分", alias="零除零")
    grades: dict[str, int] = Field(
        default_factory=lambda: {"优": 90, "良": 80, "中": 60, "差": 0}, alias="等级"
    )
    reverse: Literal["超出扣分", "目标除以实际"] = Field("超出扣分", alias="反向")
    reason_from: Percent = Field("130%", alias="超额说明")
    beyond: Literal["满分", "填报"] = Field("满分", alias="超额")
    words: Levels = Field(default_factory=Levels, alias="定性")
    not_given: Literal["不评", "折半"] = Field("不评", alias="未填报")
    decimals: int = Field(2, alias="小数", ge=0, le=2)

    @cached_property
    def excess(self) -> Decimal:
        """How many times its target an actual value may be before a reason is asked for."""
        return Decimal(self.reason_from.rstrip("%％")) / 100

    def grade(self, points: Decimal) -> str:
        """The grade of a printed total (R21): the highest whose bound it reaches, '' for none.

        >>> settings = ScoringSettings()
        >>> settings.grade(Decimal("90")), settings.grade(Decimal("89.99"))
        ('优', '良')
        >>> settings.grade(Decimal("59.99")), settings.grade(Decimal("-1"))
        ('差', '')
        """
        reached = [(bound, name) for name, bound in self.grades.items() if points >= bound]
        return max(reached)[1] if reached else ""
