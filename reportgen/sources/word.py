"""Where a paragraph of a Word file stands, in words a user can follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from reportgen.model import plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_PARTS = {
    "document": "",
    "header": "页眉 ",
    "footer": "页脚 ",
    "footnotes": "脚注 ",
    "endnotes": "尾注 ",
}
_TAG = re.compile(r"[{]{2}.*?[}]{2}|{%.*?%}", re.DOTALL)


def part_name(part: str) -> str:
    """What a part is called before a spot in it: 页眉, 页脚, …; '' for the body.

    >>> part_name("word/header2.xml"), part_name("word/document.xml")
    ('页眉 ', '')
    """
    return next((word for name, word in _PARTS.items() if part.startswith(f"word/{name}")), "")


def paragraphs(root: Any) -> Iterator[tuple[Any, str, str]]:
    """Every paragraph, its spot in words, and its text; deleted revisions left out."""
    tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), start=1)}
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        pieces = paragraph.iter(f"{W}t")
        text = "".join(piece.text or "" for piece in pieces if not _deleted(piece))
        yield paragraph, _spot(paragraph, number, tables), text


def spot_of(part: str, xml: str, words: str) -> str:
    """The spot of the first paragraph that holds the first tag of ``words``, or ''."""
    tag = _TAG.search(words)
    if part.startswith("docProps/"):
        return "文件属性"
    if tag is None:
        return ""
    wanted = plain(tag.group())
    root = etree.fromstring(xml.encode("utf-8"), PARSER)
    found = (spot for _, spot, text in paragraphs(root) if wanted in plain(text))
    spot = next(found, "")
    return part_name(part) + spot if spot else ""


def _deleted(piece: Any) -> bool:
    gone = (f"{W}del", f"{W}moveFrom")
    return any(parent.tag in gone for parent in piece.iterancestors())


def _spot(paragraph: Any, number: int, tables: Mapping[Any, int]) -> str:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is None:
        return f"第{number}段"
    row = cell.getparent()
    table = next(cell.iterancestors(f"{W}tbl"))
    rows = list(table.iterchildren(f"{W}tr"))
    cells = list(row.iterchildren(f"{W}tc"))
    return f"表{tables[table]} 行{rows.index(row) + 1} 单元格{cells.index(cell) + 1}"
