"""The guide's walk-through for a new province, done as it is written, prints what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.cli.app import run

ROOT = Path(__file__).parents[1]
ZIBO = ROOT / "examples" / "zibo-2021"
BUNDLE = Path("我的模板") / "final-accounts" / "shaanxi-2021"
GUIDE = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
PART = re.search(r"^# 第二部分 .*?(?=^# 第三部分 模板)", GUIDE, re.DOTALL | re.MULTILINE)
STEP = re.compile(
    r"写 `(?P<file>[^`]+)`：\n\n```\w*\n(?P<text>.*?)```|(?P<shown>(?:^    [^\n]*\n|^\n(?=    ))+)",
    re.DOTALL | re.MULTILINE,
)
REASONS = ("资金增加", "人员增加", "压减一般性支出", "运维费用增加", *["上级下达的资金增加"] * 4)


def commands(shown: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines that it prints; …… stands for others."""
    found: list[tuple[str, list[str]]] = []
    for line in map(str.strip, shown.splitlines()):
        if line.startswith("reportgen "):
            found.append((line, []))
        elif found and line not in ("", "……"):
            found[-1][1].append(line)
    return found


def missing(printed: str, wanted: list[str]) -> list[str]:
    """The first wanted line that isn't printed after those before it; …… ends one cut short."""
    lines = iter(line.strip() for line in printed.splitlines())
    return [line for line in wanted if not any(is_shown(line, found) for found in lines)][:1]


def is_shown(line: str, printed: str) -> bool:
    return printed.startswith(line[:-2]) if line.endswith("……") else printed == line


def fill_in() -> None:
    """What 三 says of the folder: last year's tables, report.yaml, 文字.md."""
    shutil.copy(ZIBO / "决算表.xlsx", "试填")
    settings = Path("试填/report.yaml")
    given = {"单位": "淄博高新技术产业开发区人社中心", "层级": "部门", "年度": "2021", "上年": "有"}
    lines = settings.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("  项目:")]
    filled = [f"{key}: {given[key]}" if (key := line[:2]) in given else line for line in kept]
    settings.write_text("\n".join(filled) + "\n", encoding="utf-8")
    texts = "# 职责\n\n负责全区的就业创业和社会保障工作。\n\n# 机构设置\n\n没有下属单位。\n"
    Path("试填/文字.md").write_text(texts, encoding="utf-8")


def fill_in_figures() -> None:
    """What 四 says of 补充数据.xlsx: last year's totals, the budget and its items."""
    budget = openpyxl.load_workbook(ZIBO / "补充数据.xlsx")["年初预算"]
    items: list[tuple[Any, ...]] = [
        row[:3] for row in budget.iter_rows(min_row=3, values_only=True)
    ]
    book = openpyxl.load_workbook("试填/补充数据.xlsx")
    book["上年数"]["D3"] = book["上年数"]["D4"] = 2000
    put(book["年初预算"], 3, [(None, "合计", sum(item[2] for item in items)), *items])
    book.save("试填/补充数据.xlsx")


def fill_in_reasons() -> None:
    book = openpyxl.load_workbook("试填/原因.xlsx")
    sheet = book["原因"]
    column = [cell.value for cell in sheet[1]].index("原因") + 1
    assert sheet.max_row == len(REASONS) + 1
    for row, reason in enumerate(REASONS, start=2):
        sheet.cell(row, column).value = reason
    book.save("试填/原因.xlsx")


def put(sheet: Worksheet, first: int, rows: list[tuple[Any, ...]]) -> None:
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


BY_HAND = {"init": fill_in, "--reasons": fill_in_reasons}
"""What is done by hand after a command with this word."""


def test_the_walk_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert PART
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTGEN_SOFFICE", "")
    BUNDLE.mkdir(parents=True)
    done: list[str] = []
    for step in STEP.finditer(PART[0]):
        if step["file"]:
            (BUNDLE / step["file"]).write_text(step["text"], encoding="utf-8")
            done.append(step["file"])
            continue
        for command, wanted in commands(step["shown"]):
            if " preview " in command:
                fill_in_figures()
            run(shlex.split(command)[1:])
            out, err = capsys.readouterr()
            assert missing(out, wanted) == [] or missing(err, wanted) == [], (command, out, err)
            done.append(command.split()[1])
            for word, by_hand in BY_HAND.items():
                if word in command.split():
                    by_hand()
    files = ["bundle.yaml", "wording.yaml", "narrative.md", "tables.yaml", "outline.yaml"]
    assert [name for name in done if "." in name] == files
    assert [name for name in done if "." not in name] == [
        *("templates", "templates", "init", "check", "preview", "check", "check"),
        *("templates", "templates", "render"),
    ]
    heading = "三、支出决算情况说明"
    narrative = BUNDLE / "narrative.md"
    text = narrative.read_text(encoding="utf-8").replace(heading, "三、支出情况说明")
    narrative.write_text(text, encoding="utf-8")
    run(["check", "试填", "--templates", "我的模板"])
    told = f"错误 final-accounts/shaanxi-2021/narrative.md 说明: W101 缺少标题“{heading}”。"
    assert f"    {told}\n" in PART[0]
    assert told in capsys.readouterr().out
