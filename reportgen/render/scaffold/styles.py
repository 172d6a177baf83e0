"""Page and styles of GB/T 9704-2012: A4, 仿宋三号, 28.95 pt, 黑体 and 楷体 headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

LATIN = "Times New Roman"
BODY, HEI, KAI, TITLE, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
LINE = Pt(28.95)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@dataclass(frozen=True)
class Look:
    """What one style looks like; sizes in points, indents in characters."""

    font: str
    size: float
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: int = 0
    line: float | None = LINE.pt
    keep: bool = False
    new_page: bool = False
    before: float = 0
    after: float = 0


_CENTER, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
LOOKS = {
    "Normal": Look(BODY, 16),
    "Body Text": Look(BODY, 16, indent=2),
    "Heading 1": Look(TITLE, 22, _CENTER, line=36, keep=True, new_page=True, after=14),
    "Heading 2": Look(HEI, 16, _LEFT, indent=2, keep=True),
    "Heading 3": Look(KAI, 16, _LEFT, indent=2, keep=True),
    "Heading 4": Look(BODY, 16, _LEFT, indent=2, keep=True),
    "Title": Look(TITLE, 28, _CENTER, line=None, after=24),
    "Subtitle": Look(TITLE, 26, _CENTER, line=None),
    "toc 1": Look(HEI, 14, _LEFT, line=24),
    "toc 2": Look(BODY, 14, _LEFT, line=24, indent=2),
    "表题": Look(HEI, 16, _CENTER, keep=True, line=28.95),
    "表头行": Look(SONG, 9, _LEFT, line=None, keep=True),
    "表格文字": Look(SONG, 9, _LEFT, line=None),
    "表注": Look(SONG, 9, _LEFT, line=None, before=3),
    "Footer": Look(SONG, 14, _LEFT, line=None),
}
_KEPT = {name.lower() for name in LOOKS} | {"table grid"}


def apply_styles(document: Document) -> None:
    """Set every style of the page; theme fonts go, for they would win over ours."""
    _clear_defaults(document)
    _prune(document)
    for name, look in LOOKS.items():
        _apply(_style(document, name), look)


def set_fonts(properties: Any, font: str) -> None:
    """Latin text in Times New Roman, Chinese in ``font``; theme attributes removed.

    The hint makes quotation marks, which both scripts have, Chinese.
    """
    fonts = properties.get_or_add_rFonts()
    for theme in _THEME:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def set_language(properties: Any) -> None:
    """Text is Chinese: its commas and stops stand at the foot of the line, left."""
    language = properties.find(qn("w:lang"))
    if language is None:
        language = properties.makeelement(qn("w:lang"), {})
        properties.append(language)
    language.set(qn("w:eastAsia"), "zh-CN")


def _prune(document: Document) -> None:
    """Take out the styles that nothing uses, and links to them."""
    root = document.styles.element
    for style in list(root.findall(qn("w:style"))):
        name = style.find(qn("w:name")).get(qn("w:val"))
        kept = style.get(qn("w:default")) == "1" or name.lower() in _KEPT
        if not kept:
            root.remove(style)
            continue
        for link in style.findall(qn("w:link")):
            style.remove(link)


def _clear_defaults(document: Document) -> None:
    root = document.styles.element
    for properties in root.iter(qn("w:rPr")):
        fonts = properties.find(qn("w:rFonts"))
        if fonts is not None:
            for theme in _THEME:
                fonts.attrib.pop(qn(f"w:{theme}"), None)


def _style(document: Document, name: str) -> Any:
    if name not in document.styles:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    return document.styles[name]


def _apply(style: Any, look: Look) -> None:
    style.font.size = Pt(look.size)
    style.font.bold = False
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    set_fonts(style.element.get_or_add_rPr(), look.font)
    if look.font != SONG and style.name != "Normal":  # lines of tables stay as high as they are
        set_language(style.element.rPr)
    border = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if border is not None:
        style.element.pPr.remove(border)
    paragraph = style.paragraph_format
    paragraph.alignment = look.align
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.keep_with_next = look.keep
    paragraph.page_break_before = look.new_page
    paragraph.widow_control = True
    if look.line is None:
        paragraph.line_spacing = 1.0
    else:
        paragraph.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.line_spacing = Pt(look.line)
    _indent(paragraph, look)


def _indent(paragraph: Any, look: Look) -> None:
    """First-line indent in characters, so that it follows the font size."""
    paragraph.first_line_indent = Pt(look.size * look.indent)
    indent = paragraph.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(look.indent * 100))
