"""Small pieces of charts: text in the fonts of both scripts, fills, lines, labels."""

from __future__ import annotations

from typing import Any

from reportgen.render.word.charts.order import element

FONTS = (
    '<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Times New Roman"/>'
    '<a:ea typeface="宋体"/><a:cs typeface="Times New Roman"/>'
)
TEXT, SMALL = 900, 800  # hundredths of a point
UPRIGHT = ' rot="-5400000" vert="horz"'
COLOURS = (
    *("1F4E79", "F4B183", "548235", "FFE699", "7F6000", "9DC3E6"),
    *("833C0B", "C5E0B3", "5B3A8C", "F8CBAD", "404040", "BDD7EE"),
)
"""Dark and light in turn: neighbours differ when they are printed in grey."""
VALUES = "showVal"
_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")


def colour(number: int) -> str:
    """The colour of a series or slice, as a fill."""
    return f'<a:solidFill><a:srgbClr val="{COLOURS[number % len(COLOURS)]}"/></a:solidFill>'


def line(shade: str) -> str:
    """A thin line."""
    return f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{shade}"/></a:solidFill></a:ln>'


def text(size: int, turned: str = "") -> Any:
    """How the texts of a chart or an axis look."""
    return element(_look(size, turned))


def labels(
    form: str,
    position: str,
    *shown: str,
    turned: str = "",
    fill: str = "<a:noFill/>",
    leader: bool = False,
) -> Any:
    """What stands beside each point; ``shown`` are Val, Percent, CatName."""
    flags = "".join(f'<c:show{name} val="{int(name in shown)}"/>' for name in _SHOWN)
    lines = '<c:showLeaderLines val="1"/>' if leader else ""
    return element(
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/>'
        f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>{_look(SMALL, turned)}"
        f'<c:dLblPos val="{position}"/>{flags}<c:separator>\n</c:separator>{lines}</c:dLbls>'
    )


def _look(size: int, turned: str) -> str:
    return (
        f"<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{size}" b="0">{FONTS}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
