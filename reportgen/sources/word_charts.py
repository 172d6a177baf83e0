"""Charts drawn in a Word template, to be filled: named by their alt text or title.

A chart is ours to fill where its alt text, its title in Word's dialogue, or the title printed
in it says 图表:收入构成.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from reportgen.sources.word import PARSER, W, paragraphs

BODY, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NAME = re.compile(r"\s*图表\s*[:：]\s*(.+?)\s*")
_CHART = b"drawingml/2006/chart"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of a template: its name, where it stands, its part, and what is drawn in it.

    The ``name`` is '' where the author gave none.
    ``kinds`` are the elements of its plots (barChart, pieChart, …), ``series`` how many it has.
    """

    name: str
    spot: str
    relation: str
    part: str
    kinds: tuple[str, ...]
    series: int


def chart_name(text: str) -> str:
    """The name in an alt text or title; '' where it names no chart.

    >>> chart_name("图表：收入构成 "), chart_name("一张图表")
    ('收入构成', '')
    """
    found = _NAME.fullmatch(text)
    return found.group(1) if found else ""


def drawn_charts(parts: Mapping[str, bytes]) -> tuple[Drawn, ...]:
    """The charts of a Word file's body, in their order."""
    body = parts.get(BODY, b"")
    if _CHART not in body:
        return ()
    return tuple(_drawn(etree.fromstring(body, PARSER), parts))


def _drawn(root: Any, parts: Mapping[str, bytes]) -> Iterator[Drawn]:
    targets = related(parts.get(RELATIONS, b""), BODY)
    for paragraph, spot, _ in paragraphs(root):
        for relation, place in places(paragraph).items():
            part = targets.get(relation, "")
            if part not in parts:
                continue
            try:
                space = etree.fromstring(parts[part], PARSER)
            except etree.XMLSyntaxError:  # a chart of no series fits nothing, and is told
                yield Drawn(_alt_name(place), spot, relation, part, (), 0)
                continue
            name = _alt_name(place) or chart_name(title_of(space))
            plots = [plot for plot in space.iter() if _is_plot(plot)]
            kinds = tuple(etree.QName(plot).localname for plot in plots)
            series = sum(len(plot.findall(f"{_C}ser")) for plot in plots)
            yield Drawn(name, spot, relation, part, kinds, series)


def places(paragraph: Any) -> dict[str, Any]:
    """The elements of a paragraph where charts stand, by their relationships."""
    return {
        place.get(f"{_R}id", ""): place
        for place in paragraph.iter(f"{_C}chart")
        if next(place.iterancestors(f"{W}p"), None) is paragraph
    }


def _alt_name(place: Any) -> str:
    frame = next(place.iterancestors(f"{_WP}inline", f"{_WP}anchor"), None)
    properties = None if frame is None else frame.find(f"{_WP}docPr")
    if properties is None:
        return ""
    return chart_name(properties.get("descr", "")) or chart_name(properties.get("title", ""))


def _is_plot(element: Any) -> bool:
    parent = element.getparent()
    within = parent is not None and parent.tag == f"{_C}plotArea"
    return within and isinstance(element.tag, str) and element.tag.endswith("Chart")


def title_of(space: Any) -> str:
    """The title printed in a chart."""
    title = space.find(f"{_C}chart/{_C}title")
    return "" if title is None else "".join(t.text or "" for t in title.iter(f"{_A}t"))


def related(relations: bytes, part: str) -> dict[str, str]:
    """The parts that a part is related to, by the ids of its relationships."""
    if not relations:
        return {}
    folder = dirname(f"/{part}")
    return {
        one.get("Id", ""): normpath(join(folder, one.get("Target", ""))).lstrip("/")
        for one in etree.fromstring(relations, PARSER)
        if one.get("TargetMode") != "External"
    }


def relations_of(part: str) -> str:
    """The name of the part that holds a part's relationships.

    >>> relations_of("word/charts/chart1.xml")
    'word/charts/_rels/chart1.xml.rels'
    """
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"
