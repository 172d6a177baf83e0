"""texts.yaml: the schema of the text rules, and the rules it becomes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from reportgen.bundle.merge import Layered
from reportgen.bundle.words import Words
from reportgen.findings import Findings, Severity, nearest
from reportgen.findings.codes.texts import TEXTS
from reportgen.model.project import FUND_COLUMNS
from reportgen.rules.text_rules import TextRules

OFF = "关"
_AMOUNTS = tuple(column for column in FUND_COLUMNS if column.endswith("数"))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TextsFile(_Strict):
    """The content of texts.yaml; maps of words are there to be merged by their keys."""

    levels: dict[str, Literal["错误", "警告", "提示", "关"]] = Field({}, alias="级别")
    leftovers: dict[str, Words] = Field({}, alias="没有填完")
    fillers: Words = Field([], alias="空话")
    none: Words = Field([], alias="写无")
    allowed: Words = Field([], alias="放行")
    years: list[int] = Field(default_factory=lambda: [0, -1], alias="年份")
    year_words: Words = Field([], alias="年份后的词")
    unit_words: Words = Field([], alias="单价的词")
    amount_words: Words = Field([], alias="名称与金额之间")
    amount_leads: Words = Field([], alias="名称之前")
    change_words: Words = Field([], alias="变动")
    project_amounts: dict[str, Words] = Field({}, alias="项目金额")
    mail_domains: Words = Field([], alias="公务邮箱")


def text_rules(file: TextsFile) -> TextRules:
    """The rules as the checks use them."""
    levels = {
        code: None if level == OFF else Severity(level) for code, level in file.levels.items()
    }
    return TextRules(
        levels=levels,
        leftovers=tuple(text for texts in file.leftovers.values() for text in texts),
        fillers=tuple(file.fillers),
        none=tuple(file.none),
        allowed=tuple(file.allowed),
        years=tuple(file.years),
        amount_words=tuple(file.amount_words),
        amount_leads=tuple(file.amount_leads),
        change_words=tuple(file.change_words),
        unit_words=tuple(file.unit_words),
        year_words=tuple(file.year_words),
        project_amounts={name: tuple(names) for name, names in file.project_amounts.items()},
        mail_domains=tuple(file.mail_domains),
    )


def check_texts_file(file: TextsFile, layered: Layered, findings: Findings) -> None:
    """Every code is one of a text rule, every column of 项目金额 an amount of 项目.xlsx."""
    for code in file.levels:
        if code not in TEXTS:
            hint = nearest(code, TEXTS) or f"可写：{'、'.join(TEXTS)}。"
            message = f"texts.yaml 写了未知的代码“{code}”。"
            findings.error("C104", layered.place(("级别", code)), message, hint)
    for name, columns in file.project_amounts.items():
        for number, column in enumerate(columns):
            if column not in _AMOUNTS:
                hint = nearest(column, _AMOUNTS) or f"可写：{'、'.join(_AMOUNTS)}。"
                message = f"texts.yaml 写了未知的栏“{column}”。"
                place = layered.place(("项目金额", name, number))
                findings.error("C104", place, message, hint)
