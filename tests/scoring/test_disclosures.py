"""Disclosures print the scores that were left blank, cite how they came about, and count them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.language.marks import strip
from reportgen.model import Figure
from reportgen.model.formula import cells, names
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.prepare import prepare

EXAMPLES = Path(__file__).parents[2] / "examples"
BLANK = {"项目": ("自评得分", "自评等级"), "指标": ("得分",)}


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], tuple[Prepared, Prepared]]:
    """An example as it is, and with every score blank that can be computed."""
    known: dict[str, tuple[Prepared, Prepared]] = {}

    def of(name: str) -> tuple[Prepared, Prepared]:
        if name not in known:
            folder = tmp_path_factory.mktemp(name) / "报告"
            shutil.copytree(EXAMPLES / name, folder)
            _clear(folder / "项目.xlsx")
            known[name] = prepare(Job(EXAMPLES / name)), prepare(Job(folder))
        return known[name]

    return of


def _clear(path: Path) -> None:
    """Empty what the scores of indicators say; a project without any keeps what is typed."""
    book = openpyxl.load_workbook(path)
    scored = {row[0].value for row in book["指标"].iter_rows(min_row=2)}
    for sheet, columns in BLANK.items():
        rows = list(book[sheet].iter_rows())
        heads = {cell.value: number for number, cell in enumerate(rows[0])}
        for row in rows[1:]:
            if row[heads["项目名称"]].value in scored:
                for column in columns:
                    row[heads[column]].value = None
    book.save(path)


def _texts(found: Prepared) -> dict[str, str]:
    return {name: strip(section.markdown) for name, section in found.sections.items()}


def test_computed_scores_are_printed_as_the_published_ones(prepared: Any) -> None:
    """The two scores that seed 002 gave against its own rule are the only difference."""
    published, blank = map(_texts, prepared("jincheng-2022"))
    pairs = zip(published["附件"].split("\n"), blank["附件"].split("\n"), strict=True)
    changed = [(before, after) for before, after in pairs if before != after]
    assert len(changed) == 4  # two scores and the totals that they are part of
    assert any("9.33" in after for _, after in changed)
    assert any("17.65" in after for _, after in changed)


def test_a_computed_score_is_cited_with_its_formula_and_cells(prepared: Any) -> None:
    _, blank = prepared("jincheng-2022")
    figures = [figure for citation in blank.page.citations for figure in citation.figures]
    total = next(f for f in figures if isinstance(f, Figure) and f.name == "合计得分")
    assert names(total).startswith("合计得分＝")
    assert "执行率得分" in names(total)
    assert "项目.xlsx[资金]!" in cells(total)
    score = next(f for f in figures if "÷" in f.formula and f.name.endswith("得分") and f.places)
    assert score.formula in names(score)
    assert cells(score).startswith("项目.xlsx[")


def test_nothing_is_missed_where_scores_are_computed(prepared: Any) -> None:
    published, blank = prepared("jincheng-2022")
    known = {finding.code for finding in published.findings}
    assert [str(finding) for finding in blank.findings if finding.code not in known] == []


def test_computed_grades_are_counted(prepared: Any) -> None:
    """A form leaves out ten marks of its indicators: what is listed makes 88.29, which is 良."""
    published, blank = prepared("zibo-2021")
    names_ = [f"{grade}等项目数" for grade in "优良中差"]
    assert [int(published.context[name].value) for name in names_] == [37, 1, 0, 0]
    assert [int(blank.context[name].value) for name in names_] == [36, 2, 0, 0]
    assert "36个项目自评等级为优" in _texts(blank)["说明"]
    assert "88.29" in _texts(blank)["附件"]
