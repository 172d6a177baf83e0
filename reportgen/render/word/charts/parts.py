"""Chart parts in a package: names, relationships and content types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reportgen.model.chart import Chart
from reportgen.sources.word import PARSER
from reportgen.sources.word_charts import RELATIONS, related, relations_of

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMPTY = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
_NUMBERED = re.compile(r"word/(?:charts/chart|embeddings/\D*)(\d+)\.\w+")
_BOOK = "Microsoft_Excel_Sheet"


@dataclass(frozen=True, slots=True)
class Part:
    """A chart that stands in the document; ``drawn`` is the template's part that it refills."""

    chart: Chart
    relation: str
    drawn: str = ""


@dataclass
class ChartParts:
    """The parts that charts add or change: XML with marks, and workbooks as they are."""

    marked: dict[str, bytes] = field(default_factory=dict)
    books: dict[str, bytes] = field(default_factory=dict)


def free_relations(parts: Mapping[str, bytes], count: int) -> list[str]:
    """Ids of relationships that the document doesn't have."""
    if not count:
        return []
    taken = {one.get("Id") for one in _parsed(parts, RELATIONS)}
    names = (f"rId{number}" for number in range(1, len(taken) + count + 1))
    return [name for name in names if name not in taken][:count]


def chart_parts(parts: Mapping[str, bytes], wanted: Sequence[Part]) -> ChartParts:
    """Make the charts, and enter them in the package."""
    # python-pptx is imported only where a chart exists
    from reportgen.render.word.charts.make import WORKBOOK, make, refill

    made = ChartParts()
    types, relations = _parsed(parts, _TYPES), _parsed(parts, RELATIONS)
    number = max((int(n) for n in _NUMBERED.findall("\n".join(parts))), default=0)
    for one in wanted:
        number += 1
        book = f"word/embeddings/{_BOOK}{number}.xlsx"
        if one.drawn:
            own = relations_of(one.drawn)
            links, relation, book = _linked(parts, one.drawn, book)
            chart, name = refill(parts[one.drawn], one.chart, relation), one.drawn
        else:
            name = f"word/charts/chart{number}.xml"
            own, links = relations_of(name), etree.fromstring(_EMPTY, PARSER)
            _relate(links, WORKBOOK, "package", f"../{book.removeprefix('word/')}")
            _relate(relations, one.relation, "chart", name.removeprefix("word/"))
            _typed(types, "Override", "PartName", f"/{name}", _CHART_TYPE)
            chart = make(one.chart)
        made.marked[name], made.marked[own] = chart.xml, _written(links)
        made.books[book] = chart.book
    _typed(types, "Default", "Extension", "xlsx", _BOOK_TYPE)
    made.marked[_TYPES], made.marked[RELATIONS] = _written(types), _written(relations)
    return made


def _linked(parts: Mapping[str, bytes], drawn: str, free: str) -> tuple[Any, str, str]:
    """A drawn chart's relationships, the one with its workbook, and the workbook's part.

    A workbook that lies elsewhere, or is none of today's, makes room for one in the file.
    """
    links = _parsed(parts, relations_of(drawn))
    targets = related(parts.get(relations_of(drawn), b""), drawn)
    for link in links:
        if link.get("Type", "").endswith(("/package", "/oleObject")):
            target = targets.get(link.get("Id", ""), "")
            if link.get("Type", "").endswith("/package") and target.endswith(".xlsx"):
                return links, link.get("Id", ""), target
            links.remove(link)
    taken = {link.get("Id") for link in links}
    relation = next(i for n in range(1, len(taken) + 2) if (i := f"rId{n}") not in taken)
    _relate(links, relation, "package", f"../{free.removeprefix('word/')}")
    return links, relation, free


def _relate(relations: Any, identity: str, kind: str, target: str) -> None:
    attributes = {"Id": identity, "Type": f"{_OFFICE}/{kind}", "Target": target}
    etree.SubElement(relations, f"{{{_PACKAGE}/relationships}}Relationship", attributes)


def _typed(types: Any, element: str, attribute: str, value: str, kind: str) -> None:
    """A content type, unless it is stated already; defaults stand before overrides."""
    tag = f"{{{_PACKAGE}/content-types}}{element}"
    if any(one.get(attribute, "").lower() == value.lower() for one in types.iter(tag)):
        return
    entry = etree.Element(tag, {attribute: value, "ContentType": kind})
    types.insert(0, entry) if element == "Default" else types.append(entry)


def _parsed(parts: Mapping[str, bytes], name: str) -> Any:
    return etree.fromstring(parts.get(name, _EMPTY), PARSER)


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
