"""Tables of Markdown as WordprocessingML: widths, alignment, cells merged downwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from markdown_it.token import Token

from reportgen.language.marks import strip
from reportgen.render.word.inline import inline
from reportgen.render.word.sections import of_width
from reportgen.render.word.styles import Styles
from reportgen.render.word.xml import escape_text, paragraph

_NARROWEST, _WIDEST = 5, 24
_KEPT_WHOLE = 16  # rows: a table of at most so many is not torn by a page's end
_BEGUN, _CONTINUED = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

Cell = tuple[str, str, str]
"""Runs, plain text and alignment."""


def table(tokens: Sequence[Token], lines: Sequence[str], styles: Styles) -> str:
    """A table over the whole text width; its head row is repeated, rows don't split.

    ``lines`` are those of the whole text: the line of dashes may say how wide the columns are.
    """
    rows = _rows(tokens)
    first_line = (tokens[0].map or [0])[0]
    widths = _widths(rows, _dashes(lines[first_line + 1]), styles.width)
    shown = [of_width(width, styles.width) for width in widths]
    style = styles.id("table grid", "网格型")
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    head = (
        f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{of_width(sum(widths), styles.width)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in shown)
        + "</w:tblGrid>"
    )
    text = styles.id("表格文字", "body text")
    whole = len(rows) <= _KEPT_WHOLE
    continued = [0, *map(_continued, rows[1:]), 0]
    continued[1] = 0  # nothing stands above the first row but the head
    body = "".join(
        _row(
            row,
            shown,
            text,
            _merges(continued[number], continued[number + 1], len(row)),
            first=number == 0,
            keep=whole and number < len(rows) - 1,
        )
        for number, row in enumerate(rows)
    )
    return f"{head}{body}</w:tbl>{paragraph('', text)}"


def _rows(tokens: Sequence[Token]) -> list[list[Cell]]:
    """The cells of a table."""
    rows: list[list[Cell]] = []
    align = ""
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrGet("style") or "").removeprefix("text-align:")
        elif token.type == "inline":
            rows[-1].append((inline(token), strip(token.content), align))
    return rows


def _continued(row: Sequence[Cell]) -> int:
    """How many cells at a row's left end are empty: they belong to the cells above."""
    empty = len(list(takewhile(lambda cell: not cell[1].strip(), row)))
    return empty if empty < len(row) else 0


def _merges(here: int, below: int, columns: int) -> list[str]:
    """What each cell of a row says of merging: those that continue, those that are continued."""
    begun = [_BEGUN if number < below else "" for number in range(columns)]
    return [_CONTINUED] * here + begun[here:]


def _row(
    row: Sequence[Cell],
    widths: Sequence[str],
    style: str,
    merges: Sequence[str],
    *,
    first: bool,
    keep: bool,
) -> str:
    repeated = "<w:tblHeader/>" if first else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}'
        '<w:vAlign w:val="center"/></w:tcPr>'
        + paragraph(runs, style, _properties("center" if first else align, keep=keep))
        + "</w:tc>"
        for (runs, _, align), width, merge in zip(row, widths, merges, strict=False)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _properties(align: str, *, keep: bool) -> str:
    """Alignment, and whether the row stays on a page with the next one."""
    aligned = f'<w:jc w:val="{escape_text(align)}"/>' if align in ("center", "right") else ""
    return ("<w:keepNext/>" if keep else "") + aligned


def _dashes(line: str) -> list[int]:
    """How many dashes each column has in the line under the head.

    >>> _dashes("| :---: |------|---:|")
    [3, 6, 3]
    """
    return [part.count("-") for part in line.split("|") if "-" in part]


def _widths(rows: Sequence[Sequence[Cell]], dashes: Sequence[int], total: int) -> list[int]:
    """Share the width as the dashes do; where all are alike, by each column's longest text."""
    columns = max((len(row) for row in rows), default=1)
    if len(dashes) == columns and len(set(dashes)) > 1:
        return [total * dash // sum(dashes) for dash in dashes]
    longest = [
        max((len(row[number][1]) for row in rows if number < len(row)), default=0)
        for number in range(columns)
    ]
    weights = [2 * min(max(length, _NARROWEST), _WIDEST) + 3 for length in longest]
    return [total * weight // sum(weights) for weight in weights]
