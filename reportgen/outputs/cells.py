"""Cells and rows of a sheet as XML: for sheets too long to be drawn cell by cell.

Rows and cells don't say where they stand: each stands after the one before it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from functools import cache, lru_cache

from reportgen.outputs.sheets import Exact, kept, look
from reportgen.packing import checksum, deflate_part

_SUFFIXES, _DECIMALS = ("", "元", "%"), 16
_LINE, _TALLEST = 15, 400
_MANY = 4096
_ESCAPE = re.compile("_(x[0-9A-Fa-f]{4}_)")
_SHORT = 16_000
"""Signs that a cell surely holds, whatever they are."""
_BLOCK = struct.Struct("<3I")

HEAD, TEXT, DIGITS, COUNT = "head", "text", "digits", "count"


@cache
def styles() -> dict[str, dict[str, object]]:
    """The looks of cells, in the order of their numbers: the first has number 1."""
    named = {HEAD: look("head"), TEXT: look("text"), DIGITS: look("digits")}
    named[COUNT] = look("number", "#,##0")
    shown = ("0" * places for places in range(_DECIMALS))
    for zeros in shown:
        for suffix in _SUFFIXES:
            pattern = Exact.pattern(suffix, len(zeros))
            named[pattern] = look("number", pattern)
    return named


@cache
def _style(name: str) -> int:
    return list(styles()).index(name) + 1


@lru_cache(_MANY)
def text(content: str) -> str:
    """A cell with a text, which stays one; what no cell can hold is dropped.

    >>> text("=甲")
    '<c t="inlineStr" s="2"><is><t>=甲</t></is></c>'
    >>> text("")
    '<c s="2"/>'
    """
    return styled(content, _style(TEXT))


def texts(*contents: str) -> str:
    """Cells with texts that are not likely to come again."""
    style = _style(TEXT)
    return "".join([styled(content, style) for content in contents])


@lru_cache(_MANY)
def number(value: int) -> str:
    """A cell with a whole number.

    >>> number(12)
    '<c s="4"><v>12</v></c>'
    """
    return f'<c s="{_style(COUNT)}"><v>{value}</v></c>'


@lru_cache(_MANY)
def exact(value: Exact) -> str:
    """A cell with a number where a spreadsheet keeps every digit of it, else with its text."""
    if value.is_number:
        return f'<c s="{_style(value.format)}"><v>{value.value.normalize():f}</v></c>'
    return styled(value.text, _style(DIGITS))


def styled(content: str, style: int) -> str:
    """A cell with a text, in the look of a number."""
    if not content:
        return f'<c s="{style}"/>'
    if not _is_plain(content):
        content = _ESCAPE.sub(r"_x005F_\1", kept(content))
        content = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        inner = f'<t xml:space="preserve">{content}</t>'
        return f'<c t="inlineStr" s="{style}"><is>{inner}</is></c>'
    return f'<c t="inlineStr" s="{style}"><is><t>{content}</t></is></c>'


def _is_plain(content: str) -> bool:
    """Whether a text stands in XML as it is; quickly, so that a few plain ones are not known."""
    return (
        content.isprintable()
        and "&" not in content
        and "<" not in content
        and ">" not in content
        and "_x" not in content
        and content[0] != " "
        and content[-1] != " "
        and len(content) <= _SHORT
    )


def row(cells: Sequence[str], lines: int = 1) -> str:
    """A row of such cells, as high as so many lines."""
    return f"{row_start(lines)}{''.join(cells)}</row>"


@cache
def row_start(lines: int) -> str:
    """What a row begins with; the cells and ``</row>`` follow."""
    return f'<row ht="{min(_LINE * lines, _TALLEST)}" customHeight="1">'


def lines(content: str, width: int) -> int:
    r"""How many lines a text takes in a column, or one more: quicker than counting columns.

    A Chinese sign has three bytes and takes two columns.

    >>> lines("甲乙丙", 8), lines("甲乙丙丁", 8), lines("一\n二", 8)
    (1, 2, 2)
    """
    room = max(width - 2, 1)
    if "\n" in content:
        return sum(lines(part, width) for part in content.split("\n"))
    taken = (len(content.encode("utf-8", "replace")) + len(content) + 1) // 2
    return -(-taken // room) or 1


def block(rows: Sequence[str]) -> bytes:
    """Rows packed where they are made; sheets are made by putting such blocks together."""
    raw = "".join(rows).encode("utf-8")
    return _BLOCK.pack(len(rows), len(raw), checksum()(raw)) + deflate_part()(raw)


def opened(packed: bytes) -> tuple[int, int, int, bytes]:
    """How many rows a block has, how many bytes, their checksum, and the packed bytes."""
    count, size, crc = _BLOCK.unpack_from(packed)
    return count, size, crc, packed[_BLOCK.size :]
