"""The sheet 本年数: figures of a report whose tables are not given, by cell or by name."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.findings import Findings, Place, nearest
from reportgen.model import UNITS, Kind, Value
from reportgen.sources.cells import Sheet
from reportgen.sources.figures import COUNTED, Unit, read_figure
from reportgen.sources.lists import Record, Seen, is_repeated, read_list
from reportgen.sources.supplement import Address

_COLUMNS = ("表", "行", "列", "本年数", "单位", "名称")
_KINDS = {"分": Kind.SCORE, "%": Kind.RATIO}


@dataclass(frozen=True, slots=True)
class Stated:
    """A line of 本年数: a cell of a table, or a vocabulary name, and what it is this year."""

    address: Address
    label: str
    record: Record

    @property
    def place(self) -> Place:
        """Where the line says what it speaks of."""
        return self.record.place("行" if self.address.row else "表")

    def figure(self, name: str, findings: Findings, key: str = "", unit: str = "") -> Value:
        """The figure in the line; ``unit`` is what its row counts where the line says nothing."""
        cell = self.record.cell("本年数")
        return read_figure(self.record.sheet, cell, name, self._unit(unit, findings), findings, key)

    def _unit(self, counted: str, findings: Findings) -> Unit:
        text = self.record.text("单位") or counted or "元"
        if text in UNITS:
            return Unit(text)
        if text not in _KINDS and text not in COUNTED and text != counted:
            hint = nearest(text, (*UNITS, *COUNTED)) or "请写“元”“万元”，或“个”“辆”等。"
            place = self.record.place("单位")
            findings.error("D111", place, f"单位“{text}”不能识别。", hint)
        return Unit(text, _KINDS.get(text, Kind.COUNT))


def read_this_year(sheet: Sheet | None, findings: Findings) -> list[Stated]:
    """The lines of the sheet that hold a number; of two lines for one cell the first."""
    found: list[Stated] = []
    seen: Seen = {}
    for record in read_list(sheet, _COLUMNS, findings, required=("本年数",)) if sheet else ():
        address = Address.of(record.text("表"), record.text("行"), record.text("列"))
        key = (address.table, address.row.split(" ", maxsplit=1)[0], address.column)
        if record.cell("本年数").is_blank:
            continue
        if not address.table and not address.row:
            message = "这一行没有写是哪个数。"
            hint = "请在“行”一栏写正文里的名称，或写“表”和“行”。"
            findings.error("D115", record.place("行"), message, hint)
        elif not is_repeated(seen, key, record.place("本年数"), "本年数", findings):
            found.append(Stated(address, record.text("名称"), record))
    return found
