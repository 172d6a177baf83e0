"""Cold start, reading, Markdown and Word, each beside the library it stands on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import openpyxl
import pytest
from docxtpl import DocxTemplate

from reportgen.bundle import load
from reportgen.checks import word
from reportgen.checks.template import parsed
from reportgen.findings import Findings, Place, Severity
from reportgen.language import PAGE, Page, Safe, compile_expression, compile_rule
from reportgen.language.marks import read
from reportgen.narrative import WORDING, rules_environment
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.layouts import template_environment
from reportgen.pipeline.prepare import prepare
from reportgen.render.markdown import render_markdown
from reportgen.render.word.blocks import blocks
from reportgen.render.word.press import WordTemplate
from reportgen.sources.tables import read_tables

pytestmark = pytest.mark.speed
EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"
Compare = Callable[..., float]


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(Job(EXAMPLE))


def test_cold_start(compare: Compare) -> None:
    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    compare(
        "reportgen --help",
        lambda: run("-m", "reportgen", "--help"),
        "import typer",
        lambda: run("-c", "import typer"),
    )


def test_reading(compare: Compare, prepared: Prepared) -> None:
    assert prepared.bundle is not None
    profiles, path = prepared.bundle.profiles, EXAMPLE / "决算表.xlsx"

    def plain() -> int:
        book = openpyxl.load_workbook(path, data_only=True)
        return sum(1 for sheet in book for row in sheet.iter_rows() for _ in row)

    compare(
        "read ten tables",
        lambda: read_tables([path], profiles, Findings()),
        "openpyxl, cells only",
        plain,
    )


def _cells() -> int:
    """Every cell of the example's workbooks, as openpyxl reads them."""
    books = (openpyxl.load_workbook(path, data_only=True) for path in EXAMPLE.glob("*.xlsx"))
    return sum(1 for book in books for sheet in book for row in sheet.iter_rows() for _ in row)


def _forget() -> None:
    """Empty what is kept between documents of one process."""
    load._LOADED.clear()
    for kept in (
        compile_expression,
        compile_rule,
        rules_environment,
        template_environment,
        parsed,
        word._read,
    ):
        kept.cache_clear()


def test_check(compare: Compare, prepared: Prepared) -> None:
    def ours() -> Prepared:
        return prepare(Job(EXAMPLE), layouts=("report.md",))

    def first() -> Prepared:
        _forget()
        return ours()

    assert ours().judged.count(Severity.ERROR) == 0
    floor = "openpyxl, cells of the same workbooks"
    compare("check, first of a process", first, floor, _cells, settled=True)
    assert compare("check", ours, floor, _cells, settled=True) <= 3


def test_markdown(compare: Compare, prepared: Prepared) -> None:
    bundle = prepared.bundle
    assert bundle is not None
    environment = template_environment(bundle)

    def ours() -> str | None:
        page = Page(Place(""))
        return render_markdown(
            environment,
            bundle.template_name("report.md"),
            prepared.context,
            prepared.sections,
            bundle.wording,
            page,
        )

    pieces: list[str] = []
    values: list[str] = []
    for section in prepared.sections.values():
        text, spans = read(section.markdown)
        position = 0
        for span in spans:
            pieces.append(text[position : span.start])
            pieces.append(f"{{{{ values[{len(values)}] }}}}")
            values.append(text[span.start : span.end])
            position = span.end
        pieces.append(text[position:])
    template = jinja2.Environment(autoescape=True).from_string("".join(pieces))
    compare(
        "Markdown of tables and text, with citations",
        ours,
        "jinja2, ready-made strings, text only",
        lambda: template.render(values=values),
        rounds=21,
    )


def test_word(compare: Compare, prepared: Prepared) -> None:
    bundle = prepared.bundle
    assert bundle is not None
    path = bundle.file("report.docx")
    assert path is not None
    template = WordTemplate(path)
    sections = {
        name: Safe(blocks(section.markdown, template.styles))
        for name, section in prepared.sections.items()
    }

    def press() -> bytes | None:
        page = Page(Place(""))
        return template.render(prepared.context, prepared.sections, bundle.wording, page)

    def first() -> bytes | None:
        page = Page(Place(""))
        fresh = WordTemplate(path)
        return fresh.render(prepared.context, prepared.sections, bundle.wording, page)

    def plain() -> None:
        names = {**prepared.context, **sections, "目录": Safe("<w:p/>")}
        names |= {PAGE: Page(Place("")), WORDING: bundle.wording}
        from reportgen.narrative import narrative_environment
        from reportgen.render.word.xml import escape_text

        document = DocxTemplate(path)
        document.render(names, jinja_env=narrative_environment(escape_text))

    for name, work in (("Word, template compiled before", press), ("Word, first document", first)):
        ratio = compare(name, work, "docxtpl, open and render", plain, rounds=5)
        assert ratio < 1, "slower than the library it replaces"
