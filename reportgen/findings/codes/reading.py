"""Findings about what was read from workbooks and texts."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

READING = {
    "D101": Code("缺少文件"),
    "D102": Code("不是有效的工作簿"),
    "D103": Code("缺少表"),
    "D104": Code("缺少列"),
    "D105": Code("行名不符或缺少行"),
    "D106": Code("科目编码没有上级"),
    "D107": Code("同一编码、行或项目写了两次"),
    "D108": Code("应为数字而填了文字"),
    "D109": Code("单元格是错误值"),
    "D110": Code("公式没有计算结果"),
    "D111": Code("单位行有误"),
    "D112": Code("科目编码有误"),
    "D113": Code("同一编码名称不一致"),
    "D114": Code("文字中有不可用的字符"),
    "D115": Code("未知的项目"),
    "D116": Code("合计空白，已按明细计算"),
    "D117": Code("小数位多于公开位数"),
    "D118": Code("同一张表出现两次"),
    "D119": Code("文字文件有误"),
    "D120": Code("表的位置不能确定"),
    "D121": Code("文件不安全"),
    "D122": Code("填报的单位比公开的单位粗"),
    "D123": Code("表的年度与报告不同"),
    "D124": Code("表的单位与报告不同"),
    "D125": Code("文字没有用到"),
}
