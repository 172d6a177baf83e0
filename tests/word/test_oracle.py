"""docxtpl as the oracle: our patching and rendering equal its own by canonical XML."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from lxml import etree
from markupsafe import Markup

from reportgen.findings import Place
from reportgen.language import PAGE, Page, Safe
from reportgen.language.marks import strip_bytes
from reportgen.narrative import WORDING as WORDING_NAME
from reportgen.narrative import Wording, narrative_environment
from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare
from reportgen.render.word import merge
from reportgen.render.word.blocks import blocks
from reportgen.render.word.patch import patch
from reportgen.render.word.press import WordTemplate
from reportgen.render.word.sections import settled
from reportgen.render.word.xml import escape_text

WORDING = Wording()


def canonical(xml: bytes) -> bytes:
    """Canonical XML without blanks between elements and empty text runs' order kept."""
    parser = etree.XMLParser(remove_blank_text=False)
    root = etree.fromstring(xml, parser)
    for element in root.iter():
        for name in [name for name in element.attrib if "rsid" in name]:
            del element.attrib[name]  # we take the record of sittings out
        if element.text is not None and not element.text.strip() and len(element):
            element.text = None
        if element.tail is not None and not element.tail.strip():
            element.tail = None
    return etree.tostring(root, method="c14n")


def cell_with(cell: Any, *texts: str) -> None:
    """Put a text into a cell, split over runs as Word splits it."""
    for text in texts:
        cell.paragraphs[0].add_run(text)


def loop_table(document: Any, start: str, cells: list[str], end: str) -> Any:
    table = document.add_table(rows=3, cols=len(cells))
    cell_with(table.rows[0].cells[0], start)
    for cell, text in zip(table.rows[1].cells, cells, strict=True):
        cell_with(cell, text)
    cell_with(table.rows[2].cells[0], end)
    return table


def plain(document: Any) -> None:
    document.add_paragraph("单位：{{ unit }}，金额 {{ amount }}。")


def split_runs(document: Any) -> None:
    paragraph = document.add_paragraph()
    for piece in ("甲{", "{ un", "it ", "}", "} 乙 {", "% if flag %}是{% else", " %}否{% endif %}"):
        paragraph.add_run(piece)


def rows(document: Any) -> None:
    loop_table(
        document, "{%tr for r in rows %}", ["{{ r.name }}", "{{ r.value }}"], "{%tr endfor %}"
    )


def nested(document: Any) -> None:
    document.add_paragraph("{%p for r in rows %}")
    document.add_paragraph("{{ loop.index }}、{{ r.name }}")
    document.add_paragraph("{%p for v in r.list %}")
    document.add_paragraph("　{{ v }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


def columns(document: Any) -> None:
    table = document.add_table(rows=2, cols=3)
    for row, inner in zip(table.rows, ("{{ v }}", "{{ v }}!"), strict=True):
        for cell, text in zip(
            row.cells, ("{%tc for v in values %}", inner, "{%tc endfor %}"), strict=True
        ):
            cell_with(cell, text)


def runs(document: Any) -> None:
    paragraph = document.add_paragraph("前")
    paragraph.add_run("{%r if flag %}")
    paragraph.add_run("中").bold = True
    paragraph.add_run("{%r endif %}")
    paragraph.add_run("后")


def comments(document: Any) -> None:
    document.add_paragraph("甲{# 注释 #}乙")
    document.add_paragraph("{#p 整段 #}")


def dashes(document: Any) -> None:
    document.add_paragraph("开头")
    document.add_paragraph("{%- if flag %}接上{%- endif %}")
    document.add_paragraph("{% if flag -%}")
    document.add_paragraph("接下")
    document.add_paragraph("{% endif %}尾")


def colspan(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    cell_with(table.rows[0].cells[0], "{% colspan span %}", "{{ unit }}")


def background(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    cell_with(table.rows[0].cells[0], "{% cellbg colour %}", "{{ unit }}")


def vertical(document: Any) -> None:
    loop_table(
        document,
        "{%tr for r in rows %}",
        ["{% vm %}{{ unit }}", "{{ r.value }}"],
        "{%tr endfor %}",
    )


def horizontal(document: Any) -> None:
    table = document.add_table(rows=1, cols=3)
    texts = ("{%tc for v in values %}", "{% hm %}{{ unit }}", "{%tc endfor %}")
    for cell, text in zip(table.rows[0].cells, texts, strict=True):
        cell_with(cell, text)


def text_box(document: Any) -> None:
    run = document.add_paragraph()._p.add_r()
    run.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
            "<w:txbxContent><w:p><w:r><w:t>框内 {{ unit }}</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict>"
        )
    )


def blocks_and_runs(document: Any) -> None:
    document.add_paragraph("{{p block }}")
    paragraph = document.add_paragraph("前")
    paragraph.add_run("{{r piece }}")
    paragraph.add_run("后")


def quotes(document: Any) -> None:
    document.add_paragraph("{{ names[“甲”] }} {% if amount > 3 %}大{% endif %}")


TEMPLATES = {
    function.__name__: function
    for function in (
        plain,
        split_runs,
        rows,
        nested,
        columns,
        runs,
        comments,
        dashes,
        colspan,
        background,
        vertical,
        horizontal,
        text_box,
        blocks_and_runs,
        quotes,
    )
}


def build(name: str) -> bytes:
    document = docx.Document()
    TEMPLATES[name](document)
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉 {{ unit }}"
    section.footer.paragraphs[0].text = "页脚 {{ amount }}"
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "第二节 {{ unit }}"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


FILES = {name: build(name) for name in TEMPLATES}
CONTEXT: dict[str, Any] = {
    "unit": "某局A&B<5%",
    "amount": 7,
    "flag": True,
    "span": 2,
    "colour": "FFEE00",
    "values": ["一", "二", "三", "四"],
    "names": {"甲": "乙"},
    "block": Markup("<w:p><w:r><w:t>一段</w:t></w:r></w:p><w:p><w:r><w:t>又一段</w:t></w:r></w:p>"),
    "piece": Markup("<w:r><w:rPr><w:b/></w:rPr><w:t>粗体</w:t></w:r>"),
    "rows": [
        {"name": "甲\n换行", "value": "1", "list": ["a", "b"]},
        {"name": "乙\t制表", "value": "2", "list": []},
    ],
}


def by_docxtpl(data: bytes, context: dict[str, Any]) -> dict[str, bytes]:
    """Body, headers and footers as docxtpl renders them, autoescape on."""
    template = DocxTemplate(io.BytesIO(data))
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template.render(context, environment)
    buffer = io.BytesIO()
    template.save(buffer)
    return _texts(buffer.getvalue())


def by_us(data: bytes, context: dict[str, Any], tmp_path: Path) -> dict[str, bytes]:
    path = tmp_path / "t.docx"
    path.write_bytes(data)
    page = Page(Place("t.docx"))
    ready = {k: Safe(v) if isinstance(v, Markup) else v for k, v in context.items()}
    content = WordTemplate(path).render(ready, {}, WORDING, page)
    assert content is not None, [str(finding) for finding in page.findings]
    assert not list(page.findings)
    return _texts(content)


def _texts(data: bytes) -> dict[str, bytes]:
    document = docx.Document(io.BytesIO(data))
    found = {"body": document.element.body}
    for number, section in enumerate(document.sections):
        found[f"header{number}"] = section.header._element
        found[f"footer{number}"] = section.footer._element
    return {name: canonical(etree.tostring(element)) for name, element in found.items()}


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_patching_equals_docxtpl(name: str) -> None:
    xml = docx.Document(io.BytesIO(FILES[name])).element.body
    source = etree.tostring(xml, encoding="unicode")
    assert patch(source) == DocxTemplate.patch_xml(None, source)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_rendering_equals_docxtpl(name: str, tmp_path: Path) -> None:
    ours, theirs = by_us(FILES[name], CONTEXT, tmp_path), by_docxtpl(FILES[name], CONTEXT)
    assert ours == theirs


WORDS = st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs", "Co", "Cn", "Cc")), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(unit=WORDS, table=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_generated_records_equal_docxtpl(
    unit: str, table: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    records = [{"name": name, "value": value, "list": [name]} for name, value in table]
    context = {**CONTEXT, "unit": unit, "rows": records}
    folder = tmp_path_factory.mktemp("generated")
    name = sorted(TEMPLATES)[len(unit + str(table)) % len(TEMPLATES)]
    ours, theirs = by_us(FILES[name], context, folder), by_docxtpl(FILES[name], context)
    assert ours == theirs


FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="2"><w:p><w:r><w:t>注：{{ unit }}'
    "{% if flag %}，是{% endif %}</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
OVERRIDE = (
    '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.footnotes+xml"/></Types>'
)
RELATION = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
)


def with_footnotes(data: bytes) -> bytes:
    """The file with a part of footnotes, which python-docx can't make."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            text = source.read(info)
            if info.filename == "[Content_Types].xml":
                text = text.replace(b"</Types>", OVERRIDE.encode())
            if info.filename == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", RELATION.encode())
            target.writestr(info, text)
        target.writestr("word/footnotes.xml", FOOTNOTES)
    return buffer.getvalue()


def test_footnotes_equal_docxtpl(tmp_path: Path) -> None:
    data = with_footnotes(FILES["plain"])
    template = DocxTemplate(io.BytesIO(data))
    template.render(CONTEXT, Environment(autoescape=True, undefined=StrictUndefined))
    theirs = io.BytesIO()
    template.save(theirs)
    path = tmp_path / "t.docx"
    path.write_bytes(data)
    ours = WordTemplate(path).render(CONTEXT, {}, WORDING, Page(Place("")))
    assert ours is not None
    read = [
        zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml")
        for content in (ours, theirs.getvalue())
    ]
    assert canonical(read[0]) == canonical(read[1])
    assert "注：某局A&amp;B&lt;5%，是".encode() in read[0]


def test_the_bundles_template_equals_docxtpl() -> None:
    """The disclosure's own template and data, rendered by docxtpl with our environment."""
    prepared = prepare(Job(Path(__file__).parents[2] / "examples" / "jincheng-2022"))
    bundle = prepared.bundle
    assert bundle is not None
    path = bundle.file("report.docx")
    assert path is not None
    word = WordTemplate(path)
    sections = {n: Safe(blocks(s.markdown, word.styles)) for n, s in prepared.sections.items()}

    def names() -> dict[str, Any]:
        page: dict[str, Any] = {PAGE: Page(Place("")), merge.STATES: {}}
        return {
            **prepared.context,
            **sections,
            "目录": Safe("<w:p/>"),
            WORDING_NAME: bundle.wording,
            **page,
        }

    [body] = [part for part in word.parts if part.name == "word/document.xml"]
    template = DocxTemplate(path)
    template.render(names(), narrative_environment(escape_text))
    theirs = etree.tostring(template.docx.element, encoding="utf-8")
    ours = canonical(strip_bytes(body.render(names())))
    assert ours == canonical(settled(strip_bytes(theirs)))
