"""自评表(目): the form of a project in a disclosure, as another bundle prints it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from reportgen.language.documents import STYLES, word_lines
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import markdown, word
from reportgen.render.word.press import Pressed, open_template
from reportgen.sources.word_styles import Outline
from tests.self_evaluation.conftest import ROOT, make, projects_of

FOLDER = ROOT / "examples" / "jincheng-2022"
PUBLISHED = [one for one in projects_of("shanxi").values() if one.is_published]


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(Job(FOLDER))


@pytest.fixture(scope="module")
def pressed(prepared: Prepared) -> Pressed:
    made = word(prepared)
    assert made is not None
    return made


def annexed(pressed: Pressed) -> Iterator[list[list[str]]]:
    """The rows of each form's three tables in the Word file."""
    tables = docx.Document(io.BytesIO(pressed.content)).element.body.findall(qn("w:tbl"))[10:]
    for first in range(0, len(tables), 3):
        yield [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for table in tables[first : first + 3]
            for row in table.findall(qn("w:tr"))
        ]


def test_the_annex_holds_the_forms_of_a_batch(pressed: Pressed) -> None:
    assert list(annexed(pressed)) == [make("shanxi", one).rows for one in PUBLISHED]


def test_figures_are_cited_once_for_both_formats(prepared: Prepared, pressed: Pressed) -> None:
    assert prepared.page is not None
    marked = markdown(prepared)
    assert marked is not None
    forms = prepared.page.forms
    assert [len(one.citations) for one in forms] == [27, 31, 27, 29, 31, 27]
    later = prepared.page.citations[forms[-1].citations[-1].number :]
    places = {place.file for one in later for figure in one.figures for place in figure.places}
    assert places == {"决算表.xlsx"}  # the published tables, which the layouts print
    parts = {STYLES: docx_part(pressed, STYLES), **pressed.marked}
    cited = {span.number for line in word_lines(parts) for span in line.spans}
    assert {one.number for form in forms for one in form.citations} <= cited


def docx_part(pressed: Pressed, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(pressed.content)) as archive:
        return archive.read(name)


def test_a_form_stands_under_the_heading_of_the_document(pressed: Pressed) -> None:
    document = docx.Document(io.BytesIO(pressed.content))
    headings = [p for p in document.paragraphs if p.text.endswith("项目支出绩效自评表")]
    titles = [p.text for p in headings if p.style and p.style.name == "Heading 2"]
    assert titles == [f"{one.name}项目支出绩效自评表" for one in PUBLISHED]
    breaks = [p.paragraph_format.page_break_before for p in headings if p.text in titles]
    assert breaks == [None, True, True, True, True, True]


def test_markdown_has_no_gaps_where_forms_begin(prepared: Prepared) -> None:
    text = markdown(prepared)
    assert text is not None
    assert "\n\n\n" not in text


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Prepared]:
    """The example with the templates changed: files by name, each with (old, new)."""

    def prepare_changed(**changes: tuple[str, str]) -> Prepared:
        templates = tmp_path / "templates"
        shutil.copytree(ROOT / "templates", templates)
        for name, (old, new) in changes.items():
            path = templates / "final-accounts" / "shanxi-2022" / name.replace("_", ".")
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        return prepare(Job(FOLDER, templates))

    return prepare_changed


def said(prepared: Prepared, code: str) -> list[str]:
    return [str(finding) for finding in prepared.findings if finding.code == code]


NAMED = "自评表: self-evaluation/shanxi\n"


def test_a_narrative_without_a_bundle_of_forms_says_so(changed: Callable[..., Prepared]) -> None:
    found = said(changed(bundle_yaml=(NAMED, "")), "T105")
    assert len(found) == 1
    assert "没有写自评表用哪一套版面" in found[0]
    assert "narrative.md" in found[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [("self-evaluation/shanx", "找不到"), ("final-accounts/shanxi-2021", "不是自评表的模板")],
)
def test_a_wrong_bundle_of_forms_is_a_finding(
    changed: Callable[..., Prepared], name: str, words: str
) -> None:
    found = said(changed(bundle_yaml=(NAMED, f"自评表: {name}\n")), "C104")
    assert len(found) == 1
    assert words in found[0]


def test_a_form_of_something_else_is_a_finding(changed: Callable[..., Prepared]) -> None:
    found = said(changed(narrative_md=("自评表(目)", "自评表(年度)")), "T105")
    assert found
    assert "要写一个项目" in found[0]


def test_without_a_word_layout_the_tables_of_markdown_stand_there(prepared: Prepared) -> None:
    assert prepared.bundle
    assert prepared.page
    path = prepared.bundle.file("report.docx")
    assert path
    template = open_template(path, prepared.findings)
    assert template
    made = template.press(
        prepared.context, prepared.sections, prepared.bundle.wording, prepared.page
    )
    assert made
    text = "".join(line.text for line in word_lines(dict(made.marked)))
    assert "市县区财政资金" in text
    assert not re.search("[\ue000-\uf8ff]", text)
    assert Outline.read(docx_part(made, STYLES))


def test_the_title_of_a_form_stands_in_the_middle(pressed: Pressed) -> None:
    paragraphs = docx.Document(io.BytesIO(pressed.content)).paragraphs
    titles = [p for p in paragraphs if p.text.endswith("项目支出绩效自评表") and p.style]
    assert len(titles) == len(PUBLISHED)
    assert all(title.alignment is WD_ALIGN_PARAGRAPH.CENTER for title in titles)
