"""What a schema can't see in a bundle: names of tables, sections and slots that nothing has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from reportgen.bundle.merge import Layered
from reportgen.bundle.schema import BundleFile, RulesFile, SummaryEntry, TablesFile
from reportgen.findings import CODES, Findings, nearest
from reportgen.model.project import PROJECT_COLUMNS
from reportgen.narrative.wording import LEAD_SLOTS, REPORT_SLOTS

Path = tuple[int | str, ...]
_NUMERALS = re.compile(r"[#0-9０-９]")
_SLOT = re.compile(r"\{([^{}]*)\}")
_FILE_SLOTS = ("单位", "年度", "层级")
TABLE_SLOTS = ("单位", "年度", "上年度", "层级", "本部门", "预算口径", "表单位")
_WORD_SLOTS: Mapping[str, tuple[str, ...]] = {
    "增减": ("向", "额", "势", "率", "对比", "基数", "大小", *REPORT_SLOTS),
    "完成": ("预算", "率", "基数", *REPORT_SLOTS),
    "占比": ("率",),
    "原因引语": LEAD_SLOTS,
    "上年称": REPORT_SLOTS,
    "科目": tuple(f"{level}{name}" for name in ("", "短名") for level in ("类", "款", "项")),
}
_CHART_SLOTS: Mapping[str, tuple[str, ...]] = {
    "题": ("号", "标题", "类型"),
    "单位": ("单位",),
    "种类": (),
}


def check_slots(wording: Layered, settings: Layered, findings: Findings) -> None:
    """Every {slot} of a pattern is one that is filled in."""
    for key, slots in _WORD_SLOTS.items():
        entry = wording.data.get(key)
        for path, pattern in _patterns(entry, (key,)):
            check_pattern(pattern, slots, path, wording, findings)
    charts = wording.data.get("图表")
    for key, slots in _CHART_SLOTS.items() if isinstance(charts, Mapping) else ():
        for path, pattern in _patterns(charts.get(key), ("图表", key)):
            check_pattern(pattern, slots, path, wording, findings)
    one_project = settings.data.get("对象") == "项目"
    names = (*PROJECT_COLUMNS, "年度", "单位") if one_project else _FILE_SLOTS
    for keys, slots in ((("输出", "标题"), names), (("表部分", "表头"), TABLE_SLOTS)):
        for key in keys:
            for path, pattern in _patterns(settings.data.get(key), (key,)):
                check_pattern(pattern, slots, path, settings, findings)
    _check_summary_slots(settings, findings)


def _check_summary_slots(settings: Layered, findings: Findings) -> None:
    """The texts of 汇总表 name only what is known of a whole run."""
    entry = settings.data.get("汇总表")
    for key in ("名", "标题", "题下", "分组", "其他组", "注") if isinstance(entry, Mapping) else ():
        slots = (*SummaryEntry.slots(), *(("组",) if key == "其他组" else ()))
        for path, pattern in _patterns(entry.get(key), ("汇总表", key)):
            check_pattern(pattern, slots, path, settings, findings)


def check_settings(
    settings: BundleFile,
    tables: TablesFile,
    removed: Collection[str],
    layered: Layered,
    findings: Findings,
) -> None:
    """The tables that settings name are the bundle's."""
    _check_order(settings, tables, layered, findings)
    _check_summary(settings, layered, findings)
    name = settings.budget_table
    if name and name not in tables.root:
        place = layered.place(("预算所属表",))
        message = f"“预算所属表”写的“{name}”不在 tables.yaml 中。"
        findings.error("C104", place, message, hint_of(name, tables.root))
    for pair in settings.transfers.classes.items():
        for name in pair:
            if name not in tables.root and name not in removed:
                place = layered.place(("内部往来", "分类", pair[0]))
                message = f"“内部往来”的“分类”写的“{name}”不在 tables.yaml 中。"
                findings.error("C104", place, message, hint_of(name, tables.root))
    for index, phrase in enumerate(settings.numerals):
        bare = _NUMERALS.sub("", phrase).strip()
        if not bare or bare == phrase.strip():
            message = f"数字白名单里的“{phrase}”{'没有数字' if bare else '没有文字'}。"
            hint = "请写成“公开##表”这样的短语：数字或 # 之外还要有文字。"
            findings.error("C104", layered.place(("数字白名单", index)), message, hint)


def _check_summary(settings: BundleFile, layered: Layered, findings: Findings) -> None:
    """汇总表 belongs to bundles for projects, and its columns are those of 项目."""
    entry = settings.summary
    if entry is None:
        return
    if settings.subject != "项目":
        message = "“汇总表”只用于“对象: 项目”的模板。"
        findings.error("C104", layered.place(("汇总表",)), message, "请删去，或核对“对象”。")
    for number, name in enumerate(entry.columns):
        if name not in PROJECT_COLUMNS or name in entry.columns[:number]:
            twice = name in PROJECT_COLUMNS
            fault = f"写了两次“{name}”" if twice else f"写的“{name}”不是“项目”表的栏"
            hint = "请删去一个。" if twice else hint_of(name, PROJECT_COLUMNS)
            place = layered.place(("汇总表", "栏", number))
            findings.error("C104", place, f"“汇总表”的“栏”{fault}。", hint)
    for name in entry.groups:
        if name not in PROJECT_COLUMNS:
            message = f"“汇总表”的“分组”写的“{name}”不是“项目”表的栏。"
            place = layered.place(("汇总表", "分组", name))
            findings.error("C104", place, message, hint_of(name, PROJECT_COLUMNS))


def _check_order(
    settings: BundleFile, tables: TablesFile, layered: Layered, findings: Findings
) -> None:
    """表部分在 is a section; 表序 names every table once, unless the numbers say the order."""
    after = settings.tables_after
    if after and after not in settings.sections:
        message = f"“表部分在”写的“{after}”不在“章节”中。"
        place = layered.place(("表部分在",))
        findings.error("C104", place, message, hint_of(after, settings.sections))
    if not settings.order:
        return
    for index, name in enumerate(settings.order):
        if name not in tables.root:
            message = f"“表序”写的“{name}”不在 tables.yaml 中。"
            hint = hint_of(name, tables.root)
            findings.error("C104", layered.place(("表序", index)), message, hint)
    missing = [name for name in tables.root if settings.order.count(name) != 1]
    if missing:
        message = f"“表序”里“{'”“'.join(missing)}”没有写，或者写了不止一次。"
        findings.error("C104", layered.place(("表序",)), message, "每张表写一次。")


def check_codes(rules: RulesFile, layered: Layered, findings: Findings) -> None:
    """No rule takes a code that the program itself reports; no part of the file is blank."""
    for document in layered.layers[:-1]:
        for key, value in document.data.items():
            if value is None:
                message = f"“{key}”下面是空的，会去掉上级的全部{key}。"
                findings.error(
                    "C104", document.place((key,)), message, "请写上内容，或删去这一行。"
                )
    for code in rules.reconciliations:
        if code in CODES:
            message = f"勾稽的代码“{code}”是程序自用的（{CODES[code].title}）。"
            findings.error("C104", layered.place(("勾稽", code)), message, "请换一个代码。")


def _patterns(entry: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(entry, str):
        yield path, entry
    elif isinstance(entry, Mapping):
        for key, value in entry.items():
            yield from _patterns(value, (*path, key))
    elif isinstance(entry, list):
        for number, value in enumerate(entry):
            yield from _patterns(value, (*path, number))


def check_pattern(
    pattern: str, slots: Collection[str], path: Path, layered: Layered, findings: Findings
) -> None:
    """Every {slot} of one pattern is among ``slots``, and its braces are in pairs."""
    shown = ".".join(str(key) for key in path)
    for slot in _SLOT.findall(pattern):
        if slot not in slots:
            message = f"“{shown}”里没有“{{{slot}}}”可填。"
            hint = hint_of(slot, slots) if slots else "请写文字，不用花括号。"
            findings.error("C104", layered.place(path), message, hint)
    if set("{}") & set(_SLOT.sub("", pattern)):
        message = f"“{shown}”的花括号不成对。"
        findings.error("C104", layered.place(path), message, "请写成 {率} 这样的形式。")


def hint_of(name: str, known: Iterable[str]) -> str:
    """The nearest of what is known, or else the first of them."""
    choices = list(dict.fromkeys(known))
    return nearest(name, choices) or f"可写：{'、'.join(choices[:20])}。"
