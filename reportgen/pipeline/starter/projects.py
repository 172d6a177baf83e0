"""项目.xlsx: projects with their funds and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.outputs.blank import Column, List
from reportgen.outputs.blank.lists import fitting
from reportgen.pipeline.starter.printed import Printed

_LEVEL = re.compile(r"(?:取|筛选)\('级次', *'([^']+)'\)")
_PROJECTS, _FUNDS, _INDICATORS = 20, 40, 80
_CHOICES = {
    "公开自评表": ("是", "否"),
    "涉密": ("是", "否"),
    "资金来源": (
        "年度资金总额",
        "其中：当年财政拨款",
        "上年结转资金",
        "其他资金",
        "市县区财政资金",
    ),
    "预算类型": ("一般公共预算", "政府性基金预算", "国有资本经营预算", "社会保险基金预算"),
    "一级指标": ("产出指标", "效益指标", "满意度指标"),
    "二级指标": (
        "数量指标",
        "质量指标",
        "时效指标",
        "成本指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "可持续影响指标",
        "服务对象满意度指标",
    ),
}
_SCORES = ("自评得分", "分值", "得分")
_NAMES = ("项目名称", "三级指标", "主管部门", "预算单位", "资金使用单位")
_LONG = {
    name: 34
    for name in (*PROJECT_COLUMNS, *INDICATOR_COLUMNS)
    if name.endswith(("情况", "经验做法", "主要问题", "改进措施", "年度目标"))
}
_PROMPTS = {
    "自评得分": "可以空着，由程序按指标得分计算。",
    "自评等级": "可以空着，由程序按得分计算。",
    "得分": "可以空着，由程序按完成情况计算。",
    "级次": "照模板里的说法写，正文或汇总表按它分类。",
    "预算级次": "印在标题里的级次，如“市”“区”；可以空着。",
    "公开自评表": "公开的项目，自评表印在附件里。",
    "涉密": "涉密的项目哪里都不印。",
}


def levels_of(narrative: str) -> tuple[str, ...]:
    """The words for 级次 that a narrative picks projects by.

    >>> levels_of("{{ 绩效汇总|取('级次', '一级') }}{{ 项目|筛选('级次', '本级支出') }}")
    ('一级', '本级支出')
    """
    return tuple(dict.fromkeys(_LEVEL.findall(narrative)))


def project_lists(grades: Iterable[str], columns: Printed) -> list[List]:
    """The three sheets, joined by 项目名称; ``grades`` are those of the bundle (自评等级)."""
    levels = columns.levels
    choices = {"自评等级": tuple(grades), "级次": levels}
    return [
        List(
            "项目",
            "一个项目一行。项目名称与“资金”“指标”里的一致；文字写完整的句子，不写“略”“同上”。",
            _columns(columns.projects, (), choices),
            blanks=_PROJECTS,
        ),
        List(
            "资金",
            "金额以万元填。每个项目先填“年度资金总额”一行，再按来源逐行填。",
            _columns(columns.funds, FUND_COLUMNS[3:]),
            blanks=_FUNDS,
        ),
        List(
            "指标",
            "一个三级指标一行。指标值照自评表写（≥56个、=100%、及时）；得分低于分值的，写明偏差原因。",
            _columns(columns.indicators, ()),
            blanks=_INDICATORS,
        ),
    ]


def _columns(
    names: Sequence[str],
    amounts: Sequence[str],
    more: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> list[Column]:
    return [
        Column(
            name,
            "分" if name in _SCORES else "万元" if name in amounts else "文字",
            28 if name in _NAMES else _LONG.get(name, fitting(name, least=12)),
            {**_CHOICES, **more}.get(name, ()),
            _PROMPTS.get(name, ""),
        )
        for name in names
    ]
