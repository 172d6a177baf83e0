"""Sections, footers and properties of the scaffold."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from reportgen.render.scaffold.styles import BOTTOM, LEFT, RIGHT, TOP

SHORT, LONG = Mm(210), Mm(297)
LANDSCAPE_SIDE, LANDSCAPE_TOP, LANDSCAPE_BOTTOM = Mm(20), Mm(22), Mm(20)


def set_page(section: Section, *, landscape: bool = False) -> None:
    """A4 upright with the margins of GB/T 9704, or lying for wide tables."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.page_width, section.page_height = width, height
    if landscape:
        section.left_margin = section.right_margin = LANDSCAPE_SIDE
        section.top_margin, section.bottom_margin = LANDSCAPE_TOP, LANDSCAPE_BOTTOM
    else:
        section.left_margin, section.right_margin = LEFT, RIGHT
        section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.header_distance = Mm(15)
    section.footer_distance = Mm(12) if landscape else Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)


def text_width(section: Section) -> int:
    """The width between the margins in twips."""
    page, left, right = section.page_width, section.left_margin, section.right_margin
    assert page is not None
    assert left is not None
    assert right is not None
    return int((page - left - right) / 635)


def new_section(document: Document, *, landscape: bool = False) -> Section:
    """Begin a section on a new page; its footer is that of the one before."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, landscape=landscape)
    return section


def number_pages(document: Document, section: Section) -> None:
    """Number pages from here on from 1: — 1 — on the outer side, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section.footer.is_linked_to_previous = False
    section.even_page_footer.is_linked_to_previous = False
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    margins = section._sectPr.find(qn("w:pgMar"))
    assert margins is not None
    margins.addnext(start)


def continue_numbers(section: Section) -> None:
    """Let page numbers run on in a section copied from a numbered one."""
    for start in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(start)


def _number(paragraph: Any, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = align
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    side = "right" if align is WD_ALIGN_PARAGRAPH.RIGHT else "left"
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), "280")
    paragraph.add_run("— ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" —")


def add_field(paragraph: Any, code: str) -> None:
    """Append a field such as PAGE to a paragraph."""
    for kind in ("begin", "", "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else None)
        if kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


_UNUSED = ("/thumbnail", "/customXml", "/stylesWithEffects", "/webSettings", "/numbering")
_HISTORY = ("w:rsids", "w:savePreviewPicture", "w:proofState", "w:zoom", "w:themeFontLang")


def clear_properties(document: Document) -> None:
    """No author, no history, no part that nothing uses: the title is all a property says."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = "{{ 单位 }}{{ 标题 }}"
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_UNUSED):
                del relations[key]
    settings = document.settings.element
    for name in _HISTORY:
        for element in settings.findall(qn(name)):
            settings.remove(element)
    spacing = settings.find(qn("w:characterSpacingControl"))
    if spacing is not None:
        spacing.set(qn("w:val"), "compressPunctuation")
