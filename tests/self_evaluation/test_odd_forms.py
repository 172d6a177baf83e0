"""Forms of odd projects: nothing is lost, nothing breaks the frame."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from reportgen.model import Fund, Project
from tests.self_evaluation.conftest import BOOKS, Made, make, projects_of

NAMES = sorted(BOOKS)
MOST = 32_767  # characters in a cell of a workbook


def first(name: str) -> Project:
    return next(one for one in projects_of(name).values() if one.is_published)


def written(project: Project, **fields: object) -> Project:
    return replace(project, fields={**project.fields, **fields})


def rows_of(made: Made) -> list[list[str]]:
    """The rows of the table of indicators, but for its head and the total."""
    return [[text for _, text in row] for row in made.tables[1][1:-1]]


@pytest.mark.parametrize("name", NAMES)
def test_the_longest_text_is_printed_whole(name: str) -> None:
    text = "长" * MOST
    made = make(name, written(first(name), 年度目标=text))
    assert any(text in row for row in made.rows)
    assert text in made.markdown


@pytest.mark.parametrize("name", NAMES)
def test_what_looks_like_markup_stays_text(name: str) -> None:
    text = "=cmd|' /C calc'!A0 & <w:p> 甲|乙 😀"
    made = make(name, written(first(name), 实际完成情况=text))
    assert any(text in row for row in made.rows)
    assert "甲\\|乙" in made.markdown


@pytest.mark.parametrize("name", NAMES)
def test_without_funds_the_cells_of_the_total_are_blank(name: str) -> None:
    made = make(name, replace(first(name), funds=()))
    assert made.findings == []
    row = next(row for row in made.rows if any("资金总额" in text for text in row))
    assert [text for text in row if text] in (["资金总额："], ["年度资金总额", "10"])


@pytest.mark.parametrize("name", NAMES)
def test_a_source_says_only_what_is_given(name: str) -> None:
    project = first(name)
    made = make(name, replace(project, funds=(*project.funds, Fund("其他资金", {}))))
    assert made.findings == []
    row = next(row for row in made.rows[::-1] if "其他资金" in row)
    assert [text for text in row if text] == ["其他资金"]


@pytest.mark.parametrize("name", NAMES)
def test_forty_indicators_have_forty_rows_and_merged_classes(name: str) -> None:
    project = first(name)
    count = len(project.indicators)
    many = [number * count // 40 for number in range(40)]
    project = replace(
        project,
        indicators=tuple(project.indicators[n] for n in many),
        indicator_rows=tuple(project.indicator_rows[n] for n in many),
    )
    made = make(name, project)
    rows = rows_of(made)
    assert len(rows) == 40
    classes = [fields["一级指标"] for fields in project.indicators]
    assert sum(1 for row in rows if row[1]) == len(dict.fromkeys(classes))
    assert [row[0] for row in rows if row[0]] == [rows[0][0]]


@pytest.mark.parametrize("name", NAMES)
def test_blank_cells_of_an_indicator_stay_blank(name: str) -> None:
    project = first(name)
    blank = {**project.indicators[0], "偏差原因分析及改进措施": None, "年初指标值": None}
    made = make(name, replace(project, indicators=(blank, *project.indicators[1:])))
    assert made.findings == []
    assert rows_of(made)[0][-1] == ""


@pytest.mark.parametrize("name", NAMES)
def test_the_head_of_the_indicators_is_repeated_and_no_row_of_theirs_is_torn(name: str) -> None:
    made = make(name, first(name))
    tables = docx.Document(io.BytesIO(made.word)).element.body.findall(qn("w:tbl"))
    head, *rows = tables[1].findall(qn("w:tr"))
    assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_a4_and_its_first_page_has_no_number(name: str) -> None:
    document = docx.Document(io.BytesIO(make(name, first(name)).word))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.footer._element.xml
    assert not section.first_page_footer.paragraphs[0].text
