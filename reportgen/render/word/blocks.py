"""A section of Markdown as WordprocessingML, in the template's own styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.language.marks import chart_number, form_number
from reportgen.render.word.inline import inline
from reportgen.render.word.styles import Styles
from reportgen.render.word.text_tables import table
from reportgen.render.word.xml import paragraph, run

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_NEW_PAGE = "<w:pageBreakBefore/>"
_CENTERED = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
_MARK = 3  # tokens of a paragraph or heading: its begin, what it holds, its end


Draw = Callable[[int], str | None]
"""The body elements of a chart or a form by its number; ``None`` where there is none."""


def _nothing(_number: int) -> None:
    return None


def blocks(markdown: str, styles: Styles, draw: Draw = _nothing, draw_form: Draw = _nothing) -> str:
    """Return the body elements for a Markdown text; citation marks pass through.

    A form that can't be drawn stands as its Markdown tables.
    """
    tokens, lines = _PARSER.parse(markdown), markdown.split("\n")
    pieces: list[str] = []
    start = 0
    for number, begin, end in _forms(tokens):
        pieces += _elements(tokens[start:begin], styles, draw, lines, above_form=True)
        drawn = draw_form(number)
        inside = tokens[begin + _MARK : end - _MARK]
        pieces += _elements(inside, styles, draw, lines) if drawn is None else [drawn]
        start = end
    pieces += _elements(tokens[start:], styles, draw, lines)
    return "".join(pieces)


def _forms(tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """The number of every form, and where the paragraphs with its marks begin and end."""
    number = begin = 0
    for index, token in enumerate(tokens):
        found = form_number(token.content) if token.type == "inline" else None
        if found:
            number, begin = found, index - 1
        elif found == 0 and number:
            yield number, begin, index + 2
            number = 0


def _elements(
    tokens: Sequence[Token],
    styles: Styles,
    draw: Draw,
    lines: Sequence[str],
    *,
    above_form: bool = False,
) -> Iterator[str]:
    """Headings, paragraphs and tables; items of lists are paragraphs that begin with a sign.

    After a rule (``---``) the next heading or paragraph begins a page. A heading right above a
    form is its title, and stands in the middle.
    """
    index = 0
    signs: list[int | None] = []
    sign = ""
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            style = styles.heading(int(token.tag[1]))
            is_title = above_form and index == len(tokens) - _MARK
            look = _page(tokens, index) + (_CENTERED if is_title else "")
            yield paragraph(inline(tokens[index + 1]), style, look)
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
            body = styles.id("body text", "正文文本")
            yield paragraph(begun + inline(tokens[index + 1]), body, _page(tokens, index))
            sign = ""
        elif token.type in {"fence", "code_block"}:
            yield paragraph(run(token.content.rstrip("\n")), styles.id("body text", "正文文本"))
        elif token.type == "table_open":
            end = _end(tokens, index, "table_close")
            yield table(tokens[index:end], lines, styles)
            index = end
        index += 1


def _page(tokens: Sequence[Token], index: int) -> str:
    """The property of a block that begins a page: it stands behind a rule."""
    return _NEW_PAGE if index and tokens[index - 1].type == "hr" else ""


def _chart(tokens: Sequence[Token], index: int, draw: Draw) -> str | None:
    """The chart whose caption begins here, in place of its table."""
    if tokens[index].type != "paragraph_open":
        return None
    number = chart_number(tokens[index + 1].content)
    return draw(number) if number else None


def _end(tokens: Sequence[Token], start: int, kind: str) -> int:
    return next(index for index in range(start, len(tokens)) if tokens[index].type == kind)
