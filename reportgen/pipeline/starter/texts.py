"""report.yaml and 文字.md of a new report folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportgen.checks.questions import Text, Wanted

_SETTINGS = """\
# {title}
# 冒号后面空一格再填；# 后面是说明，不必删。填好以后运行：reportgen check 文件夹
模板: {template}

单位:            # 单位全称，与公章一致，印在封面和正文里
层级:            # 部门（含下属单位）或 单位（只有本级）
年度:            # 决算年度，四位数字，不加引号
上年:            # 有；没有上年数的填 新设单位，正文不写对比
# 预算口径: {budget}   # 与哪个预算比：年初预算 或 全年预算；与模板（{budget}）相同的不必写

文件:            # 没有的文件，整行删去
{tables}
  补充数据: 补充数据.xlsx
  原因: 原因.xlsx        # 由 reportgen check 文件夹 --reasons 写出，再填写原因
  项目: 项目.xlsx
  文字: 文字.md
  # 上年决算表: 上年决算表.xlsx   # 版式与决算表相同；有它就不必填补充数据的“上年数”

# 封面: {{日期: 某年某月}}         # 要印在封面上的，去掉行首的 # 再填
# 豁免:                         # 照公开稿保留的差异，写明代码和理由
#   - {{代码: D703, 理由: 公开稿如此}}
"""
_TABLES = "  决算表: 决算表.xlsx"
_EXPORTED = "    # 也可以换成平台导出的文件（.xlsx、.xls、.csv）"
_NO_TABLES = "  # 数填在补充数据的“本年数”表里；有平台导出的公开表的，也可以放进来，去掉下一行的 #"
_HEAD = "（请填写"


def settings_text(template: str, title: str, budget: str, *, has_tables: bool) -> str:
    """report.yaml with the questions that only the unit can answer."""
    tables = f"{_TABLES}{_EXPORTED}" if has_tables else f"{_NO_TABLES}\n  # {_TABLES.strip()}"
    return _SETTINGS.format(template=template, title=title, budget=budget, tables=tables)


_SUBJECTS = f"""\
# 科目说明

## {_HEAD}科目编码和科目名称，一个科目一个“##”标题）
{_HEAD}这个科目的说明；模板已有说明的科目可以不写，都不写的，删去这一篇）
"""


def texts_text(asked: Wanted, sections: Sequence[str], lists: Collection[str]) -> str:
    """文字.md with every heading that is always asked for, in the order of the sections.

    Of the texts that go with one of the ``lists`` of 补充数据 that list itself speaks.
    """
    order = {name: number for number, name in enumerate(sections)}
    texts = sorted(asked.texts.items(), key=lambda item: order.get(item[1].block, len(order)))
    always = ((name, text) for name, text in texts if text.when not in lists)
    written = ["\n".join(_text(name, text)) for name, text in always]
    return "\n".join([*written, *([_SUBJECTS] if asked.subjects else [])])


def _text(name: str, text: Text) -> Iterator[str]:
    """A heading and a line that the checks take for unfinished."""
    yield f"# {name}"
    yield ""
    if text.has_parts:
        yield f"## {_HEAD}名称，一项一个“##”标题）"
        yield f"{_HEAD}这一项的内容）"
    else:
        none = "没有的，删去这一篇" if text.may_lack else "确实没有的写“无”"
        yield f"{_HEAD}{name}，一行印成一段；{none}）"
    yield ""
