"""A finished file is clean: ids, relationships, grids, cells, properties, fonts."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"
EXPLICIT = ("/header", "/footer", "/hyperlink", "/image", "/chart", "/package", "/footnotes")
PARSER = etree.XMLParser(resolve_entities=False)


@pytest.fixture(scope="module")
def content() -> bytes:
    prepared = prepare(Job(EXAMPLE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_SOFFICE", "")
        files = compose(prepared, ["docx"]).files
    [data] = files.values()
    return data


@pytest.fixture(scope="module")
def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"], PARSER)


def test_ids_are_unique(body: etree._Element) -> None:
    marks = Counter(mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart")))
    names = Counter(mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart")))
    ends = Counter(mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd")))
    assert len(marks) > 30
    assert set(marks.values()) == set(names.values()) == {1}
    assert marks == ends


def test_every_relationship_is_used_and_every_target_there(parts: dict[str, bytes]) -> None:
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"], PARSER)
    text = parts["word/document.xml"].decode()
    asked = set(re.findall(r'r:(?:id|embed)="([^"]+)"', text))
    found = {relation.get("Id"): relation for relation in relations}
    assert asked <= found.keys()
    for key, relation in found.items():
        assert f"word/{relation.get('Target')}" in parts
        if (relation.get("Type") or "").endswith(EXPLICIT):
            assert key in asked


def test_every_part_has_a_content_type(parts: dict[str, bytes]) -> None:
    types = etree.fromstring(parts["[Content_Types].xml"], PARSER)
    named = {(t.get("PartName") or "").lstrip("/") for t in types if t.get("PartName")}
    assert named <= parts.keys()


def test_grids_match_their_rows(body: etree._Element) -> None:
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) == 10 + 18  # the published tables, and three for each of six forms
    for table in tables:
        grid = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        for row in table.findall(qn("w:tr")):
            assert sum(_span(cell) for cell in row.findall(qn("w:tc"))) == grid


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else int(span.get(qn("w:val")) or 1)


def test_no_cell_is_empty(body: etree._Element) -> None:
    for cell in body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_head_rows_repeat_and_rows_stay_whole(body: etree._Element) -> None:
    """Of a form that is so for its indicators; its texts may be longer than a page."""
    tables = list(body.iter(qn("w:tbl")))
    for table in (*tables[:10], *tables[11::3]):
        rows = table.findall(qn("w:tr"))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(r.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for r in rows)


def test_properties_hold_the_title_only(parts: dict[str, bytes]) -> None:
    core = etree.fromstring(parts["docProps/core.xml"], PARSER)
    assert [child.tag.rpartition("}")[2] for child in core] == ["title"]
    assert core[0].text == "晋城市人力资源和社会保障局2022年度单位决算公开"
    assert len(etree.fromstring(parts["docProps/app.xml"], PARSER)) == 0
    joined = b"".join(parts.values())
    for trace in (b"python-docx", b"rsid", b"/home/", b"Macintosh", b"comments"):
        assert trace not in joined


def test_fonts_are_named_and_not_of_the_theme(parts: dict[str, bytes]) -> None:
    styles = etree.fromstring(parts["word/styles.xml"], PARSER)
    fonts = list(styles.iter(qn("w:rFonts")))
    assert fonts
    for font in fonts:
        assert not [key for key in font.attrib if "Theme" in str(key) or "theme" in str(key)]
    named = {
        style.find(qn("w:name")).get(qn("w:val")): style.find(f".//{qn('w:rFonts')}")  # type: ignore[union-attr]
        for style in styles.iter(qn("w:style"))
    }
    east = {name: font.get(qn("w:eastAsia")) for name, font in named.items() if font is not None}
    assert east["heading 2"] == "黑体"
    assert east["heading 3"] == "楷体_GB2312"
    assert east["Body Text"] == "仿宋_GB2312"


def test_python_docx_opens_it(content: bytes) -> None:
    document = docx.Document(io.BytesIO(content))
    assert len(document.tables) == 28
    assert document.core_properties.author == ""


def test_same_input_same_bytes(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    again = compose(prepare(Job(EXAMPLE)), ["docx"]).files
    assert list(again.values()) == [content]
