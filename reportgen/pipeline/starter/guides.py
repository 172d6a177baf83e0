"""What 填表说明 says in each workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.model import Layout, Profile
from reportgen.outputs.blank import SLOT

Guide = Mapping[str, Sequence[str]]
_QUESTIONS = {"单位": "单位全称", "层级": "部门或单位", "年度": "决算年度"}
_DERIVED = {"本部门": "层级", "上年度": "年度"}
AFTERWARDS: Guide = {
    "填完以后": [
        "保存并关闭工作簿。",
        "在命令行运行 reportgen check 文件夹，逐条看提示；每条都写明是哪个文件、哪一格。",
        "数填齐以后运行 reportgen check 文件夹 --reasons，写出原因.xlsx，填写变动原因。",
        "没有错误了，运行 reportgen render 文件夹，生成 Word 和 Markdown 文件。",
    ],
}
_LAYOUTS = {
    Layout.TREE: "在合计下面填科目编码、科目名称和数，类（3位）、款（5位）、项（7位）各一行；"
    "行不够的，在中间插入整行",
    Layout.FIXED: "行已列好，只填数",
    Layout.ECONOMIC: "科目已列好，只填款一级的数",
    Layout.SINGLE: "只有一行数",
}
_ALIKE = "空白表示没有，程序按 0 处理"
SUPPLEMENT: Guide = {
    "怎样填": [
        "只填浅黄色的格；白色的行名、项目名不要改。要用而没有列出的，在下面空行照样填。",
        "空白表示还没有填，检查时会提示；数确实是零的，填 0。",
        "金额写明单位的照单位填（元或万元），只填数字，不写“元”字、不写千分位以外的符号。",
        "不需要的工作表留空就行，不必删除。",
    ],
}
_JOINED = "三张表用“项目名称”相连，同一个项目三张表里的名称要一字不差。"
_WITHOUT_FORM = "只在“项目”表里有一行、没有指标的项目，只计个数和得分，不印自评表。"
PROJECTS: Guide = {
    "怎样填": [
        _JOINED,
        "“公开自评表”“涉密”只填是或否；涉密的项目在公开稿里哪里都不印。",
        _WITHOUT_FORM,
        "没有绩效项目的，三张表都留空。可以在“项目”表的右边加自己的栏。",
    ],
}


def batch(bundle: str) -> Guide:
    """What is done with 项目.xlsx where a bundle makes a document of each project."""
    command = f"reportgen batch 项目.xlsx -t {bundle} -o out --year 2022 --unit 某市某局"
    return {
        "怎样填": [
            _JOINED,
            "“涉密”只填是或否；涉密的项目哪里都不印，只记在内部的清单里。",
            _WITHOUT_FORM,
            "这里只列了这份表要印的栏；可以在“项目”表的右边加自己的栏。",
        ],
        "填完以后": [
            "保存并关闭工作簿。",
            f"在命令行运行 {command}（年度、单位写自己的），一个项目生成一份。",
        ],
    }


def caption_questions(patterns: Sequence[str]) -> dict[str, str]:
    """What the captions of the tables need to know: 部门名称：{单位} needs the unit.

    >>> caption_questions(["部门名称：{单位}", "{上年度}年度", "金额单位：{表单位}"])
    {'单位': '单位全称', '年度': '决算年度'}
    """
    slots = [slot for pattern in patterns for slot in SLOT.findall(pattern)]
    needed = {_DERIVED.get(slot, slot) for slot in slots}
    return {slot: question for slot, question in _QUESTIONS.items() if slot in needed}


def tables(profiles: Sequence[Profile], unit: str) -> Guide:
    """How the published tables are filled in."""
    kinds: dict[Layout, list[str]] = {}
    for profile in profiles:
        kinds.setdefault(profile.layout, []).append(profile.number)
    lines = [f"{'、'.join(numbers)}：{_LAYOUTS[kind]}。" for kind, numbers in kinds.items()]
    empty = [profile.number for profile in profiles if profile.empty]
    if empty:
        lines.append(f"{'、'.join(empty)}：没有数的整张留空，公开稿会写明本表无数据。")
    return {
        "怎样填": [
            "上面的格填单位全称等，各张表的表头随着变。",
            f"只填浅黄色的格，金额一律以{unit}填，只填数字；{_ALIKE}。不适用的填——。",
            "灰色的合计自动算出，请与平台导出的数核对；不等的，先查明细。",
            "也可以把平台导出的整张表贴进来（或直接用平台导出的文件），程序按表头和行名找数。",
            "不要改表头、行名、行次和工作表里的公式，不要删去“金额单位”一行。",
        ],
        "各张表": lines,
        **AFTERWARDS,
    }
