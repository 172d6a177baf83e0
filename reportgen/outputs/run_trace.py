"""The trace of a run: a row for every number of every form, made with the form itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import BinaryIO

from reportgen.findings import Place
from reportgen.language import Citation
from reportgen.model import Figure, Kind
from reportgen.model.formula import cells, labels, names
from reportgen.outputs.cells import block, exact, lines, number, row, row_start, text, texts
from reportgen.outputs.rows import JUDGED
from reportgen.outputs.run_findings import FINDINGS
from reportgen.outputs.sheets import Columns
from reportgen.outputs.stream import Streamed, write_streamed
from reportgen.outputs.trace import INPUTS, NO_CELL, Source, in_base_unit, short
from reportgen.outputs.widths import columns

_NARROW, _WIDE = 24, 48
_SURE, _SURE_WIDE, _SURE_PRINTED = 11, 23, 6
"""Signs that a narrow column surely holds in one line, a wide one, and 印出."""
_LISTED = 20
_ROOM, _ROOM_WIDE = _NARROW - 2, _WIDE - 2
_ANY = "XFD1048576"
_ADDRESSES = re.compile("[A-Z]{1,3}[0-9]{1,7}(?:、[A-Z]{1,3}[0-9]{1,7})*")
_Around = tuple[str, str, str, int, int]
_AMOUNT = Kind.AMOUNT
_Made = tuple[str, str, int]
_COLUMNS: Columns = (
    ("序号", 6),
    ("项目名称", 30),
    ("文件", 30),
    ("名称", _NARROW),
    ("印出", 14),
    ("精确值", 20),
    ("算式（名称）", _WIDE),
    ("算式（单元格）", _WIDE),
    ("来源", _NARROW),
    ("舍入", 18),
)
_WIDTHS = dict(_COLUMNS)
_NUMBERS, _CHECKS, _INPUTS = "数字", "检查", "输入文件"


def trace_block(index: int, name: str, file: str, citations: Sequence[Citation]) -> bytes:
    """The rows of one form, packed: ``index`` is the project's number, ``file`` its document.

    Blocks are made where the form is made; ``write_run_trace`` only puts them together.
    """
    head = number(index) + text(name) + text(file)
    least = max(lines(name, _WIDTHS["项目名称"]), lines(file, _WIDTHS["文件"]))
    made: dict[int, _Made] = {}
    rows: list[str] = []
    for citation in citations:
        for one in citation.numbers:
            figure, printed = one.figure, one.text
            title, formulas, tall = made.get(id(figure)) or made.setdefault(
                id(figure), _made(figure)
            )
            if len(printed) > _SURE_PRINTED:
                tall = max(tall, lines(printed, _WIDTHS["印出"]))
            start = row_start(max(least, tall))
            value = _exact(one.value, printed[-1:] == "%", figure.kind is _AMOUNT)
            rows.append(
                f"{start}{head}{title}{text(printed)}{value}{formulas}{text(one.rounding)}</row>"
            )
        if not citation.numbers:
            rows.append(_judged(head, least, citation))
    return block(rows)


def _made(figure: Figure) -> _Made:
    """The cells that a figure has wherever it is printed, and how many lines they need."""
    places, named = figure.places, names(figure)
    if figure.origin is None and 0 < len(places) <= _LISTED:
        first = places[0]
        spots = first.address if len(places) == 1 else _together(places)
        if (spots.isascii() and spots.isalnum()) or _ADDRESSES.fullmatch(spots):
            around = _sheet(first.file, first.sheet, figure.scale)
            if around:
                return _quickly(figure.name, named, spots, around)
    return _formulas(figure.name, named, cells(figure) or NO_CELL, _sources(places))


def _together(places: Sequence[Place]) -> str:
    """The addresses of cells of one sheet; '' for those of several."""
    file, sheet = places[0].file, places[0].sheet
    same = [spot.address for spot in places if spot.sheet == sheet and spot.file == file]
    return "、".join(same) if len(same) == len(places) else ""


def _quickly(title: str, named: str, spots: str, around: _Around) -> _Made:
    """The same for cells of one sheet, whose file and name are known to be fit for XML."""
    before, between, after, located, sources = around
    size = len(spots) + spots.count("、")
    tall = 1
    if located + size > _ROOM_WIDE or sources + size > _ROOM:
        tall = max(-(-(located + size) // _ROOM_WIDE), -(-(sources + size) // _ROOM))
    if len(title) > _SURE:
        tall = max(tall, lines(title, _NARROW))
    if len(named) > _SURE_WIDE or "\n" in named:
        tall = max(tall, lines(named, _WIDE))
    return text(title), f"{text(named)}{before}{spots}{between}{spots}{after}", tall


@lru_cache(256)
def _sheet(file: str, sheet: str, scale: Decimal) -> _Around | None:
    """What stands around addresses in 算式（单元格） and in 来源, and the columns it takes.

    ``None`` for a name in which one can't tell.
    """
    figure = Figure("", Decimal(1), places=(Place.cell(file, sheet, _ANY),), scale=scale)
    located, sources = cells(figure), _sources(figure.places)
    pieces = texts(located, sources).split(_ANY)
    if len(pieces) != 3:
        return None
    before, between, after = pieces
    sizes = columns(located, chinese=True), columns(sources, chinese=True)
    return before, between, after, sizes[0] - len(_ANY), sizes[1] - len(_ANY)


def _formulas(title: str, named: str, located: str, sources: str) -> _Made:
    tall = 1
    for content, width, sure in (
        (title, _NARROW, _SURE),
        (named, _WIDE, _SURE_WIDE),
        (located, _WIDE, _SURE_WIDE),
        (sources, _NARROW, _SURE),
    ):
        if len(content) > sure or "\n" in content:
            tall = max(tall, lines(content, width))
    return text(title), texts(named, located, sources), tall


def _sources(places: Sequence[Place]) -> str:
    """The cells in short: their sheet once, no more than some of them."""
    told, before = [], ("", "")
    for place in places[:_LISTED]:
        sheet = place.file, place.sheet
        told.append(place.address if place.address and sheet == before else short(place))
        before = sheet
    more = f"…共{len(places)}格" if len(places) > _LISTED else ""
    return "、".join(told) + more


def _judged(head: str, least: int, citation: Citation) -> str:
    """The row of a citation that prints no number, such as 与上年持平."""
    figures = citation.figures
    places = tuple(dict.fromkeys(place for figure in figures for place in figure.places))
    located = "\n".join(dict.fromkeys(filter(None, map(cells, figures)))) or NO_CELL
    title = "、".join(dict.fromkeys(figure.name for figure in figures))
    name, formulas, tall = _formulas(title, labels(figures), located, _sources(places))
    tall = max(tall, least, lines(citation.text, _WIDTHS["印出"]))
    return row((head, name, text(citation.text), text(""), formulas, text(JUDGED)), tall)


@lru_cache(4096)
def _exact(value: Decimal, is_percent: bool, is_amount: bool) -> str:
    return exact(in_base_unit(value, is_percent=is_percent, is_amount=is_amount))


def write_run_trace(
    file: BinaryIO,
    title: str,
    blocks: Iterable[bytes],
    sources: Iterable[Source],
    found: Iterable[bytes],
) -> None:
    """Write the workbook of a run: its numbers, what was found, and the files it was made of.

    ``blocks`` in the order of the projects; ``found`` are those of ``finding_blocks``. All
    three are read once, in constant memory. OSError where the file can't be written.
    """
    write_streamed(
        file,
        title,
        [
            Streamed(_NUMBERS, _COLUMNS, blocks),
            Streamed(_CHECKS, FINDINGS, found),
            Streamed(_INPUTS, INPUTS, [block([_source(source) for source in sources])]),
        ],
    )


def _source(source: Source) -> str:
    size = text("") if source.size is None else number(source.size)
    return row((text(source.name), size, text(source.digest)))
