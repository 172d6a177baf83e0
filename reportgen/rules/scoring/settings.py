"""scoring.yaml: how one jurisdiction scores its indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_PERCENT = r"\A[0-9]+(\.[0-9]+)?[%％]\z"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _exact(value: object) -> object:
    """A number of YAML as Decimal by what is written; anything else stays for the schema."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else value


Percent = Annotated[str, Field(pattern=_PERCENT)]
Points = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, le=1000)]


class Weights(_Strict):
    """What a project's scores add up to: 执行率 and all indicators."""

    execution: Points = Field(Decimal(10), alias="执行率")
    indicators: Points = Field(Decimal(90), alias="指标")

    @property
    def total(self) -> Decimal:
        """The full score of a project."""
        return self.execution + self.indicators


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

    @property
    def floors(self) -> tuple[Decimal, Decimal]:
        """The least share of the weight of what is reached, and of what is partly reached."""
        first, second = (Decimal(bound.rstrip("%％")) / 100 for bound in self.bounds)
        return first, second


class Grade(_Strict):
    """A grade and the least score that has it."""

    name: str = Field(alias="名称")
    least: Points = Field(alias="起点")


def _grades() -> list[Grade]:
    bands = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
    return [Grade.model_validate({"名称": name, "起点": least}) for name, least in bands]


class ScoringSettings(_Strict):
    """The content of scoring.yaml; every setting has a default.

    Source of the defaults: 财预〔2020〕10号, and the forms that departments publish.
    """

    weights: Weights = Field(default_factory=Weights, alias="权重")
    reverse: Literal["超出扣分", "目标除以实际"] = Field("超出扣分", alias="反向")
    reason_from: Percent = Field("130%", alias="超额说明")
    words: Levels = Field(default_factory=Levels, alias="定性")
    not_given: Literal["不评", "折半"] = Field("不评", alias="未填报")
    nothing_spent: Literal["零分", "满分", "不计"] = Field("零分", alias="零除零")
    decimals: int = Field(2, alias="小数", ge=0, le=4)
    grades: list[Grade] = Field(default_factory=_grades, alias="等级", min_length=1)

    @property
    def excess(self) -> Decimal:
        """How many times its target an actual value may be before a reason is asked for."""
        return Decimal(self.reason_from.rstrip("%％")) / 100

    def grade(self, score: Decimal) -> str:
        """The grade of a printed score.

        >>> grade = ScoringSettings().grade
        >>> [grade(Decimal(score)) for score in ("100", "90", "89.99", "80", "60", "59.99", "0")]
        ['优', '优', '良', '良', '中', '差', '差']
        """
        return next(grade.name for grade in self.grades if score >= grade.least)
