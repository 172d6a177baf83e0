"""What the cells of a .xlsx hold, by their kind and their style; no float leaves this door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from reportgen.findings import Findings, Place
from reportgen.sources.cells import Cell
from reportgen.sources.contents import content_of, is_target
from reportgen.sources.number_formats import Format
from reportgen.sources.streamed import Fault, Value, of_text
from reportgen.sources.xlsx_texts import Texts

_FLOATING = frozenset(".eEnNiI")  # a number with one of these is read as a float


class Values:
    """What cells hold; ``number`` is that of a number by the bytes of its text and style."""

    def __init__(self, texts: Texts, shown: Sequence[Format], epoch: datetime) -> None:
        self.texts, self._formats, self._epoch = texts, shown, epoch
        self.number: Callable[[bytes, bytes], Value] = lru_cache(maxsize=4096)(self._number)

    def value(self, kind: str, style: str, text: str, formula: str) -> Value | None:
        """The value of a cell; ``None`` where it is blank."""
        if not text:
            return _uncalculated(formula) if formula and kind != "str" else None
        if kind == "n":
            return self.number(text.encode(), style.encode())
        if kind == "s":
            return self.texts[int(text)]
        if kind == "b":
            return bool(int(text))
        if kind == "d":
            return _written_date(text)
        return Fault("D109", text) if kind == "e" else of_text(text)

    def _number(self, digits: bytes, style: bytes) -> Value:
        """A number, exactly as it prints; a date, or a text that shows a percentage."""
        text = digits.decode()
        try:
            number = Decimal(repr(float(text))) if set(text) & _FLOATING else Decimal(int(text))
        except ValueError:
            return Fault("D109", text)
        if not number.is_finite():
            return Fault("D109", text)
        shown = self._formats[int(style or 0)] if self._formats else Format()
        if shown.is_date:
            return self._date(number, shown)
        cell = Cell(1, 1, number, format=shown.code)
        return cell.text if cell.is_percent else number

    def _date(self, number: Decimal, shown: Format) -> Value:
        from openpyxl.utils.datetime import from_excel  # long to import, and dates are rare

        try:
            found = from_excel(float(number), self._epoch, timedelta=shown.is_span)
        except (OverflowError, ValueError):
            return Fault("D109", "#VALUE!")
        return _content(found)


def _written_date(text: str) -> Value:
    from openpyxl.utils.datetime import from_ISO8601

    return _content(from_ISO8601(text))  # type: ignore[no-untyped-call]


def _uncalculated(formula: str) -> Value:
    """A formula without a result; a target that a program took for one is the text it was."""
    return formula if is_target(formula) else Fault("D110", "")


def _content(found: object) -> Value:
    content = content_of(found, Place(""), Findings())
    return "" if content is None else content
