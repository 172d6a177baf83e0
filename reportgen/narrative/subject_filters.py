"""Filters that call subjects (科目) by name: in full with what is above them, and short."""

from __future__ import annotations

import re
from typing import Any

from reportgen.language import Unknown
from reportgen.language.environment import explain, kind_of
from reportgen.language.operators import text_of
from reportgen.model import LEVELS, Absent, Blank, Figure, Row, RowList, Table, plain
from reportgen.narrative.phrases import fill
from reportgen.narrative.scope import Scope, with_scope
from reportgen.narrative.wording import SubjectNames

_SLOT = re.compile(r"\{(类|款|项)(?:短名)?\}")
_OPENING = "“‘（(《〈「『"
_EXPENDITURE = "支出"


@with_scope
def full_name(scope: Scope, value: Any) -> str:
    """全称: a row of a tree with the 类 and 款 above it."""
    if isinstance(value, Unknown):
        return explain(scope.context, value)
    if not isinstance(value, Row) or len(value.key) not in LEVELS.values():
        shown = _shown(value)
        message = f"“{shown}”不是类、款、项中的一行，不能用“全称”。"
        scope.fault("T103", message, "请用在 表05.项 等的各行。")
        return shown
    names = {}
    for level, length in LEVELS.items():
        if length <= len(value.key):
            names[level] = value.label if length == len(value.key) else _above(scope, value, length)
    return called(names, scope.wording.subjects)


def _shown(value: Any) -> str:
    """What stands on the page where a subject was asked for."""
    if isinstance(value, Row | str):
        return value.label if isinstance(value, Row) else value
    return value.name if isinstance(value, Figure | Absent) else kind_of(value)


def called(names: dict[str, str], words: SubjectNames) -> str:
    """The full name of the lowest of ``names``; shared names get their note.

    >>> full, noted = "{类}(类){款}(款){项}(项)", "{项}({款})"
    >>> words = SubjectNames(全称=full, 加注=noted, 同名项=["行政运行"])
    >>> called({"类": "教育支出", "款": "教育管理事务", "项": "行政运行"}, words)
    '教育支出(类)教育管理事务(款)行政运行(教育管理事务)(项)'
    >>> called({"类": "教育支出", "款": "普通教育", "项": "高中教育"}, words)
    '教育支出(类)普通教育(款)高中教育(项)'
    >>> called({"类": "教育支出", "款": "普通教育"}, words)
    '教育支出(类)普通教育(款)'
    >>> short = SubjectNames(全称="{类短名}（类）{款}（款）{项}（项）")
    >>> called({"类": "教育支出", "款": "普通教育", "项": "高中教育"}, short)
    '教育（类）普通教育（款）高中教育（项）'
    >>> called({"类": "教育支出"}, short)
    '教育（类）'
    >>> called({"类": "教育支出"}, SubjectNames(全称="“{类}”（类）“{款}”（款）“{项}”（项）"))
    '“教育支出”（类）'
    """
    if plain(names.get("项", "")) in map(plain, words.shared):
        names = {**names, "项": fill(words.noted, _with_short(names))}
    for slot in _SLOT.finditer(words.full):
        if slot[1] not in names:
            return fill(words.full[: slot.start()].rstrip(_OPENING), _with_short(names))
    return fill(words.full, _with_short(names))


def _with_short(names: dict[str, str]) -> dict[str, str]:
    """The names, and each without the ending 支出."""
    return {**names, **{f"{level}短名": shortened(name) for level, name in names.items()}}


def _above(scope: Scope, row: Row, length: int) -> str:
    """The name of the subject above a row: in its own table, else in any other tree."""
    code = row.key[:length]
    own = scope.context.get(row.profile.name)
    tables = [own, *(scope.context.get("表格") or [])]
    for table in tables:
        if isinstance(table, Table) and table.has_row(code):
            found = table.row(code)
            if found.key == code != found.label:
                return found.label
    hint = "请在公开表里补上这一行。"
    return explain(scope.context, Blank(f"科目{code}的名称", "N106", hint))


def short_name(value: Any) -> Any:
    """短名: a name without the ending 支出; of a list, the names of all."""
    if isinstance(value, list | RowList):
        return [short_name(item) for item in value]
    if isinstance(value, Unknown | Blank):
        return value  # printed, it says what is missing
    if isinstance(value, Row):
        return shortened(value.name)
    return shortened(value.name if isinstance(value, Figure | Absent) else text_of(value))


def shortened(name: str) -> str:
    """A name without the ending 支出; nothing else is a name of its own.

    >>> shortened("社会保障和就业支出"), shortened("其他支出"), shortened("支出"), shortened("金融")
    ('社会保障和就业', '其他', '支出', '金融')
    """
    return name.removesuffix(_EXPENDITURE) or name
