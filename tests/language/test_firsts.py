"""The first of a list that is empty: which list it is, where the page knows it by name."""

from __future__ import annotations

import pytest

from reportgen.findings import Place
from reportgen.language import PAGE, Page
from reportgen.narrative import WORDING, Wording, narrative_environment


def told(source: str) -> list[str]:
    """What is found wrong with a template where 评价 is an empty list."""
    page = Page(Place("narrative.md"))
    names = {"评价": [], "项目": [{"名": "甲"}, {"名": "乙"}], PAGE: page, WORDING: Wording()}
    text = narrative_environment().from_string(source).render(names)
    return [finding.message for finding in page.findings] or [text]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ (评价|first).项目 }}", "这里要用的清单“评价”没有数据。"),
        ("{{ (评价|last).金额|金额 }}", "这里要用的清单“评价”没有数据。"),
        ("{% set 首 = 评价|first %}{{ 首.项目 }}", "这里要用的清单“评价”没有数据。"),
        ("{{ ([]|first).项目 }}", "这里要用的清单没有数据。"),
        ("{{ (评介|first).项目 }}", "未知的名称“评介”。"),
        ("{{ (项目|first).名 }}{{ (项目|last).名 }}", "甲乙"),
    ],
)
def test_the_list_is_named(source: str, expected: str) -> None:
    assert told(source) == [expected]
