"""The line a finding speaks of, and the caret below what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli.excerpt import excerpt
from reportgen.findings import Finding, Place, Severity
from reportgen.outputs.widths import columns


def _shown(
    folder: Path,
    text: str,
    column: int = 0,
    message: str = "有误。",
    room: int = 60,
    encoding: str = "utf-8",
) -> list[str]:
    (folder / "甲.md").write_text(text, encoding="utf-8")
    finding = Finding("T101", Severity.ERROR, Place.line("甲.md", 1, column), message)
    return excerpt(finding, [folder], room=room, encoding=encoding)


@pytest.mark.parametrize(
    ("text", "column", "caret"),
    [
        pytest.param("层及: 单位", 1, "^^^^", id="a Chinese key"),
        pytest.param("年度: 一 # 注", 5, "    " + "  "[:1] + "^", id="after Chinese"),
        pytest.param("\t层级: 单位", 2, " ^^^^", id="after a tab"),
        pytest.param("abc: 1", 1, "^^^", id="Latin"),
        pytest.param("甲", 9, "  ^", id="beyond the end"),
    ],
)
def test_the_caret_stands_below_the_column(
    tmp_path: Path, text: str, column: int, caret: str
) -> None:
    line, below = _shown(tmp_path, text, column)
    assert line.startswith("1 | ")
    if text.startswith("年度"):
        assert columns(below) == columns("1 | 年度: 一")
    else:
        assert below == f"  | {caret}"


def test_without_a_column_what_the_message_names_is_marked(tmp_path: Path) -> None:
    _, below = _shown(tmp_path, "  共{{ 收入总记|金额 }}", message="未知的名称“收入总记”。")
    assert below == "  |        ^^^^^^^^"
    _, below = _shown(tmp_path, "  甲甲", message="名称“甲”。")
    assert below == "  |   ^^"


@pytest.mark.parametrize("room", [20, 30, 47, 60, 90])
@pytest.mark.parametrize("at", [0, 40, 199])
def test_a_narrow_window_cuts_the_line_and_keeps_the_caret_in_sight(
    tmp_path: Path, room: int, at: int
) -> None:
    text = "长" * at + "错" + "长" * (200 - at)
    line, below = _shown(tmp_path, text, message="“错”。", room=room)
    assert columns(line) <= room
    assert columns(below) <= room
    start = columns(below) - 2
    assert columns(line[: line.index("错")]) == start
    assert ("..." in line) == (columns(text) + 4 > room)


def test_a_gbk_console_counts_its_own_signs(tmp_path: Path) -> None:
    _, below = _shown(tmp_path, "“𠮷”甲: 1", 4, encoding="gbk")
    assert below == "  |      ^^"
    line, below = _shown(tmp_path, "“𠮷”甲: 1", 4)
    assert (line, below) == ("1 | “𠮷”甲: 1", "  |     ^^")


@pytest.mark.parametrize(
    "place",
    [
        Place.line("没有.md", 1),
        Place.line("甲.md", 99),
        Place.line("甲.xlsx", 1),
        Place.line("乙.md", 1),
        Place.line("夹.md", 1),
        Place("甲.md"),
        Place.cell("甲.md", "乙", "A1"),
    ],
)
def test_no_line_no_excerpt(tmp_path: Path, place: Place) -> None:
    (tmp_path / "甲.md").write_text("甲\n", encoding="utf-8")
    (tmp_path / "甲.xlsx").write_text("甲\n", encoding="utf-8")
    (tmp_path / "乙.md").write_bytes("乙".encode("gbk"))
    (tmp_path / "夹.md").mkdir()
    finding = Finding("T101", Severity.ERROR, place, "有误。")
    assert excerpt(finding, [tmp_path], room=60, encoding="utf-8") == []


def test_a_line_that_a_terminal_would_obey(tmp_path: Path) -> None:
    line, _ = _shown(tmp_path, "甲\x1b[31m\u202e乙", 1)
    assert line == "1 | 甲?[31m?乙"
