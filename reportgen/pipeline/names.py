"""The names that come from report.yaml, and the tables worded for one report."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportgen.bundle import Bundle, fitted
from reportgen.model import BUDGET, RELATIONS, Figure, Kind, Profile
from reportgen.narrative.phrases import fill
from reportgen.rules.functions import FUNCTIONS

if TYPE_CHECKING:  # a run over projects may have no report.yaml
    from reportgen.sources.settings import Settings

REPORT_NAMES = (
    "单位",
    "年度",
    "上年度",
    "层级",
    "本部门",
    "新设",
    "预算口径",
    BUDGET,
    "表单位",
    "表部分",
    "表部分在",
    "表头",
    "印表",
    "封面",
    "标题",
    "项目",
    "指标",
    "文字",
    "表格",
    "用途",
    "名词",
    "科目说明",
)


def report_names(settings: Settings, bundle: Bundle) -> dict[str, Any]:
    """The names that come from report.yaml."""
    names = _words(settings, bundle)
    slots = {name: str(value) for name, value in names.items()}
    return {
        **names,
        BUDGET: names["预算口径"],
        "新设": settings.last_year == "新设单位",
        "封面": settings.cover,
        "印表": bundle.settings.printed == "全部",
        "标题": fill(bundle.settings.heading, slots),
        "表部分": fill(bundle.settings.tables_heading, slots),
        "表部分在": bundle.tables_after,
        "表头": [fill(pattern, slots) for pattern in bundle.settings.table_caption],
    }


def _words(settings: Settings, bundle: Bundle, before: int = 0) -> dict[str, Any]:
    return {
        "单位": settings.unit,
        "年度": settings.year - before,
        "上年度": settings.year - before - 1,
        "层级": settings.level,
        "本部门": f"本{settings.level}",
        "预算口径": settings.budget or bundle.settings.budget,
        "表单位": bundle.wording.table_unit,
    }


def report_profiles(settings: Settings, bundle: Bundle, before: int = 0) -> tuple[Profile, ...]:
    """The tables of a bundle as this report words them, or its ``before`` years earlier."""
    slots = {name: str(value) for name, value in _words(settings, bundle, before).items()}
    return tuple(fitted(profile, slots) for profile in bundle.profiles)


def form_names(bundle: Bundle, year: int, unit: str) -> dict[str, Any]:
    """The names that a form's templates know, but for 项目 itself."""
    weights = bundle.scoring.weights
    return {
        **{relation: relation for relation in RELATIONS},
        **FUNCTIONS,
        "年度": year,
        "上年度": year - 1,
        "单位": unit,
        "执行率满分": Figure("执行率满分", Decimal(weights.execution), Kind.COUNT),
        "指标满分": Figure("指标满分", Decimal(weights.indicators), Kind.COUNT),
    }
