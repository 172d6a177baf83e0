"""What the cells of filled-in forms are called, in the spellings that are known.

Labels stand here as ``label_of`` gives them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def _spelt(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Our column of every spelling."""
    return {text: name for name, texts in names.items() for text in (name, *texts)}


def spellings(known: Mapping[str, str], name: str) -> frozenset[str]:
    """Every spelling of one of our columns.

    >>> sorted(spellings(AMOUNTS, "全年执行数"))[:2]
    ['全年实际执行数', '全年执行']
    """
    return frozenset(text for text, column in known.items() if column == name)


BESIDE = _spelt(
    {
        "项目名称": ("项目（政策）名称",),
        "主管部门": ("主管部门及代码", "主管部门名称", "部门名称", "主管单位"),
        "预算单位": ("预算单位及代码", "实施单位", "项目实施单位", "项目单位", "填报单位"),
        "资金使用单位": ("资金使用单位名称",),
        "级次": (),
        "类别": ("项目类别", "项目类型", "项目属性"),
        "公开自评表": (),
        "涉密": ("是否涉密",),
        "自评得分": (),
        "自评等级": ("等级", "评价等级", "评定等级", "绩效等级"),
        "项目实施和预算执行情况": (
            "项目实施的预算执行情况",
            "项目实施及预算执行情况",
            "项目实施和预算执行情况及分析",
        ),
        "产出情况": ("产出情况及分析", "产出情况分析"),
        "效益情况": ("效益情况及分析", "效益情况分析"),
        "满意度情况": ("满意度情况及分析", "满意度情况分析"),
        "主要经验做法": ("主要经验及做法", "主要经验"),
        "存在的主要问题": (
            "存在问题",
            "存在的问题",
            "存在的主要问题及原因分析",
            "项目管理中存在的主要问题",
            "项目管理中存在的主要问题及原因分析",
        ),
        "改进措施": ("下一步改进措施", "下一步改进措施及管理建议", "改进措施及建议"),
    }
)
"""Labels whose cell stands on their right."""
BELOW = _spelt(
    {
        "年度目标": ("年初预期目标", "预期目标", "年初目标", "年初设定目标", "年度绩效目标"),
        "实际完成情况": (
            "目标实际完成情况",
            "年度目标实际完成情况",
            "完成情况",
            "全年实际完成情况",
        ),
    }
)
"""Labels whose cell stands below them."""
AMOUNTS = _spelt(
    {
        "目标申报数": (),
        "预算编制数": (),
        "年初预算数": ("年初预算", "年初预算金额"),
        "全年预算数": ("全年预算", "调整后预算数", "预算数"),
        "全年执行数": ("全年执行", "执行数", "实际执行数", "全年实际执行数"),
    }
)
COMPUTED = frozenset(
    {"资金结转结余", "资金结（转）余", "结转结余", "执行率", "预算执行率", "得分", "分值"}
)
"""Columns of the funds that follow from the others."""
MARKS = _spelt(
    {
        "一级指标": (),
        "二级指标": (),
        "三级指标": ("指标名称",),
        "年初指标值": ("年度指标值", "指标值", "年初设定指标值", "目标值", "预期指标值"),
        "调整后指标值": ("调整后的指标值", "调整指标值"),
        "实际完成值": ("实际完成指标值", "全年实际完成值", "全年完成值", "实际值", "完成值"),
        "分值": ("权重", "指标分值"),
        "得分": ("自评得分", "指标得分"),
        "偏差原因分析及改进措施": (
            "偏差原因分析与改进措施",
            "偏差原因及改进措施",
            "偏差原因分析",
            "未完成原因分析",
            "未完成原因分析及改进措施",
        ),
        "评分方法": (),
    }
)
TOTALS = frozenset({"年度资金总额", "资金总额", "年度资金总计", "全年资金总额", "总额"})
"""What the line of all funds is called."""
SUMS = frozenset({"总分", "合计", "总计", "合计得分", "自评总分", "总得分"})
"""What the line below the indicators is called."""
SECTIONS = frozenset(
    {
        "项目资金预算安排及执行进度",
        "项目预算执行情况",
        "项目资金",
        "预算执行情况",
        "项目年度绩效目标",
        "年度总体目标",
        "总体目标",
        "绩效目标",
        "绩效指标",
        "年度绩效指标",
        "项目绩效分析",
        "项目绩效自评结果分析",
        "自评结果分析",
        "绩效分析",
        "分析",
        "单位",
        "金额单位",
    }
)
"""Labels that speak of no single cell."""
KNOWN = frozenset({*BESIDE, *BELOW, *AMOUNTS, *MARKS, *COMPUTED, *SUMS, *SECTIONS})
