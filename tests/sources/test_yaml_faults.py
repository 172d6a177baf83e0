"""A text that is no YAML: what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.findings import Findings
from reportgen.sources.yaml import read_yaml


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("增减:\n  另式:\n    相比: {相等: 与{对比}持平}\n", "3:15", '写成 相等: "与{对比}持平"。'),
        ("占比: {率}占\n", "1:8", '写成 占比: "{率}占"。'),
        ("增减:\n  句: {向}{额}，{势}{率}\n", "2:9", '写成 句: "{向}{额}，{势}{率}"。'),
        ('完成: {句: "完成{率}", 同为零: 完成{率}。}\n', "1:25", '写成 同为零: "完成{率}。"。'),
        ("题: [图, {号}图]\n", "1:11", '写成 "{号}图"。'),
        ('完成: {句: "完成{率}" 同为零: 无}\n', "1:17", "请检查冒号、缩进和引号。"),
        ("甲: {乙: 1\n丙: 2\n", "2:2", "请检查冒号、缩进和引号。"),
    ],
)
def test_a_text_with_a_slot_needs_quotes(tmp_path: Path, text: str, place: str, said: str) -> None:
    path = tmp_path / "wording.yaml"
    path.write_text(text, encoding="utf-8")
    findings = Findings()
    assert read_yaml(path, findings) is None
    [told] = map(str, findings)
    assert told.startswith(f"wording.yaml:{place}: C105 YAML 格式有误。")
    assert told.endswith(said)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (
            "单位: 某局\n年度：2021\n上年: 有\n",
            "3:1",
            "第2行的冒号是全角的，请用半角冒号，后面空一格，写成 年度: 2021。",
        ),
        (
            "年度:2021 # 决算年度\n上年: 有\n",
            "2:1",
            "第1行的冒号后面没有空格，请用半角冒号，后面空一格，写成 年度: 2021。",
        ),
        (
            "文件：\n  原因: 甲\n",
            "2:5",
            "第1行的冒号是全角的，请用半角冒号，后面空一格，写成 文件:。",
        ),
        ("豁免:\n  - 代码：D703\n    理由: 甲\n", "3:7", "写成 代码: D703。"),
        ("注: 注：本表\n甲 乙\n", "3:1", "请检查冒号、缩进和引号。"),
    ],
)
def test_a_colon_that_is_none(tmp_path: Path, text: str, place: str, said: str) -> None:
    path = tmp_path / "report.yaml"
    path.write_text(text, encoding="utf-8")
    findings = Findings()
    assert read_yaml(path, findings) is None
    [told] = map(str, findings)
    assert told.startswith(f"report.yaml:{place}: C105 YAML 格式有误。")
    assert told.endswith(said)


def test_a_key_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tables.yaml"
    path.write_text("表01:\n  标题: 甲\n  标题: 乙\n", encoding="utf-8")
    findings = Findings()
    assert read_yaml(path, findings) is None
    assert list(map(str, findings)) == ["tables.yaml:3:3: C102 “标题”写了两次。请只保留一项。"]
