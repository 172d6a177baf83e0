"""The filters and tests that template authors use; these tables are the whole list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from reportgen.language import ReportEnvironment
from reportgen.narrative import (
    comparison_filters,
    comparison_tests,
    joint_filter,
    list_filters,
    reason_filter,
    share_filters,
    subject_filters,
    value_filters,
)
from reportgen.narrative.markdown import quoted_markdown
from reportgen.narrative.scope import WORDING

FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "金额": value_filters.amount,
        "数": value_filters.number,
        "计数": value_filters.count,
        "得分": value_filters.score,
        "表数": value_filters.cell,
        "百分比": share_filters.rate,
        "增减": comparison_filters.change,
        "增减额": comparison_filters.change_amount,
        "差额": comparison_filters.difference,
        "增减率": comparison_filters.change_rate,
        "增减词": comparison_filters.amount_word,
        "升降词": comparison_filters.rate_word,
        "分别": joint_filter.together,
        "占": share_filters.share,
        "比重": share_filters.proportion,
        "完成": share_filters.completion,
        "完成率": share_filters.completion_rate,
        "原因": reason_filter.reason,
        "非零": list_filters.nonzero,
        "列示": list_filters.shown_items,
        "属于": list_filters.within,
        "取": list_filters.picked,
        "筛选": list_filters.chosen,
        "单行": list_filters.one_line,
        "公开项目": list_filters.public,
        "逐条": list_filters.enumerated,
        "名单": list_filters.listed,
        "全称": subject_filters.full_name,
        "短名": subject_filters.short_name,
        "去句号": list_filters.sentence,
        "段落": list_filters.lines,
        "中文数": list_filters.chinese_number,
        "印行": list_filters.printed_lines,
    }
)
TESTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "零": value_filters.is_zero,
        "缺": value_filters.is_absent,
        "有变化": comparison_tests.has_changed,
        "增加": comparison_tests.has_risen,
        "减少": comparison_tests.has_fallen,
        "持平": comparison_tests.is_level,
    }
)
MARKDOWN_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"段落": list_filters.paragraphs}
)
"""What filters are in Markdown alone: they return markup, which no other target may print."""
__all__ = [
    "FILTERS",
    "MARKDOWN_FILTERS",
    "TESTS",
    "WORDING",
    "narrative_environment",
    "rules_environment",
]


@cache
def rules_environment() -> ReportEnvironment:
    """The one environment of expressions in rules; what it has compiled is kept."""
    return narrative_environment()


def narrative_environment(
    escape: Callable[[str], str] = quoted_markdown,
    filters: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
    environment_class: type[ReportEnvironment] = ReportEnvironment,
    **options: Any,
) -> ReportEnvironment:
    """An environment with all filters, and a target's own; ``options`` go to Jinja."""
    environment = environment_class(escape, **options)
    environment.filters.update({**FILTERS, **filters})
    environment.tests.update(TESTS)
    return environment
