"""A form that was edited in Word, put into a document of other styles."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from reportgen.findings import Place
from reportgen.language import Page, PlacedForm
from reportgen.narrative.forms import FormLayout
from reportgen.render.word.forms import FormBodies
from reportgen.render.word.press import WordTemplate
from reportgen.render.word.styles import Styles
from tests.self_evaluation.conftest import bundle_of, names_of, projects_of, scored

BODY, STYLES = "word/document.xml", "word/styles.xml"
WIDE = Styles({"表格文字": "T9", "表注": "N9", "body text": "B9"}, 8844)


def edited(path: Path, **changes: tuple[str, str]) -> WordTemplate:
    """Shanxi's form with patterns of its body (or of its styles) replaced."""
    source = bundle_of("shanxi").file("report.docx")
    assert source is not None
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for part in ("document", "styles"):
                if part in changes and name == f"word/{part}.xml":
                    text, count = re.subn(*changes[part], data.decode("utf-8"))
                    assert count
                    data = text.encode("utf-8")
            new.writestr(name, data)
    return WordTemplate(path)


def body(template: WordTemplate, styles: Styles = WIDE) -> str | None:
    bundle, page = bundle_of("shanxi"), Page(Place("narrative.md"))
    project = next(one for one in projects_of("shanxi").values() if one.is_published)
    page.forms.append(PlacedForm(1, scored("shanxi", project), ()))
    layout = FormLayout("form.md", bundle.wording, names_of("shanxi"))
    return FormBodies(template, layout, page).body(1, styles)


def test_styles_are_those_of_the_document(tmp_path: Path) -> None:
    found = body(edited(tmp_path / "t.docx", document=("w:body", "w:body")))
    assert found is not None
    assert set(re.findall(r'w:pStyle w:val="([^"]*)"', found)) == {"T9", "N9"}
    assert "绩效自评表<" not in found  # the title is the document's own heading


def test_what_word_writes_into_paragraphs_is_left_out(tmp_path: Path) -> None:
    changes = (r"<w:p>", '<w:p w14:paraId="12AB34CD" w:rsidR="00AB">')
    found = body(edited(tmp_path / "t.docx", document=changes))
    assert found is not None
    assert "w14:" not in found


@pytest.mark.parametrize("foreign", ['<w:pict r:id="rId9"/>', "<mc:AlternateContent/>"])
def test_a_form_with_a_picture_stays_a_table_of_markdown(tmp_path: Path, foreign: str) -> None:
    changes = (r"</w:p><w:tbl>", f"<w:r>{foreign}</w:r></w:p><w:tbl>")
    assert body(edited(tmp_path / "t.docx", document=changes)) is None


def test_a_form_is_as_wide_as_its_page_allows(tmp_path: Path) -> None:
    template = edited(tmp_path / "t.docx", document=("w:body", "w:body"))
    found = body(template) or ""
    assert {int(width) for width in re.findall(r"\ue0f2\d+/(\d+)/0", found)} == {8844}
    narrow = body(template, Styles(WIDE.ids, 5000)) or ""
    assert {int(width) for width in re.findall(r"\ue0f2\d+/(\d+)/0", narrow)} == {9866 - 1134}


def test_rows_of_a_form_may_be_lower_in_a_report(tmp_path: Path) -> None:
    found = body(edited(tmp_path / "t.docx", document=("w:body", "w:body"))) or ""
    assert 'w:trHeight w:val="235"' in found


def test_a_number_without_a_form_is_none(tmp_path: Path) -> None:
    template = edited(tmp_path / "t.docx", document=("w:body", "w:body"))
    bundle, page = bundle_of("shanxi"), Page(Place("narrative.md"))
    layout = FormLayout("form.md", bundle.wording, names_of("shanxi"))
    assert FormBodies(template, layout, page).body(1, WIDE) is None


@pytest.mark.parametrize(
    ("tag", "code"), [("项目.指标[0].分值 ** 99", "T105"), ("项目.年度目的", "T101")]
)
def test_a_tag_that_fails_is_told(tmp_path: Path, tag: str, code: str) -> None:
    template = edited(tmp_path / "t.docx", document=(r"项目\.年度目标 }}", f"{tag} }}}}"))
    bundle, page = bundle_of("shanxi"), Page(Place("narrative.md"))
    project = next(one for one in projects_of("shanxi").values() if one.is_published)
    page.forms.append(PlacedForm(1, scored("shanxi", project), ()))
    layout = FormLayout("form.md", bundle.wording, names_of("shanxi"))
    FormBodies(template, layout, page).body(1, WIDE)
    assert [finding.code for finding in page.findings] == [code]
    assert "t.docx" in str(next(iter(page.findings)))
