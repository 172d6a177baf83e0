"""Markdown in Word: headings, paragraphs, lists and tables in the template's styles."""

from __future__ import annotations

import re

from reportgen.render.word.blocks import blocks
from reportgen.render.word.sections import settled
from reportgen.render.word.styles import Styles

STYLES = Styles({"heading 1": "H1", "body text": "Body", "table grid": "Grid"})


def texts(xml: str) -> list[str]:
    """The text of each paragraph that has one."""
    paragraphs = re.findall(r"<w:p>.*?</w:p>", xml)
    found = ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part)) for part in paragraphs]
    return [text for text in found if text]


def test_lists_keep_their_signs() -> None:
    xml = blocks("3. 甲\n4. 乙\n\n- 丙\n- 丁\n\n戊", STYLES)
    assert texts(xml) == ["3. 甲", "4. 乙", "· 丙", "· 丁", "戊"]


def test_lists_inside_lists() -> None:
    assert texts(blocks("1. 甲\n   - 乙\n2. 丙", STYLES)) == ["1. 甲", "· 乙", "2. 丙"]


def test_emphasis_and_breaks() -> None:
    xml = blocks("甲**乙**\\\n*丙*", STYLES)
    assert "<w:b/>" in xml
    assert "<w:i/>" in xml
    assert "<w:br/>" in xml


def test_html_is_text() -> None:
    assert texts(blocks("甲<b>乙</b>&amp;", STYLES)) == ["甲&lt;b&gt;乙&lt;/b&gt;&amp;"]


def widths(xml: str) -> list[int]:
    settled_xml = settled(xml.encode()).decode()
    return [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', settled_xml)]


def test_dashes_of_unequal_length_say_how_wide_the_columns_are() -> None:
    row = "| 甲 | 乙 | 丙 |\n|{}|{}|{}|\n| 一 | 二 | 三 |"
    alike = widths(blocks(row.format("---", ":---:", "---:"), STYLES))
    assert len(set(alike)) == 1
    first, second, third = widths(blocks(row.format("-" * 10, "-" * 30, "-" * 9 + ":"), STYLES))
    assert abs(second - 3 * first) <= 3
    assert third < first


def test_a_sign_that_other_programs_take_for_the_end_of_a_line_moves_no_widths() -> None:
    table = f"\n\n| 甲 | 乙 |\n|{'-' * 10}|{'-' * 30}|\n| 一 | 二 |"
    for sign in ("\u2028", "\x85", "\u2029"):
        assert widths(blocks(f"甲{sign}乙{table}", STYLES)) == widths(blocks(table, STYLES))


def test_empty_cells_at_the_left_belong_to_the_cells_above() -> None:
    lines = ["| 一级 | 二级 | 三级 |", "|---|---|---|", "| 甲 | 子 | 1 |"]
    lines += ["|  |  | 2 |", "|  | 丑 | 3 |", "| 乙 | 寅 |  |", "|  |  |  |"]
    xml = blocks("\n".join(lines), STYLES)
    rows = [re.findall(r"<w:tc>.*?</w:tc>", row) for row in re.findall(r"<w:tr>.*?</w:tr>", xml)]
    marks = {'<w:vMerge w:val="restart"/>': "始", "<w:vMerge/>": "续", "": "·"}
    found = ["".join(marks[(re.findall("<w:vMerge.*?/>", c) or [""])[0]] for c in r) for r in rows]
    assert found == ["···", "始始·", "续续·", "续··", "···", "···"]


def test_the_first_row_continues_nothing() -> None:
    assert "vMerge" not in blocks("| 甲 | 乙 |\n|---|---|\n|  | 1 |", STYLES)


def test_a_rule_begins_a_page() -> None:
    xml = blocks("甲\n\n---\n\n# 乙\n\n丙\n\n---\n\n丁", STYLES)
    paragraphs = re.findall(r"<w:p>.*?</w:p>", xml)
    assert ["pageBreakBefore" in each for each in paragraphs] == [False, True, False, True]
