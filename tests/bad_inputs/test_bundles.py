"""Faults in the files of a bundle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.pipeline.job import Gate

Found = Callable[..., Mapping[str, str]]
Command = Callable[..., tuple[int, str, str]]
Replace = Callable[..., None]
ROOT = Path(__file__).parents[2]
NAME = "final-accounts/shanxi-2022"
SHARED = "final-accounts/shanxi"  # what the years of a province have in common


def home(file: str) -> str:
    """The bundle that a file stands in."""
    return SHARED if file in {"rules.yaml", "tables.yaml"} else NAME


def placed(head: str) -> str:
    """{D502+2} is the number of the second line after the key D502 in rules.yaml."""
    lines = (ROOT / "templates" / SHARED / "rules.yaml").read_text(encoding="utf-8").split("\n")

    def number(match: re.Match[str]) -> str:
        return str(lines.index(f"  {match[1]}:") + 1 + int(match[2] or 0))

    return re.sub(r"\{(\w+)(?:\+(\d+))?\}", number, head)


@pytest.mark.parametrize(
    ("file", "old", "new", "head", "said"),
    [
        pytest.param(
            "wording.yaml", "别的单位", "别得单位", ":2:1 C101", "是否应为“别的单位”", id="wording"
        ),
        pytest.param(
            "wording.yaml", "千分位", "千位分", ":3:23 C101", "是否应为“千分位”", id="below"
        ),
        pytest.param(
            "wording.yaml", "单位: 万", "单位: 美", ":3:8 C104", "（元、万元、亿元）", id="choice"
        ),
        pytest.param("rules.yaml", "勾稽:", "勾机:", ":18:1 C101", "是否应为“勾稽”", id="rules"),
        pytest.param(
            "rules.yaml",
            "标题: 基本支出大于金额",
            "标题: 基本支出大于金额\n    级另: 警告",
            ":{D502+2}:5 C101",
            "是否应为“级别”",
            id="rule",
        ),
        pytest.param(
            "rules.yaml",
            "标题: 基本支出大于金额",
            "标题: 基本支出大于金额\n    级别: 严重",
            ":{D502+2}:5 C104",
            "警告、提示",
            id="severity",
        ),
        pytest.param(
            "tables.yaml", "方向: 横向", "方问: 横向", ":12:3 C101", "“方问”", id="tables"
        ),
        pytest.param(
            "tables.yaml", "版式: 经济科目", "版式: 经济", ":11:3 C104", "科目树、定行", id="layout"
        ),
        pytest.param(
            "tables.yaml",
            "方向: 横向",
            "方向: 横向\n  方向: 纵向",
            ":13:3 C102",
            "两次",
            id="twice",
        ),
        pytest.param(
            "bundle.yaml",
            "数字白名单",
            "数字白名",
            ":3:1 C101",
            "是否应为“数字白名单”",
            id="bundle",
        ),
        pytest.param("tables.yaml", "表06:", "表06: [", ":10:5 C105", "格式有误", id="bad yaml"),
    ],
)
def test_keys(
    templates: Path,
    found: Found,
    replace: Replace,
    file: str,
    old: str,
    new: str,
    head: str,
    said: str,
) -> None:
    replace(templates / home(file) / file, old, new)
    place = f"{home(file)}/{file}{placed(head)}"
    told = found(templates=templates)
    assert next(iter(told)) == f"错误 {place}"
    assert said in told[f"错误 {place}"]
    assert all(key.split()[-1].startswith("C1") for key in told)


@pytest.mark.parametrize(
    ("old", "new", "head", "said"),
    [
        pytest.param(
            "- 公用经费", "- 公用经废", ":{D504}:3 T101", "是否应为“公用经费”", id="unknown name"
        ),
        pytest.param("- 公用经费", "- (公用经费", ":{D504}:3 T106", "括号", id="syntax"),
        pytest.param(
            "== 表05['合计', '小计']", "== '多'", ":{D501}:3 T106", "“多”不是数字", id="a text"
        ),
        pytest.param(
            "'金额'] + 表06",
            "'全额'] + 表06",
            ":{D501}:3 T101",
            "没有“人员经费合计，全额”",
            id="column",
        ),
        pytest.param("表10.行[1]", "表11.行[1]", ":4:3 T101", "是否应为“表10”", id="table"),
        pytest.param("表10.行[1]", "表10.行[99]", ":4:3 T101", "没有“99”这一行", id="row"),
        pytest.param("表10.行[1]", "政府采购支出总额", ":4:3 T106", "互相引用", id="cycle"),
        pytest.param("表10.行[1]", "表10.行[1", ":4:3 T106", "有误", id="derived syntax"),
    ],
)
def test_rules(
    templates: Path,
    found: Found,
    replace: Replace,
    old: str,
    new: str,
    head: str,
    said: str,
) -> None:
    replace(templates / SHARED / "rules.yaml", old, new)
    place = f"{SHARED}/rules.yaml{placed(head)}"
    told = found(templates=templates)
    assert f"错误 {place}" in told
    assert said in told[f"错误 {place}"]


def test_an_unknown_parent_is_told_at_its_line(
    bundle: Path, folder: Path, templates: Path, command: Command, replace: Replace
) -> None:
    replace(bundle / "bundle.yaml", "final-accounts/shanxi\n", "final-accounts/shangxi\n")
    code, out, _ = command("check", folder, "--templates", templates)
    assert code == 1
    assert "final-accounts/shanxi-2022/bundle.yaml:2:1: C108 找不到上级模板" in out
    assert "是否应为“final-accounts/shanxi”？" in out


@pytest.mark.parametrize("file", ["narrative.md", "report.md"])
def test_a_missing_template(templates: Path, bundle: Path, found: Found, file: str) -> None:
    (templates / "final-accounts/common" / file).unlink()
    told = found(Gate.NARRATIVE, templates)
    assert next(head for head in told if file in head).endswith("D101")


def test_a_rule_takes_no_code_of_the_program(
    templates: Path, found: Found, replace: Replace
) -> None:
    path = templates / SHARED / "rules.yaml"
    replace(path, "勾稽:\n", "勾稽:\n  D211: {标题: 甲, 式: '表01.行[1] >= 0'}\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if "D211" in text)
    told = found(templates=templates)
    assert list(told) == [f"错误 {SHARED}/rules.yaml:{line}:3 C104"]
    assert next(iter(told.values())) == (
        "勾稽的代码“D211”是程序自用的（合计与明细之和不等）。请换一个代码。"
    )
