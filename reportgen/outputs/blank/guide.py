"""The sheet 填表说明: what to fill in, what to leave alone, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.outputs.blank.book import BlankBook
from reportgen.outputs.widths import row_height
from reportgen.sources.lists import GUIDE

Asked = Mapping[str, str]
"""What is asked on the sheet itself: a slot of the captions, and how it is asked."""
_WIDTH = 84
_UNANSWERED = {"层级": "部门", "本部门": "本部门"}
SLOT = re.compile(r"\{([^{}]+)\}")
_COLOURS = (
    ("text", "浅黄色的格", "要填的地方。"),
    ("head", "浅蓝色的格", "表头，不要改：程序按表头和行名找数。"),
)
_TOTALS = ("sum", "灰色的格", "自动合计，不要改；改成数字以后，明细变了它不再变。")


def guided(
    book: BlankBook, title: str, parts: Mapping[str, Sequence[str]], asked: Asked | None = None
) -> Captions:
    """Write the sheet; return where the captions of other sheets find what is asked on it."""
    sheet = book.sheet(GUIDE, landscape=False)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, _WIDTH - 14)
    sheet.merge_range(0, 0, 0, 1, title, book.look("title"))
    sheet.set_row(0, 32)
    row, cells = 1, {}
    for slot, question in (asked or {}).items():
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, question, book.look("middle"))
        sheet.write_blank(row, 1, None, book.look("text"))
        cells[slot] = f"'{GUIDE}'!$B${row + 1}"
        row += 1
    for look, name, text in (*_COLOURS, *([_TOTALS] if asked is not None else [])):
        sheet.set_row(row, 20)
        sheet.write_string(row, 0, name, book.look(look))
        sheet.write_string(row, 1, text, book.look("label"))
        row += 1
    for heading, lines in parts.items():
        row = _part(book, sheet, row, heading, lines)
    return Captions(cells)


def _part(book: BlankBook, sheet: Any, row: int, heading: str, lines: Sequence[str]) -> int:
    sheet.set_row(row, 28)
    sheet.write_string(row, 0, heading, book.look("part"))
    for number, line in enumerate(lines, start=1):
        text = f"{number}. {line}"
        sheet.merge_range(row + number, 0, row + number, 1, text, book.look("line"))
        sheet.set_row(row + number, row_height([(text, _WIDTH)]) + 2)
    return row + len(lines) + 1


class Captions:
    """Patterns such as 部门名称：{单位}, as formulas over the cells of the guide."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._terms = dict(cells)
        if "层级" in cells:
            level = f'IF({cells["层级"]}="","部门",{cells["层级"]})'
            self._terms |= {"层级": level, "本部门": f'"本"&{level}'}
        if "年度" in cells:
            year = cells["年度"]
            self._terms["上年度"] = f'IF({year}="","",{year}-1)'

    def fill(self, pattern: str, known: Mapping[str, str]) -> tuple[str, str]:
        """The formula of a pattern ('' where it has no open slot) and its text while blank."""
        terms, shown, is_open = [], [], False
        for number, piece in enumerate(SLOT.split(pattern)):
            if number % 2 and piece not in known:
                is_open = True
                terms.append(self._terms.get(piece, '""'))
                shown.append(_UNANSWERED.get(piece, ""))
                continue
            text = known[piece] if number % 2 else piece
            shown.append(text)
            if text:
                quoted = text.replace('"', '""')
                terms.append(f'"{quoted}"')
        return f"={'&'.join(terms)}" if is_open else "", "".join(shown)
