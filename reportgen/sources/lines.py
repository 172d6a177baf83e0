"""What a row of a sheet is: heads, the 栏次 row, data, a caption, the line of the unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.model import UNITS, Layout, Profile, plain
from reportgen.sources.cells import Sheet
from reportgen.sources.numerals import parse_number

INDEX = "栏次"
_UNIT = re.compile(
    r"(?<![\u4e00-\u9fff])(金额|货币|计量)?单\s*位\s*[:：]\s*(?:人民币)?[（(]?([^\s（）()，,、；;。]+)"
)
_HALF_SAID = frozenset({"千", "万", "亿", "人民币"})
_NO_DATA = "本表无数据"
_CONTINUED = re.compile(r"^续|（?续表?[\d一二三四五六七八九十]*）?$")
_CAPTION = re.compile(r":|^\d{4}年|^公开\d+表")


def texts_of(sheet: Sheet, row: int) -> list[str]:
    """The filled cells of a row in comparable form."""
    return [plain(cell.text) for cell in sheet.row(row) if cell.text]


def unit_name(text: str) -> str:
    """The unit that a unit line states, known or not; '' where the text is no unit line.

    >>> unit_name("（金额单位：人民币万元）"), unit_name("单位：元（保留两位小数）")
    ('万元', '元')
    >>> unit_name("编制单位：某局"), unit_name("单位：某某市某局 金额单位：美元")
    ('', '美元')
    """
    found = ""
    for kind, name in _UNIT.findall(text):
        if name in UNITS:
            return str(name)
        if kind or name.endswith("元") or name in _HALF_SAID:
            found = found or name
    return found


def is_index(texts: list[str]) -> bool:
    """Whether the row is the 栏次 row, or the bare numbers 1 2 3 … of it."""
    return INDEX in texts or (len(texts) > 2 and texts == [str(n + 1) for n in range(len(texts))])


def is_data(texts: list[str], profile: Profile) -> bool:
    """Whether the row stands below the heads: it holds figures, or says that there are none."""
    if not texts:
        return False
    if says_no_data(texts):
        return True
    if profile.layout is Layout.SINGLE:
        return not any(text in profile.heads for text in texts)
    if profile.layout is Layout.FIXED:
        rows = [row for block in profile.blocks for row in block.rows]
        labels = {plain(text) for row in rows for text in (row.label, *row.literal[:1])}
        return any(text in labels and text not in profile.heads for text in texts)
    totals = {plain(row.label) for row in profile.totals}
    return texts[0].isdigit() or texts[0] == "合计" or texts[0] in totals


def says_no_data(texts: Iterable[str]) -> bool:
    """Whether the row says 本表无数据 and holds no number."""
    texts = [text.strip("。（）") for text in texts]
    return _NO_DATA in texts and all(parse_number(text) is None for text in texts)


def is_caption(texts: Iterable[str], profile: Profile) -> bool:
    """Whether the row repeats the title, the label, the unit line or the 栏次 row.

    A title may be marked as continued: 支出决算表（续）.
    """
    texts = tuple(texts)
    own = {plain(profile.title), plain(profile.number), INDEX, ""}
    return (
        any(_CONTINUED.sub("", text) in own or text in own for text in texts)
        or says_no_data(texts)
        or (
            any(unit_name(text) in UNITS for text in texts)
            and all(parse_number(text) is None for text in texts)
        )
    )


def first_head_row(sheet: Sheet, rows: Iterable[int], profile: Profile) -> int:
    """The first row that names two of the profile's heads; 0 where none does."""
    for row in rows:
        texts = texts_of(sheet, row)
        known = sum(text in profile.heads for text in texts)
        if known >= min(2, len(profile.columns)) and not is_data(texts, profile):
            return row
    return 0


def is_upper_head(sheet: Sheet, row: int, profile: Profile) -> bool:
    """Whether a row right above known heads is heads too, though it names no two of them."""
    texts = texts_of(sheet, row)
    if not texts or is_caption(texts, profile) or any(map(_CAPTION.search, texts)):
        return False
    grouped = any(
        top == row and left < right and (left > 1 or right < sheet.columns)
        for top, left, _, right in sheet.merged
    )
    return grouped or any(text in profile.heads for text in texts)
