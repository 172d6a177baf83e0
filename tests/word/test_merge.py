"""``{% merge %}``: equal cells of looped rows become one, level inside level."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reportgen.findings import Place
from reportgen.language import Page
from reportgen.narrative import Wording
from reportgen.render.word.press import WordTemplate

LEVELS = ("一级", "二级", "三级")


def template(tmp_path: Path, levels: tuple[str, ...] = LEVELS[:2]) -> WordTemplate:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for cell, name in zip(table.rows[0].cells, LEVELS, strict=True):
        cell.text = name
    table.rows[1].cells[0].text = "{%tr for 行 in 指标 %}"
    for cell, name in zip(table.rows[2].cells, LEVELS, strict=True):
        tag = f"{{% merge 行.{name} %}}" if name in levels else ""
        cell.text = f"{tag}{{{{ 行.{name} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    path = tmp_path / "t.docx"
    document.save(str(path))
    return WordTemplate(path)


def rows(*texts: str) -> list[dict[str, str]]:
    return [dict(zip(LEVELS, text.split(), strict=True)) for text in texts]


def render(word: WordTemplate, indicators: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    """Every body row as (merge, text) of its cells."""
    page = Page(Place("t.docx"))
    content = word.render({"指标": indicators}, {}, Wording(), page)
    assert content is not None, [str(finding) for finding in page.findings]
    table = docx.Document(io.BytesIO(content)).tables[0]._tbl
    return [[_cell(cell) for cell in row.findall(qn("w:tc"))] for row in table.tr_lst[1:]]


def _cell(cell: Any) -> tuple[str, str]:
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    assert cell.findall(qn("w:p")), "a cell without a paragraph breaks the file"
    value = "" if merged is None else merged.get(qn("w:val"))
    return value, "".join(text.text or "" for text in cell.iter(qn("w:t")))


def test_equal_cells_are_merged_and_printed_once(tmp_path: Path) -> None:
    found = render(template(tmp_path), rows("产出 数量 a", "产出 数量 b", "效益 社会 c"))
    assert found == [
        [("restart", "产出"), ("restart", "数量"), ("", "a")],
        [("continue", ""), ("continue", ""), ("", "b")],
        [("restart", "效益"), ("restart", "社会"), ("", "c")],
    ]


def test_a_merge_never_crosses_the_group_to_its_left(tmp_path: Path) -> None:
    found = render(template(tmp_path), rows("甲 同 a", "乙 同 b", "乙 同 c"))
    assert [row[1][0] for row in found] == ["restart", "restart", "continue"]


def test_a_value_that_returns_begins_anew(tmp_path: Path) -> None:
    found = render(template(tmp_path), rows("甲 x a", "乙 x b", "甲 x c"))
    assert [row[0] for row in found] == [("restart", "甲"), ("restart", "乙"), ("restart", "甲")]


def test_three_levels(tmp_path: Path) -> None:
    found = render(template(tmp_path, LEVELS), rows("甲 x a", "甲 x a", "甲 y a"))
    assert [[cell[0] for cell in row] for row in found] == [
        ["restart", "restart", "restart"],
        ["continue", "continue", "continue"],
        ["continue", "restart", "restart"],
    ]


def test_documents_do_not_share_their_state(tmp_path: Path) -> None:
    word = template(tmp_path)
    first = render(word, rows("甲 x a"))
    assert (
        render(word, rows("甲 x a")) == first == [[("restart", "甲"), ("restart", "x"), ("", "a")]]
    )


def test_loops_inside_loops_have_states_of_their_own(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=5, cols=2)
    for row, text in enumerate(
        ("{%tr for 组 in 指标 %}", "{%tr for 行 in 组 %}", "", "{%tr endfor %}", "{%tr endfor %}")
    ):
        table.rows[row].cells[0].text = text or "{% merge 行 %}{{ 行 }}"
    document.save(str(tmp_path / "t.docx"))
    word = WordTemplate(tmp_path / "t.docx")
    content = word.render({"指标": [["甲"]] * 9}, {}, Wording(), Page(Place("")))
    assert content is not None
    merged = docx.Document(io.BytesIO(content)).element.body.iter(qn("w:vMerge"))
    assert [cell.get(qn("w:val")) for cell in merged] == ["restart"] * 9


@pytest.mark.parametrize("count", [1, 40])
def test_the_grid_stays_whole(tmp_path: Path, count: int) -> None:
    found = render(template(tmp_path), rows(*["甲 x a"] * count))
    assert {len(row) for row in found} == {3}
    assert [row[0][0] for row in found] == ["restart"] + ["continue"] * (count - 1)


def test_markup_of_markdown_never_reaches_word(tmp_path: Path) -> None:
    """段落 gives lines with breaks here; what they say is escaped for Word."""
    document = docx.Document()
    document.add_paragraph("{{ 文字|段落 }}")
    document.save(str(tmp_path / "t.docx"))
    text = "甲<w:p/>*乙*\n丙&丁"
    word = WordTemplate(tmp_path / "t.docx")
    content = word.render({"文字": text}, {}, Wording(), Page(Place("")))
    assert content is not None
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == text
