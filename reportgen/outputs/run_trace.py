"""The trace of a run: a row for every number of every form, made with the form itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import BinaryIO

from reportgen.language import Citation
from reportgen.model import Figure, Kind
from reportgen.model.formula import cells, labels, names
from reportgen.outputs.cells import block, exact, lines, number, row, text, texts
from reportgen.outputs.rows import JUDGED
from reportgen.outputs.run_findings import FINDINGS, finding_blocks
from reportgen.outputs.sheets import Columns
from reportgen.outputs.stream import Streamed, write_streamed
from reportgen.outputs.trace import INPUTS, NO_CELL, Source, in_base_unit, listed

_NARROW, _WIDE = 24, 48
_SURE, _WIDER = 11, 12
"""Signs that a narrow column surely holds in one line, and how many more a wide one."""
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
            figure = one.figure
            known = made.get(id(figure))
            if known is None:
                known = made[id(figure)] = _made(figure)
            title, formulas, tall = known
            value = _exact(one.value, one.text[-1:] == "%", figure.kind is Kind.AMOUNT)
            cells = (head, title, text(one.text), value, formulas, text(one.rounding))
            rows.append(row(cells, max(least, tall, _printed_lines(one.text))))
        if not citation.numbers:
            rows.append(_judged(head, least, citation))
    return block(rows)


def _made(figure: Figure) -> _Made:
    """The cells that a figure has wherever it is printed, and how many lines they need."""
    places = figure.places
    located = cells(figure) or NO_CELL
    return _formulas(figure.name, names(figure), located, listed(places))


def _formulas(title: str, named: str, located: str, sources: str) -> _Made:
    tall = 1
    if max(len(title), len(named) - _WIDER, len(located) - _WIDER, len(sources)) > _SURE:
        tall = max(
            lines(title, _NARROW),
            lines(named, _WIDE),
            lines(located, _WIDE),
            lines(sources, _NARROW),
        )
    elif "\n" in named or "\n" in located or "\n" in sources:
        tall = 1 + max(one.count("\n") for one in (named, located, sources))
    return text(title), text(named) + texts(located, sources), tall


def _judged(head: str, least: int, citation: Citation) -> str:
    """The row of a citation that prints no number, such as 与上年持平."""
    figures = citation.figures
    places = tuple(dict.fromkeys(place for figure in figures for place in figure.places))
    located = "\n".join(dict.fromkeys(filter(None, map(cells, figures)))) or NO_CELL
    title = "、".join(dict.fromkeys(figure.name for figure in figures))
    name, formulas, tall = _formulas(title, labels(figures), located, listed(places))
    tall = max(tall, least, _printed_lines(citation.text))
    return row((head, name, text(citation.text), text(""), formulas, text(JUDGED)), tall)


def _printed_lines(printed: str) -> int:
    return 1 if len(printed) <= 6 else lines(printed, _WIDTHS["印出"])


@lru_cache(4096)
def _exact(value: Decimal, is_percent: bool, is_amount: bool) -> str:
    return exact(in_base_unit(value, is_percent=is_percent, is_amount=is_amount))


def write_run_trace(
    file: BinaryIO,
    title: str,
    blocks: Iterable[bytes],
    sources: Iterable[Source],
    findings: Iterable[Mapping[str, str]],
) -> None:
    """Write the workbook of a run: its numbers, what was found, and the files it was made of.

    ``blocks`` in the order of the projects; ``findings`` are records as those of
    ``write_run_results``. All three are read once, in constant memory. OSError where the
    file can't be written.
    """
    write_streamed(
        file,
        title,
        [
            Streamed(_NUMBERS, _COLUMNS, blocks),
            Streamed(_CHECKS, FINDINGS, finding_blocks(findings)),
            Streamed(_INPUTS, INPUTS, [block([_source(source) for source in sources])]),
        ],
    )


def _source(source: Source) -> str:
    size = text("") if source.size is None else number(source.size)
    return row((text(source.name), size, text(source.digest)))
