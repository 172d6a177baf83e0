"""What a run found, project by project: rows for its trace, and 检查结果.xlsx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from reportgen.outputs.cells import block, lines, row, text
from reportgen.outputs.result import one_line
from reportgen.outputs.sheets import Columns
from reportgen.outputs.stream import Streamed, write_streamed

FINDINGS: Columns = (
    ("项目", 30),
    ("代码", 8),
    ("级别", 7),
    ("位置", 34),
    ("说明", 70),
    ("处理", 40),
    ("豁免理由", 30),
)
"""The columns, which are the keys of a record too."""
_SHEET = "检查结果"
_TOGETHER = 500


def finding_blocks(records: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Blocks of rows for findings, with the keys of ``FINDINGS``; what a record lacks is blank.

    They are packed: those of a run with thousands of findings are kept for both of its books.
    """
    waiting = iter(records)
    while some := list(islice(waiting, _TOGETHER)):
        yield block([_row(record) for record in some])


def _row(record: Mapping[str, str]) -> str:
    told = [(one_line(record.get(key) or ""), width) for key, width in FINDINGS]
    return row([text(content) for content, _ in told], max(lines(*one) for one in told))


def write_run_results(file: BinaryIO, title: str, found: Iterable[bytes]) -> None:
    """Write 检查结果.xlsx of a run, in constant memory; ``found`` are blocks, read once.

    OSError where the file can't be written.
    """
    write_streamed(file, title, [Streamed(_SHEET, FINDINGS, found)])
