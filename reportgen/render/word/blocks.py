"""A section of Markdown as WordprocessingML, in the template's own styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.language.marks import chart_number, strip
from reportgen.render.word.styles import Styles
from reportgen.render.word.xml import escape_text, paragraph, run

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_NARROWEST, _WIDEST = 5, 24
_KEPT_WHOLE = 16  # rows: a table of at most so many is not torn by a page's end


Draw = Callable[[int], str | None]
"""The body elements of a chart by its number; ``None`` where there is no such chart."""


def blocks(markdown: str, styles: Styles, draw: Draw = lambda _: None) -> str:
    """Return the body elements for a Markdown text; citation marks pass through."""
    tokens = _PARSER.parse(markdown)
    return "".join(_elements(tokens, styles, draw))


def _elements(tokens: Sequence[Token], styles: Styles, draw: Draw) -> Iterator[str]:
    """Headings, paragraphs and tables; items of lists are paragraphs that begin with a sign."""
    index = 0
    signs: list[int | None] = []
    sign = ""
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            style = styles.heading(int(token.tag[1]))
            yield paragraph(_inline(tokens[index + 1]), style)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            signs.append(int(token.attrGet("start") or 1) if ordered else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            signs.pop()
        elif token.type == "list_item_open":
            number = signs[-1]
            sign = f"{number}. " if number is not None else "· "
            signs[-1] = number + 1 if number is not None else None
        elif (drawn := _chart(tokens, index, draw)) is not None:
            yield drawn
            index = _end(tokens, index, "table_close")
        elif token.type == "paragraph_open":
            begun = run(sign) if sign else ""
            yield paragraph(begun + _inline(tokens[index + 1]), styles.id("body text", "正文文本"))
            sign = ""
        elif token.type in {"fence", "code_block"}:
            yield paragraph(run(token.content.rstrip("\n")), styles.id("body text", "正文文本"))
        elif token.type == "table_open":
            end = _end(tokens, index, "table_close")
            yield table(_rows(tokens[index:end]), styles)
            index = end
        index += 1


def _chart(tokens: Sequence[Token], index: int, draw: Draw) -> str | None:
    """The chart whose caption begins here, in place of its table."""
    if tokens[index].type != "paragraph_open":
        return None
    number = chart_number(tokens[index + 1].content)
    return draw(number) if number else None


def _end(tokens: Sequence[Token], start: int, kind: str) -> int:
    return next(index for index in range(start, len(tokens)) if tokens[index].type == kind)


def _inline(token: Token) -> str:
    """The runs of an inline token: text, emphasis and line breaks."""
    runs, bold, italic = [], 0, 0
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            bold += child.nesting
        elif child.type in ("em_open", "em_close"):
            italic += child.nesting
        elif child.type == "hardbreak":
            runs.append("<w:r><w:br/></w:r>")
        elif child.type == "softbreak":
            continue
        elif child.content:
            runs.append(run(child.content, bold=bold > 0, italic=italic > 0))
    return "".join(runs)


Cell = tuple[str, str, str]


def _rows(tokens: Sequence[Token]) -> list[list[Cell]]:
    """The cells of a table: runs, plain text and alignment."""
    rows: list[list[Cell]] = []
    align = ""
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrGet("style") or "").removeprefix("text-align:")
        elif token.type == "inline":
            rows[-1].append((_inline(token), strip(token.content), align))
    return rows


def table(rows: Sequence[Sequence[Cell]], styles: Styles) -> str:
    """A table over the whole text width; its head row is repeated, rows don't split."""
    widths = _widths(rows, styles.width)
    style = styles.id("table grid", "网格型")
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    head = (
        f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
    text = styles.id("表格文字", "body text")
    whole = len(rows) <= _KEPT_WHOLE
    body = "".join(
        _row(row, widths, text, first=number == 0, keep=whole and number < len(rows) - 1)
        for number, row in enumerate(rows)
    )
    return f"{head}{body}</w:tbl>{paragraph('', text)}"


def _row(row: Sequence[Cell], widths: Sequence[int], style: str, *, first: bool, keep: bool) -> str:
    repeated = "<w:tblHeader/>" if first else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + paragraph(runs, style, _properties("center" if first else align, keep=keep))
        + "</w:tc>"
        for (runs, _, align), width in zip(row, widths, strict=False)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _properties(align: str, *, keep: bool) -> str:
    """Alignment, and whether the row stays on a page with the next one."""
    aligned = f'<w:jc w:val="{escape_text(align)}"/>' if align in ("center", "right") else ""
    return ("<w:keepNext/>" if keep else "") + aligned


def _widths(rows: Sequence[Sequence[Cell]], total: int) -> list[int]:
    """Share the width by the longest text of each column, within bounds."""
    columns = max((len(row) for row in rows), default=1)
    longest = [
        max((len(row[number][1]) for row in rows if number < len(row)), default=0)
        for number in range(columns)
    ]
    weights = [2 * min(max(length, _NARROWEST), _WIDEST) + 3 for length in longest]
    return [total * weight // sum(weights) for weight in weights]
