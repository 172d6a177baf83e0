"""Which listed project a row belongs to, by its 项目名称."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from reportgen.findings import Findings, Place, mistaken
from reportgen.sources.projects.lists import NAME
from reportgen.sources.projects.raw import RawRow
from reportgen.sources.streamed import Fault
from reportgen.sources.texts import clean

_MOST = 1_000  # unknown names that are told one by one
_COMPARISONS = 100_000  # of an unknown name with a listed one; more take longer than 3 s


@dataclass(frozen=True, slots=True)
class Known:
    """The listed projects: the index of each by its name, and the names that may be secret."""

    indexes: Mapping[str, int]
    secret: Collection[str] = ()


@dataclass
class _Rows:
    """Rows that have the same fault: where the first stands, and how many there are."""

    place: Place
    count: int = 0


def name_of(row: RawRow) -> str:
    """The project's name in a row, without what no document can hold; '' where none stands."""
    return cleaned(row.text(NAME))


@lru_cache(maxsize=1024)
def cleaned(text: str) -> str:
    """As ``clean`` does it; that something was taken out is told where the row is built."""
    return clean(text, Place(""), Findings()).strip()


class Strays:
    """The rows of a list that belong to no project; told together when the list is at its end."""

    def __init__(self) -> None:
        self._nameless: list[_Rows] = []
        self._unknown: dict[str, _Rows] = {}
        self._others: list[_Rows] = []
        self._faults: list[tuple[Place, Fault]] = []

    def add(self, row: RawRow, name: str) -> None:
        """A row without a name, or with one that is not listed."""
        place, value = row.place(NAME), row.value(NAME)
        if name in self._unknown or (name and len(self._unknown) < _MOST):
            self._unknown.setdefault(name, _Rows(place)).count += 1
        elif name:
            self._others = self._others or [_Rows(place)]
            self._others[0].count += 1
        elif isinstance(value, Fault):
            self._faults.append((place, value))
        else:
            self._nameless = self._nameless or [_Rows(place)]
            self._nameless[0].count += 1

    def report(self, known: Known, findings: Findings) -> None:
        """Tell of them, with the nearest of the listed names.

        A name that is like that of a secret project is written nowhere; its cell is told.
        """
        for place, fault in self._faults:
            _report_fault(place, fault, findings)
        for rows in self._nameless:
            more = f"，这样的行共{rows.count}行" if rows.count > 1 else ""
            findings.error("D115", rows.place, f"这一行没有项目名称{more}。", "请补上。")
        for number, (name, rows) in enumerate(self._unknown.items()):
            more = f"，写这个名称的{rows.count}行都没有读" if rows.count > 1 else ""
            near = number * len(known.indexes) < _COMPARISONS
            close = mistaken(name, known.indexes if near else known.secret)
            shown, hint = f"“{name}”", "请在“项目”表补上这个项目。"
            if close in known.secret:
                shown, hint = "这一行的项目", "请核对项目名称。"
            elif close:
                hint = f"是否应为“{close}”？"
            findings.error("D115", rows.place, f"“项目”表没有{shown}{more}。", hint)
        for rows in self._others:
            message = f"从这一行起，另有{rows.count}行的项目名称“项目”表没有。"
            findings.error("D115", rows.place, message, "请核对两张表是不是同一批项目。")


def _report_fault(place: Place, fault: Fault, findings: Findings) -> None:
    if fault.code == "D110":
        hint = "请用 Excel 或 WPS 打开工作簿，重新计算后保存。"
        findings.error(fault.code, place, f"“{NAME}”的单元格的公式没有计算结果。", hint)
    else:
        message = f"“{NAME}”的单元格是错误值 {fault.text}。"
        findings.error(fault.code, place, message, "请改正公式或填入数字。")


def named(rows: Iterable[RawRow], strays: Strays) -> Iterator[tuple[str, RawRow]]:
    """The rows that have a name, with it; the others are strays."""
    for row in rows:
        name = name_of(row)
        if name:
            yield name, row
        else:
            strays.add(row, name)
