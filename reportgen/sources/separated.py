"""Text files with separated values (.csv) become a sheet of cells with their addresses."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from reportgen.findings import Findings, Place
from reportgen.model.addresses import column_letters
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.contents import is_error, is_target, sheet_of
from reportgen.sources.guard_xml import MOST_CELLS
from reportgen.sources.numerals import parse_number
from reportgen.sources.texts import clean

_DELIMITERS = ("\t", ",", ";")  # of two that fit as well, the one that texts hold less often
_NAMES = {"\t": "制表符", ",": "逗号", ";": "分号"}
_TRIED = 200
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how exports keep 00123 from becoming a number
_FORMULA = re.compile(r"=\s*[-+(A-Za-z\d]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_THOUSANDS, _REST = re.compile(r"[-(（]?\d{1,3}"), re.compile(r"\d{3}(\.\d+)?[)）]?")
_BROKEN = 10  # of so many signs one may be broken
_SAVE = "请用 Excel 或 WPS 另存为 .xlsx，或“CSV UTF-8”。"
_UNEVEN = "请核对分隔符；金额里有千分位逗号的，整格加上英文双引号，或改用 .xlsx。"


def read_separated(path: Path, data: bytes, findings: Findings) -> tuple[Sheet, ...]:
    """Read the only sheet, named after the file; what can't be read is a finding.

    Its cells are told as Excel shows them: 支出.csv!C12.
    """
    text = decoded(path.name, data, findings)
    if text is None:
        return ()
    delimiter = delimiter_of(text)
    rows = _read(path.name, _rows(text, delimiter), findings)
    if rows is None:
        return ()
    report_uneven(path.name, rows, delimiter, findings)
    found = _cells(path.name, rows, findings)
    return (sheet_of(path.name, path.stem, found, is_flat=True),)


def _read(file: str, reader: Iterator[list[str]], findings: Findings) -> list[list[str]] | None:
    """All rows; ``None`` with a finding where they end badly or never."""
    rows: list[list[str]] = []
    width = 0
    try:
        for row in reader:
            rows.append(row)
            width = max(width, len(row))
            if len(rows) * width > MOST_CELLS:
                message = f"到这一行为止超过 {MOST_CELLS:,} 格。"
                place = Place.line(file, len(rows))
                findings.error("D121", place, message, "请删去数据以外的行和列后保存。")
                return None
    except csv.Error:
        report_broken(file, len(rows) + 1, findings)
        return None
    return rows


def report_broken(file: str, row: int, findings: Findings) -> None:
    """Tell of a row from which on the quotes don't match."""
    message = "从这一行起读不出来：引号不成对，或者一格太长。"
    findings.error("D102", Place.line(file, row), message, _SAVE)


def report_uneven(
    file: str, rows: Iterable[Sequence[str]], delimiter: str, findings: Findings
) -> None:
    """Tell of rows that were cut up wrongly: in pieces beyond the heads, or not at all."""
    width = fields = 0  # of the widest row so far without a number: heads are among them
    for number, row in enumerate(rows, start=1):
        texts = [text.strip() for text in row]
        length = max((at for at, text in enumerate(texts, start=1) if text), default=0)
        if not any(map(parse_number, texts)):
            width, fields = max(width, length), max(fields, len(row))
        elif 1 < width < length:
            place = Place.cell(file, "", f"{column_letters(width + 1)}{number}")
            message = f"这一行比表头多出“{texts[width]}”，各格可能已经错位。"
            findings.error("D127", place, message, _UNEVEN)
        elif 1 < fields < len(row) and delimiter == ",":
            _report_split(file, number, texts, findings)
        if length == 1 and width > 1:
            _report_uncut(file, number, texts[0], delimiter, findings)


def _report_split(file: str, number: int, texts: Sequence[str], findings: Findings) -> None:
    """1,234.50 without quotes in a row with more fields than heads, whose last ones are blank."""
    for at, (left, right) in enumerate(pairwise(texts), start=2):
        if _THOUSANDS.fullmatch(left) and _REST.fullmatch(right):
            place = Place.cell(file, "", f"{column_letters(at)}{number}")
            message = f"这一行比表头多一格，“{left}”和“{right}”可能是一个数，被千分位逗号拆开了。"
            findings.error("D127", place, message, _UNEVEN)
            return


def _report_uncut(file: str, number: int, text: str, delimiter: str, findings: Findings) -> None:
    for other in _DELIMITERS:
        pieces = text.split(other)
        if other != delimiter and len(pieces) > 1 and any(map(parse_number, pieces)):
            message = f"这一行用{_NAMES[other]}分隔，别的行用{_NAMES[delimiter]}。"
            findings.error("D127", Place.cell(file, "", f"A{number}"), message, _UNEVEN)
            return


def decoded(file: str, data: bytes, findings: Findings) -> str | None:
    """The text by its byte order mark, as strict UTF-8, else as gb18030; else a finding.

    What is UTF-8 but for some bytes would be another text in gb18030, and is not taken for it.
    """
    names: tuple[str, ...] = ("utf-8-sig", "gb18030")
    if data.startswith(_UTF_16):
        names = ("utf-16",)
    elif data.startswith(codecs.BOM_UTF8) or _is_mostly_utf_8(data):
        names = ("utf-8-sig",)
    place, what = Place(file), "这个文件不是文本，或者编码不是 UTF-8、GB18030。"
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            if names == ("utf-8-sig",):
                place = Place.line(file, data.count(b"\n", 0, error.start) + 1)
                what = "这个文件是 UTF-8 编码，这一行里有损坏的字符。"
            continue
        if "\0" not in text:
            return text
        break
    findings.error("D102", place, what, _SAVE)
    return None


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether few of the signs beyond ASCII are broken as UTF-8; of gb18030 nearly all are."""
    return is_mostly_whole([data.decode("utf-8", "replace")])


def is_mostly_whole(texts: Iterable[str]) -> bool:
    """Whether some, but few, of the signs beyond ASCII are replacements of broken ones."""
    beyond = broken = 0
    for text in texts:
        beyond += sum(not sign.isascii() for sign in text)
        broken += text.count("\ufffd")
    return 0 < _BROKEN * broken < beyond


def delimiter_of(text: str) -> str:
    r"""The delimiter that gives most rows one and the same number of fields.

    >>> delimiter_of("科目编码,科目名称\n208,一;二"), delimiter_of("208\t1,234.50\n210\t2")
    (',', '\t')
    >>> delimiter_of("甲;乙\n1;2"), delimiter_of("只有一栏")
    (';', ',')
    """
    best = max(_DELIMITERS, key=lambda delimiter: _fitting(text, delimiter))
    return best if _fitting(text, best) else ","


def _fitting(text: str, delimiter: str) -> int:
    """How many of the first rows have the commonest number of fields above one."""
    try:
        rows = list(islice(_rows(text, delimiter), _TRIED))
    except csv.Error:
        return 0
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return max(counts.values(), default=0)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return split(io.StringIO(text, newline=""), delimiter)


def split(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """The rows of a text; csv.Error where its quotes don't match."""
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _cells(file: str, rows: Sequence[Sequence[str]], findings: Findings) -> Iterator[Cell]:
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text.strip():
                yield _cell(file, number, column, text, findings)


def _cell(file: str, row: int, column: int, text: str, findings: Findings) -> Cell:
    content, fault = content_of_text(text)
    if fault:
        return Cell(row, column, content, fault)
    place = Place.cell(file, "", f"{column_letters(column)}{row}")
    return Cell(row, column, clean(content, place, findings))


def content_of_text(text: str) -> tuple[str, str]:
    """What a text between delimiters means, and the code of its fault.

    >>> content_of_text('="00123"'), content_of_text("#N/A"), content_of_text("=A1+1")
    (('00123', ''), ('#N/A', 'D109'), ('', 'D110'))
    >>> content_of_text("=100%"), content_of_text("=100%*B2")
    (('=100%', ''), ('', 'D110'))
    """
    bare = text.strip()
    if is_error(bare):
        return bare, "D109"
    quoted = _AS_TEXT.fullmatch(bare) if bare.startswith("=") else None
    if not quoted and _FORMULA.match(bare) and not is_target(bare):
        return "", "D110"
    return (quoted[1] if quoted else text), ""
