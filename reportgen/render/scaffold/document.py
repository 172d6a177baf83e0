"""The scaffold as a whole: cover, contents, the sections and tables of a bundle."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

from reportgen.model import Profile
from reportgen.narrative.numerals import chinese
from reportgen.render.scaffold.page import (
    clear_properties,
    continue_numbers,
    new_section,
    number_pages,
    set_page,
    text_width,
)
from reportgen.render.scaffold.styles import apply_styles
from reportgen.render.scaffold.tables import add_table

_SLOT = re.compile(r"\{([^{}]+)\}")


def draw(
    profiles: Sequence[Profile],
    sections: Sequence[str],
    heading: str,
    caption: Sequence[str],
    *,
    after: str = "",
    titles_only: bool = False,
) -> bytes:
    """Draw report.docx: the sections in order, the tables behind the first of them.

    Where ``after`` names a section they stand behind that. ``heading`` stands over the tables
    and ``caption`` over each of them; their {slots} become tags. With ``titles_only`` the
    tables are named and not printed.
    """
    document = docx.Document()
    clear_properties(document)
    apply_styles(document)
    _cover(document)
    _contents(document)
    numbered = new_section(document)
    number_pages(document, numbered)
    before_tables = after or next(iter(sections), "")
    for name in sections:
        document.add_paragraph(f"{{{{p {name} }}}}")
        if name == before_tables and profiles and titles_only:
            _titles(document, profiles, heading)
        elif name == before_tables and profiles:
            _tables(document, profiles, heading, "\t".join(caption))
            if name != sections[-1]:
                continue_numbers(new_section(document))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _cover(document: Document) -> None:
    set_page(document.sections[0])
    first = document.add_paragraph("{{ 单位 }}", style="Title")
    first.paragraph_format.space_before = Pt(180)
    document.add_paragraph("{{ 标题 }}", style="Title")
    document.add_paragraph("{%p if 封面.日期 %}")
    date = document.add_paragraph("{{ 封面.日期 }}", style="Subtitle")
    date.paragraph_format.space_before = Pt(240)
    document.add_paragraph("{%p endif %}")


def _contents(document: Document) -> None:
    new_section(document)
    heading = document.add_paragraph("目　　录", style="Subtitle")
    heading.paragraph_format.space_after = Pt(18)
    document.add_paragraph("{{p 目录 }}")
    width = text_width(document.sections[-1])
    for level in (1, 2):
        stops = document.styles[f"toc {level}"].paragraph_format.tab_stops
        stops.add_tab_stop(Twips(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _tagged(pattern: str) -> str:
    """A pattern of bundle.yaml as a template: {年度} becomes a tag."""
    return _SLOT.sub(r"{{ \1 }}", pattern)


def _tables(
    document: Document, profiles: Sequence[Profile], heading_text: str, caption: str
) -> None:
    for number, profile in enumerate(profiles, start=1):
        section = new_section(document, landscape=profile.landscape)
        continue_numbers(section)
        if number == 1 and heading_text:
            document.add_paragraph(_tagged(heading_text), style="Heading 1")
        heading = document.add_paragraph(style="Heading 2")
        heading.add_run(f"{chinese(number)}、{{{{ {profile.name}.标题 }}}}")
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        indent = heading._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "0")
        indent.set(qn("w:firstLine"), "0")
        _caption(document, profile, _tagged(caption), text_width(section))
        add_table(document, profile, text_width(section))
        _notes(document, profile)


def _titles(document: Document, profiles: Sequence[Profile], heading_text: str) -> None:
    document.add_paragraph(_tagged(heading_text), style="Heading 1")
    for number, profile in enumerate(profiles, start=1):
        text = f"{chinese(number)}、{{{{ {profile.name}.标题 }}}}"
        document.add_paragraph(text, style="Heading 2")


def _caption(document: Document, profile: Profile, line: str, width: int) -> None:
    label = document.add_paragraph(f"\t\t{{{{ {profile.name}.编号 }}}}", style="表头行")
    for paragraph in (label, document.add_paragraph(line, style="表头行")):
        _tabs(paragraph, width)


def _tabs(paragraph: Any, width: int) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Twips(width // 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Twips(width), WD_TAB_ALIGNMENT.RIGHT)


def _notes(document: Document, profile: Profile) -> None:
    name = profile.name
    document.add_paragraph(f"注：{{{{ {name}.注 }}}}", style="表注")
    if profile.empty:
        document.add_paragraph(f"{{%p if {name}.说明 %}}")
        document.add_paragraph(f"{{{{ {name}.说明 }}}}", style="表注")
        document.add_paragraph("{%p endif %}")
