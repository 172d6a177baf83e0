"""The order of elements that the schema of charts prescribes, and how to keep it."""

from __future__ import annotations

from typing import Any

from lxml import etree

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
    "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt"
)
ORDER = {
    name: tuple(children.split())
    for name, children in {
        "chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource "
        "protection chart spPr txPr externalData printSettings userShapes extLst",
        "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend "
        "plotVisOnly dispBlanksAs showDLblsOverMax extLst",
        "plotArea": "layout areaChart area3DChart lineChart line3DChart stockChart radarChart "
        "scatterChart pieChart pie3DChart doughnutChart barChart bar3DChart ofPieChart "
        "surfaceChart surface3DChart bubbleChart valAx catAx dateAx serAx dTable spPr extLst",
        "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
        "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth "
        "axId extLst",
        "pieChart": "varyColors ser dLbls firstSliceAng extLst",
        "ser": "idx order tx spPr invertIfNegative pictureOptions marker explosion dPt dLbls "
        "trendline errBars cat val smooth shape extLst",
        "catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
        "valAx": f"{_AXIS} crossBetween majorUnit minorUnit dispUnits extLst",
        "scaling": "logBase orientation max min extLst",
        "externalData": "autoUpdate",
        "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    }.items()
}


def put(parent: Any, child: Any) -> Any:
    """Put an element where the schema has it, in place of one that may stand there only once."""
    order = ORDER[etree.QName(parent).localname]
    name = etree.QName(child).localname
    for old in parent.findall(child.tag):
        if name not in ("ser", "dPt", "axId"):
            parent.remove(old)
    rank = order.index(name)
    for number, sibling in enumerate(parent):
        if order.index(etree.QName(sibling).localname) > rank:
            parent.insert(number, child)
            return child
    parent.append(child)
    return child


def element(xml: str) -> Any:
    """An element of charts (c:) or drawings (a:) from its text."""
    return etree.fromstring(
        f'<x xmlns:c="{C[1:-1]}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{xml}</x>'
    )[0]
