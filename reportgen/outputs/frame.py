"""What stands around the rows of a streamed sheet: drawn once by XlsxWriter, without rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.outputs.cells import HEAD, styles
from reportgen.outputs.sheets import Columns, lay_out, workbook

_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_FILTER = re.compile(rb'(<autoFilter ref="A1:[A-Z]+)[0-9]+')
_SHOWN = b' tabSelected="1"'
_SAMPLE, _END = b'<row r="2"', b"</sheetData>"
_BOTTOM = 1_048_575


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet of the frame: its name, its columns and how many rows it was given."""

    name: str
    columns: Columns
    count: int = 0


def parts(title: str, sheets: Sequence[Drawn]) -> dict[str, bytes]:
    """The parts of a workbook with these sheets, each with its head alone."""
    buffer = io.BytesIO()
    book = workbook(buffer, title)
    formats = {name: book.add_format(dict(made)) for name, made in styles().items()}
    for number, drawn in enumerate(sheets):
        sheet = book.add_worksheet(drawn.name)
        for column, (head, width) in enumerate(drawn.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, formats[HEAD])
        if number == 0:  # a cell of each look: so they get their numbers, in this order
            for column, made in enumerate(formats.values()):
                sheet.write_blank(1, column, None, made)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, min(max(drawn.count, 1), _BOTTOM), len(drawn.columns) - 1)
        lay_out(sheet, title, drawn.name)
    book.close()
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def around(part: bytes) -> tuple[bytes, bytes]:
    """The XML of a sheet before its rows (its head is among that) and after them."""
    before, _, after = part.partition(_END)
    kept = before.partition(_SAMPLE)[0]
    # programs that read row by row trust it
    return _DIMENSION.sub(b"", kept, count=1), _END + after


def continued(part: bytes) -> bytes:
    """The XML of a sheet for one that goes on with its rows: not the one that is shown."""
    return part.replace(_SHOWN, b"", 1)


def filtered(after: bytes, count: int) -> bytes:
    """What stands after ``count`` rows: the filter reaches over all of them."""
    return _FILTER.sub(rb"\g<1>%d" % (1 + max(count, 1)), after, count=1)
