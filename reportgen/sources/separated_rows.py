"""Text files with separated values (.csv) read row by row, in little memory."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from reportgen.findings import Findings
from reportgen.sources.separated import (
    content_of_text,
    decoded,
    delimiter_of,
    is_mostly_whole,
    report_broken,
    report_uneven,
    split,
)
from reportgen.sources.streamed import Fault, Row, RowSheet, Stamp, Value, of_text

_CHUNK = 1 << 18  # characters
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def open_separated(path: Path, findings: Findings) -> tuple[RowSheet, ...]:
    """The only sheet, named after the file; what can't be read is a finding and gives none."""
    stamp, encoding = Stamp.of(path), _encoding(path)
    if encoding is None:
        decoded(path.name, path.read_bytes(), findings)
        return ()
    delimiter = delimiter_of(next(_texts(path, encoding), ""))
    survey = _Survey()
    try:
        report_uneven(
            path.name, survey.follow(_split(path, encoding, delimiter)), delimiter, findings
        )
    except csv.Error:
        report_broken(path.name, survey.rows + 1, findings)
        return ()
    return (
        RowSheet(path.name, path.stem, partial(_rows, stamp, encoding, delimiter), is_flat=True),
    )


class _Survey:
    """Counts the rows that could be read."""

    def __init__(self) -> None:
        self.rows = 0

    def follow(self, rows: Iterator[list[str]]) -> Iterator[Sequence[str]]:
        """The same rows."""
        for row in rows:
            self.rows += 1
            yield row


def _texts(path: Path, encoding: str, errors: str = "strict") -> Iterator[str]:
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        while text := file.read(_CHUNK):
            yield text


def _encoding(path: Path) -> str | None:
    """The encoding that ``decoded`` would find; ``None`` where that finds a fault."""
    with path.open("rb") as file:
        mark = file.read(3)
    if mark[:2] in _UTF_16:
        return "utf-16" if _fits(path, "utf-16") else None
    if _fits(path, "utf-8-sig"):
        return "utf-8-sig"
    if mark == codecs.BOM_UTF8 or is_mostly_whole(_texts(path, "utf-8", "replace")):
        return None
    return "gb18030" if _fits(path, "gb18030") else None


def _fits(path: Path, encoding: str) -> bool:
    try:
        return not any("\0" in text for text in _texts(path, encoding))
    except UnicodeDecodeError:
        return False


def _split(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from split(file, delimiter)


def _rows(stamp: Stamp, encoding: str, delimiter: str) -> Iterator[Row]:
    stamp.check()
    for number, row in enumerate(_split(stamp.path, encoding, delimiter), start=1):
        cells = {
            column: value
            for column, text in enumerate(row, start=1)
            if text and (value := _value(text)) is not None
        }
        if cells:
            yield number, cells
    stamp.check()


def _value(text: str) -> Value | None:
    content, fault = content_of_text(text)
    return Fault(fault, content) if fault else of_text(content)
