"""汇总表 of bundle.yaml: what it may name, and where it may stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.bundle import load_bundle
from reportgen.findings import Findings

ENTRY = """\
名称: 某省自评表
对象: 项目
汇总表:
  名: 汇总表
  标题: 汇总表
  栏: [序号, 项目名称]
"""


def told(folder: Path, text: str) -> list[str]:
    (folder / "self-evaluation" / "some").mkdir(parents=True)
    path = folder / "self-evaluation" / "some" / "bundle.yaml"
    path.write_text(text, encoding="utf-8")
    findings = Findings()
    load_bundle("self-evaluation/some", [folder], findings)
    return [f"{one.place.row} {one.code} {one.message}" for one in findings]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("", ""), ""),
        (("项目名称]", "项目名]"), "6 C104 “汇总表”的“栏”写的“项目名”不是“项目”表的栏。"),
        (("项目名称]", "序号]"), "6 C104 “汇总表”的“栏”写了两次“序号”。"),
        (("标题: 汇总表", "标题: '{年}汇总表'"), "5 C104 “汇总表.标题”里没有“{年}”可填。"),
        (
            ("项目名称]", "项目名称]\n  其他组: '{组}{项目名称}'"),
            "7 C104 “汇总表.其他组”里没有“{项目名称}”可填。",
        ),
        (
            ("项目名称]", "项目名称]\n  分组: {级: {}}"),
            "7 C104 “汇总表”的“分组”写的“级”不是“项目”表的栏。",
        ),
        (("对象: 项目\n", ""), "2 C104 “汇总表”只用于“对象: 项目”的模板。"),
    ],
)
def test_what_is_written_wrong_is_told_at_its_line(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    assert "".join(told(tmp_path, ENTRY.replace(*change) if change[0] else ENTRY)) == message


def test_rows_are_grouped_by_one_column(tmp_path: Path) -> None:
    text = ENTRY + "  分组: {级次: {一级: 甲}, 类别: {二级: 乙}}\n"
    [fault] = told(tmp_path, text)
    assert "分组" in fault


def test_a_table_without_columns_is_none(tmp_path: Path) -> None:
    assert told(tmp_path, ENTRY.replace("[序号, 项目名称]", "[]"))
