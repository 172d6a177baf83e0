"""The schemas of bundle.yaml, tables.yaml and rules.yaml."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    field_validator,
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_AMOUNT = "金额"


class SupplementEntry(_Strict):
    """A sheet of 补充数据.xlsx: names with values, or a list with columns; how it is filled in.

    Names with values are also read from the platform's ``forms``, known by their titles.
    """

    layout: Literal["名值", "列表"] = Field(alias="版式")
    hint: str = Field("", alias="说明")
    columns: dict[str, str] = Field(alias="项")
    forms: list[str] = Field([], alias="平台表")
    aliases: dict[str, list[str]] = Field({}, alias="又名")

    def filled_in(self, unit: str) -> Self:
        """The same, with ``unit`` for what is but called an amount."""
        columns = {name: unit if kind == _AMOUNT else kind for name, kind in self.columns.items()}
        return self.model_copy(update={"columns": columns})


class TransferEntry(_Strict):
    """Money that one unit of a department pays another: an income here, an expenditure there."""

    income: str = Field(alias="收入")
    expenditure: str = Field(alias="支出")


class TransfersEntry(_Strict):
    """What is eliminated when units are added up; ``classes``: a table whose rows contain it."""

    pairs: list[TransferEntry] = Field([], alias="对应")
    classes: dict[str, str] = Field({}, alias="分类")


class SummaryEntry(_Strict):
    """The table of all projects of a run: its texts, its columns, and how rows are grouped.

    ``groups`` names one column and what stands over the rows with each of its values; others
    have a group of their own, named by ``others``.
    """

    file: str = Field(alias="名")
    title: str = Field(alias="标题")
    under: str = Field("", alias="题下")
    columns: list[str] = Field(alias="栏", min_length=1)
    groups: dict[str, dict[str, str]] = Field({}, alias="分组", max_length=1)
    others: str = Field("{组}项目绩效自评", alias="其他组")
    empty: str = Field("无", alias="空组")
    notes: list[str] = Field([], alias="注")

    @staticmethod
    def slots() -> tuple[str, ...]:
        """What its texts may name in braces; 组 besides, where a group has no title."""
        return ("年度", "单位", "主管部门", "预算级次")


class BundleFile(_Strict):
    """The content of bundle.yaml."""

    title: str = Field(alias="名称")
    parent: str | None = Field(None, alias="上级")
    abstract: bool = Field(False, alias="仅供继承")
    subject: Literal["报告", "项目"] = Field("报告", alias="对象")
    form: str = Field("", alias="自评表")
    output: str = Field("{单位}-{年度}年度{层级}决算公开", alias="输出")
    heading: str = Field("{年度}年度{层级}决算公开", alias="标题")
    sections: list[str] = Field([], alias="章节")
    tables_heading: str = Field("", alias="表部分")
    tables_after: str = Field("", alias="表部分在")
    table_caption: list[str] = Field([], alias="表头")
    budget_table: str = Field("", alias="预算所属表")
    published_budgets: list[str] = Field([], alias="部门预算表")
    budget: Literal["年初预算", "全年预算"] = Field("年初预算", alias="预算口径")
    printed: Literal["全部", "只列标题"] = Field("全部", alias="印表")
    order: list[str] = Field([], alias="表序")
    numerals: list[str] = Field([], alias="数字白名单")
    unit: Literal["元", "万元", "亿元"] = Field("元", alias="填报单位")
    summary: SummaryEntry | None = Field(None, alias="汇总表")
    supplement: dict[str, SupplementEntry] = Field({}, alias="补充数据")
    transfers: TransfersEntry = Field(
        default_factory=lambda: TransfersEntry.model_validate({}), alias="内部往来"
    )

    @field_validator("supplement")
    @classmethod
    def _in_its_unit(
        cls, value: dict[str, SupplementEntry], known: ValidationInfo
    ) -> dict[str, SupplementEntry]:
        """What is but called an amount is filled in in the bundle's unit."""
        unit = known.data.get("unit", "元")
        return {name: entry.filled_in(unit) for name, entry in value.items()}


LowHead = str | dict[str, list[str]]
Head = str | dict[str, list[LowHead]]  # heads stand in three rows at most


def _labelled(value: object) -> object:
    """A row of which nothing but its label is written."""
    return {"项目": value} if isinstance(value, str) else value


class RowEntry(_Strict):
    """A fixed row: its line number, label, parts (1-8+28, or names), unit; or texts only.

    A row that doesn't say its line number has the next one; 0 is none.
    """

    number: int | None = Field(None, alias="行次")
    label: str = Field("", alias="项目")
    name: str = Field("", alias="名")
    parts: str | int | list[str | int] = Field("", alias="和")
    unit: str = Field("", alias="单位")
    texts: list[str] = Field([], alias="文字")


class BlockEntry(_Strict):
    """Columns that share rows: fixed rows by line number, or codes with names."""

    name: str = Field("", alias="名称")
    columns: list[Head] = Field(alias="列")
    numbers: tuple[int, int] | None = Field(None, alias="行次", strict=False)
    rows: list[Annotated[RowEntry, BeforeValidator(_labelled)]] = Field([], alias="行")
    codes: dict[str | int, str] = Field({}, alias="科目")


def _in_order(value: object) -> object:
    """What is listed by name, so that a child can change one of it."""
    return list(value.values()) if isinstance(value, dict) else value


def _by_choice(value: object) -> object:
    """A text that is the same for every report, under ``""``."""
    return value if isinstance(value, dict) else {"": value}


Text = Annotated[
    dict[Literal["", "部门", "单位", "年初预算", "全年预算"], str], BeforeValidator(_by_choice)
]
"""A text, or one for each of 部门 and 单位, or of 年初预算 and 全年预算."""


class TableEntry(_Strict):
    """One table of tables.yaml."""

    number: str = Field("", alias="编号")
    title: Text = Field(alias="标题")
    layout: Literal["科目树", "定行", "经济科目", "单行"] = Field(alias="版式")
    note: Text = Field({}, alias="注")
    empty: Text = Field({}, alias="无数据说明")
    direction: Literal["纵向", "横向"] = Field("纵向", alias="方向")
    numbered: bool = Field(True, alias="印行次")
    main: str = Field("", alias="主栏")
    indexed: bool | None = Field(None, alias="栏次")
    dropped: list[str] = Field([], alias="去栏")
    columns: list[Head] = Field([], alias="列")
    blocks: Annotated[list[BlockEntry], BeforeValidator(_in_order)] = Field([], alias="栏组")
    totals: dict[str, list[str | int]] = Field({}, alias="合计行")
    totals_at: Literal["上", "下"] = Field("下", alias="合计在")
    sums: dict[str, list[str]] = Field({}, alias="合计列")
    column_aliases: dict[str, list[str]] = Field({}, alias="列别名")
    row_aliases: dict[str, list[str]] = Field({}, alias="行别名")
    renamed_columns: dict[str, str] = Field({}, alias="改栏名")
    renamed_rows: dict[str, str] = Field({}, alias="改行名")
    added: list[RowEntry] = Field([], alias="加行")


class TablesFile(RootModel[dict[str, TableEntry]]):
    """The content of tables.yaml: tables by the name that expressions use."""


class DerivationEntry(_Strict):
    """A derived figure with related figures of its own."""

    expression: str = Field("", alias="式")
    shown: str = Field("", alias="称")
    budget: str = Field("", alias="预算")
    last_year: str = Field("", alias="上年")
    initial_budget: str = Field("", alias="年初预算")
    full_budget: str = Field("", alias="全年预算")


class ReconciliationEntry(_Strict):
    """A reconciliation: condition, severity, and for which rows it is asked."""

    title: str = Field(alias="标题")
    severity: Literal["错误", "警告", "提示"] = Field("错误", alias="级别")
    condition: str = Field(alias="式")
    rows: str = Field("", alias="每行")
    when: str = Field("", alias="当")
    hint: str = Field("", alias="处理")
    why: str = Field("", alias="说明")
    example: str = Field("", alias="例")


class RulesFile(_Strict):
    """The content of rules.yaml."""

    derivations: dict[str, str | DerivationEntry] = Field({}, alias="派生")
    reconciliations: dict[str, ReconciliationEntry] = Field({}, alias="勾稽")
