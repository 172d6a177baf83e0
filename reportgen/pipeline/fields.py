"""What a bundle's templates may ask for, as lists for their authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.bundle import Bundle
from reportgen.model import RELATIONS
from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.narrative.charts import CAPTIONS, CHART_FUNCTION
from reportgen.narrative.forms import FORM_FUNCTION, PROJECT
from reportgen.narrative.help import FILTER_HELP, FUNCTION_HELP, TEST_HELP
from reportgen.pipeline.names import REPORT_NAMES, form_names
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.scoring.funds import COMPUTED_OF_FUNDS
from reportgen.rules.scoring.project import COMPUTED, COMPUTED_OF_INDICATORS

SUMMARY_NAMES = ("年度", "单位", "标题", "题下", "栏", "分组", "注")
"""What the layouts of 汇总表 know; each of 分组 has 题 and 行."""


def template_names(bundle: Bundle, layout: str = "") -> dict[str, Any]:
    """Every name a bundle's templates may use; without a report there are no values yet.

    Of a bundle for projects the names of ``layout``: of the form, or of 汇总表.
    """
    if bundle.settings.subject == PROJECT and layout.startswith("summary."):
        return dict.fromkeys((*SUMMARY_NAMES, *FUNCTIONS), "")
    if bundle.settings.subject == PROJECT:
        return dict.fromkeys((PROJECT, *form_names(bundle, 0, "")), "")
    names = [
        *REPORT_NAMES,
        *RELATIONS,
        *FUNCTIONS,
        CHART_FUNCTION,
        FORM_FUNCTION,
        CAPTIONS,
        *bundle.supplement,
        *bundle.settings.sections,
    ]
    names += [*(profile.name for profile in bundle.profiles), *bundle.removed]
    names += [derivation.name for derivation in bundle.derivations]
    return dict.fromkeys(names, "")


def field_lists(bundle: Bundle) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and its lines: report, tables, inputs, figures, filters, tests."""
    if bundle.settings.subject == PROJECT:
        names = form_names(bundle, 0, "").keys() - {*RELATIONS, *FUNCTIONS}
        yield "自评表：", [PROJECT, *sorted(names)]
        yield "项目（项目.名称；.指标、.资金、.资金明细是清单）：", _projects()
        yield "汇总表（summary.docx、summary.md；每个分组有 .题、.行）：", list(SUMMARY_NAMES)
    else:
        yield from _report_lists(bundle)
    yield "过滤器：", _described(FILTER_HELP)
    yield "判断：", _described(TEST_HELP)
    yield "函数：", _described(FUNCTION_HELP)


def _report_lists(bundle: Bundle) -> Iterator[tuple[str, list[str]]]:
    """What templates of a report may ask for."""
    yield "报告：", list(REPORT_NAMES)
    yield "表（表名['行','列']；.行 .类 .款 .项 .标题 .编号 .注 .说明 .空）：", _tables(bundle)
    yield (
        "补充数据：",
        [
            f"{name}（{entry.layout}）：{'、'.join(entry.columns)}"
            for name, entry in bundle.supplement.items()
        ],
    )
    related = "、".join(f".{name}" for name in RELATIONS)
    yield (
        f"数字（{related}、.上年原因、.预算原因、.用途）：",
        [f"{derivation.name} = {derivation.expression}" for derivation in bundle.derivations],
    )
    yield "项目（目.名称；.指标、.资金、.资金明细是清单）：", _projects()
    yield "章节：", list(bundle.settings.sections)
    yield "图表：", [f"{CAPTIONS}.图表的名称：图1：……"]


def _tables(bundle: Bundle) -> list[str]:
    return [
        f"{profile.name} {profile.title}：{'、'.join(column.key for column in profile.columns)}"
        for profile in bundle.profiles
    ]


def _projects() -> list[str]:
    return [
        f"算出的：{'、'.join(COMPUTED)}",
        f"项目.xlsx的栏：{'、'.join(PROJECT_COLUMNS)}",
        f"资金：资金来源、{'、'.join(FUND_COLUMNS[3:])}、{'、'.join(COMPUTED_OF_FUNDS)}",
        f"指标：{'、'.join(INDICATOR_COLUMNS[1:])}、{'、'.join(COMPUTED_OF_INDICATORS)}",
    ]


def _described(help_: Mapping[str, str]) -> list[str]:
    return [f"{name}：{text}" for name, text in help_.items()]
