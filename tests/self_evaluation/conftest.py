"""What tests of the self-evaluation forms share: forms pressed from projects."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.findings import Finding, Findings, Place
from reportgen.language import Citation, Page
from reportgen.language.marks import strip
from reportgen.model import RELATIONS, Figure, Kind, Project
from reportgen.pipeline.layouts import template_environment
from reportgen.render.markdown import press_markdown
from reportgen.render.word.press import WordTemplate
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.scoring import ScoredProject, score_project
from reportgen.sources.projects import read_projects

ROOT = Path(__file__).parents[2]
BOOKS = {
    "shanxi": ROOT / "examples" / "jincheng-2022" / "项目.xlsx",
    "shandong": ROOT / "examples" / "zibo-2021" / "项目.xlsx",
}
YEARS = {"shanxi": 2022, "shandong": 2021}


@dataclass(frozen=True)
class Made:
    """A form as Word and Markdown, what was cited, and what was found while it was made."""

    word: bytes
    markdown: str
    citations: Sequence[Citation]
    findings: Sequence[Finding]

    @property
    def tables(self) -> list[list[list[tuple[str, str]]]]:
        """The Word tables: every cell as (merge, text)."""
        body = docx.Document(io.BytesIO(self.word)).element.body
        return [
            [[_cell(cell) for cell in row.findall(qn("w:tc"))] for row in table.iter(qn("w:tr"))]
            for table in body.findall(qn("w:tbl"))
        ]

    @property
    def rows(self) -> list[list[str]]:
        """The texts of every row of every table."""
        return [[text for _, text in row] for table in self.tables for row in table]

    @property
    def paragraphs(self) -> list[str]:
        """What stands outside the tables."""
        return [p.text for p in docx.Document(io.BytesIO(self.word)).paragraphs if p.text]


def _cell(cell: Any) -> tuple[str, str]:
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    value = "" if merged is None else merged.get(qn("w:val"), "continue")
    return value, "".join(text.text or "" for text in cell.iter(qn("w:t")))


@cache
def bundle_of(name: str) -> Bundle:
    """A bundle of self-evaluation without a fault."""
    findings = Findings()
    bundle = load_bundle(f"self-evaluation/{name}", search_path(), findings)
    assert bundle is not None, list(findings)
    return bundle


@cache
def word_of(name: str) -> WordTemplate:
    """Its Word template."""
    path = bundle_of(name).file("report.docx")
    assert path is not None
    return WordTemplate(path)


@cache
def projects_of(name: str) -> Mapping[str, Project]:
    """The projects of its example by their names."""
    findings = Findings()
    return {one.name: one for one in read_projects([BOOKS[name]], findings)}


def names_of(name: str) -> dict[str, Any]:
    """What a form knows beside its project."""
    weights = bundle_of(name).scoring.weights
    return {
        **{relation: relation for relation in RELATIONS},
        **FUNCTIONS,
        "年度": YEARS[name],
        "上年度": YEARS[name] - 1,
        "单位": "",
        "执行率满分": Figure("执行率满分", Decimal(weights.execution), Kind.SCORE),
        "指标满分": Figure("指标满分", Decimal(weights.indicators), Kind.SCORE),
    }


def scored(name: str, project: Project) -> ScoredProject:
    """A project with its scores; what is found on the way is another test's matter."""
    return score_project(project, bundle_of(name).scoring, Findings())


def make(name: str, project: Project) -> Made:
    """The form of a project."""
    bundle, context = bundle_of(name), {**names_of(name), "项目": scored(name, project)}
    page, other = Page(Place("form.docx")), Page(Place("form.md"))
    pressed = word_of(name).press(context, {}, bundle.wording, page)
    environment = template_environment(bundle)
    layout = bundle.template_name("report.md")
    marked = press_markdown(environment, layout, context, {}, bundle.wording, other)
    assert pressed is not None, [str(finding) for finding in page.findings]
    assert marked is not None, [str(finding) for finding in other.findings]
    found = [*page.findings, *other.findings]
    return Made(pressed.content, strip(marked), page.citations, found)
