"""Markdown in Word: headings, paragraphs, lists and tables in the template's styles."""

from __future__ import annotations

import re

from reportgen.render.word.blocks import blocks
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
