"""What our readers know by themselves, so that openpyxl need not be imported: it is the same."""

from __future__ import annotations

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from reportgen.model.addresses import column_letters, column_number
from reportgen.sources.areas import area_of
from reportgen.sources.number_formats import BUILTIN, Format
from reportgen.sources.xlsx_parts import FROM_1900, FROM_1904

CODES = (
    *BUILTIN_FORMATS.values(),
    "",
    "yyyy-mm-dd",
    'yyyy"年"m"月"d"日"',
    'YYYY"年"M"月"',
    "[$-804]yyyy/m/d;@",
    "[DBNum1][$-804]General",
    "0.00_ ",
    "0.00_d",
    r"0\d",
    '0.00"d"',
    '0"d',
    "[Red]0.00",
    "[Red]-0.00;[h]:mm",
    "[HH]:MM",
    "[mm]:ss.00",
    "[s]",
    "[d]",
    "[h",
    "#,##0.00_);[Red](#,##0.00)",
    "上午/下午h时",
    "G/通用格式",
)
ADDRESSES = (
    *("A1", "$A$1", "A2:AB3", "$A$2:$AB$3", "B3:A1", "XFD1048576", "ZZZ1", "A0", "A1:A0"),
    *("a1:b2", "A:C", "$A:$C", "2:5", "A", "7", "", ":", "A1:", "A1:B", "A1:3", "AAAA1", "A1 B2"),
    *("A1:B2:C3", "Sheet!A1", "A1\n", "甲1", "-1", "A-1", "A１"),
)


def test_builtin_formats() -> None:
    assert dict(BUILTIN) == BUILTIN_FORMATS


@pytest.mark.parametrize("code", CODES)
def test_formats_of_dates(code: str) -> None:
    shown = Format(code)
    assert shown.is_date == is_date_format(code)
    assert shown.is_span == is_timedelta_format(code)


def test_the_days_that_dates_are_counted_from() -> None:
    assert (FROM_1900, FROM_1904) == (WINDOWS_EPOCH, MAC_EPOCH)


def test_columns() -> None:
    for number in range(1, 18_279):
        letters = get_column_letter(number)
        assert column_letters(number) == letters
        assert column_number(letters) == column_number(letters.lower()) == number


@pytest.mark.parametrize("letters", ["", "AAAA", "A1", "$A", "甲", "A "])
def test_what_is_no_column(letters: str) -> None:
    for read in (column_number, column_index_from_string):
        with pytest.raises(ValueError, match="column"):
            read(letters)


@pytest.mark.parametrize("number", [-1, 0, 18_279])
def test_numbers_of_no_column(number: int) -> None:
    for write in (column_letters, get_column_letter):
        with pytest.raises(ValueError, match="column"):
            write(number)


@pytest.mark.parametrize("address", ADDRESSES)
def test_areas(address: str) -> None:
    try:
        left, top, right, bottom = (bound or 0 for bound in range_boundaries(address))
    except (TypeError, ValueError):
        with pytest.raises((TypeError, ValueError)):
            area_of(address)
    else:
        assert area_of(address) == (top, left, bottom, right)
