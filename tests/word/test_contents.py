"""The contents: our own field, its page numbers from LibreOffice where it is installed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from reportgen.cli.app import run
from reportgen.findings import Place
from reportgen.language import Page
from reportgen.narrative import Section, Wording
from reportgen.render.word.pages import page_numbers, soffice
from reportgen.render.word.press import WordTemplate

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice, poppler"
)


@pytest.fixture
def word(tmp_path: Path) -> WordTemplate:
    document = docx.Document()
    document.add_paragraph("{{p 目录 }}")
    document.add_paragraph("{{p 说明 }}")
    document.save(str(tmp_path / "t.docx"))
    return WordTemplate(tmp_path / "t.docx")


SECTIONS = {"说明": Section("说明", "# 甲 & <乙>\n\n文字\n\n## 一、丙\n\n文字\n\n### （一）丁\n")}


def entries(content: bytes) -> list[tuple[str, str]]:
    """The text and the number of each line of the contents."""
    body = docx.Document(io.BytesIO(content)).element.body
    found = []
    for link in body.iter(qn("w:hyperlink")):
        texts = [text.text or "" for text in link.iter(qn("w:t"))]
        found.append((texts[0], "".join(texts[1:])))
    return found


def test_without_numbers_the_field_is_marked_for_refresh(word: WordTemplate) -> None:
    content = word.render({}, SECTIONS, Wording(), Page(Place("")))
    assert content is not None
    assert entries(content) == [("甲 & <乙>", ""), ("一、丙", "")]
    xml = docx.Document(io.BytesIO(content)).element.xml
    assert xml.count('w:dirty="true"') == 1


def test_with_numbers_they_stand_in_the_field(word: WordTemplate) -> None:
    probes: list[bytes] = []

    def paginate(probe: bytes) -> dict[int, int]:
        probes.append(probe)
        return {0: 3, 1: 12}

    content = word.render({}, SECTIONS, Wording(), Page(Place("")), paginate)
    assert content is not None
    assert entries(content) == [("甲 & <乙>", "3"), ("一、丙", "12")]
    xml = docx.Document(io.BytesIO(content)).element.xml
    assert "w:dirty" not in xml
    assert "@@" not in xml
    assert "@@1@" in docx.Document(io.BytesIO(probes[0])).element.xml
    begins = xml.count('w:fldCharType="begin"')
    assert begins == xml.count('w:fldCharType="end"') == 3


def test_every_entry_leads_to_a_bookmark(word: WordTemplate) -> None:
    content = word.render({}, SECTIONS, Wording(), Page(Place("")))
    assert content is not None
    body = docx.Document(io.BytesIO(content)).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert names == anchors
    assert len(set(names)) == 2


def test_no_office_gives_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_SOFFICE", "no-such-program")
    assert soffice() is None
    assert page_numbers(b"") is None


def test_a_broken_office_gives_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_SOFFICE", "false")
    assert page_numbers(b"probe") is None


@pytest.mark.office
@needs_office
def test_the_numbers_are_those_on_the_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example's headings stand on the pages that its contents name."""
    assert run(["render", str(EXAMPLE), "-o", str(tmp_path), "-f", "docx"]) == 0
    assert "目录页码已按 LibreOffice 的排版填入。" in capsys.readouterr().out
    [file] = tmp_path.glob("*.docx")
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(file)], check=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-layout", str(file.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages = {}
    for page in text.split("\f"):
        numbers = re.findall(r"—\s*(\d+)\s*—", page)  # the last one is the foot's
        if numbers:
            pages[int(numbers[-1])] = "".join(page.split())
    listed = entries(file.read_bytes())
    assert len(listed) > 30
    for heading, number_text in listed:
        assert "".join(heading.split()) in pages[int(number_text)], heading
