"""The reviewer's working paper: every number on the page, what was found, what was waived."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path

from reportgen.findings import Findings, Place, Waiver
from reportgen.model import Kind
from reportgen.outputs.links import Links
from reportgen.outputs.rows import TraceRow
from reportgen.outputs.sheets import Book, Columns, Content, Exact, Link

_LINKED = 2
"""How many sources have a column and a link of their own; a change or a share has two."""
_LISTED = 20
NO_CELL = "没有单元格：由模板清点"
_NUMBERS: Columns = (
    ("序号", 5),
    ("章节", 30),
    ("位置", 12),
    ("句子（表格：行｜栏）", 34),
    ("印出", 15),
    ("精确值", 20),
    ("算式（名称）", 28),
    ("算式（单元格）", 28),
    ("来源一", 14),
    ("来源二", 14),
    ("其余来源", 12),
    ("舍入", 16),
)
_FINDINGS: Columns = (("级别", 7), ("代码", 8), ("位置", 34), ("说明", 80), ("处理", 45))
_WAIVERS: Columns = (("代码", 8), ("理由", 45), ("写在", 20), ("作用于", 34), ("问题", 70))
INPUTS: Columns = (("文件", 45), ("大小（字节）", 14), ("sha256", 70))


@dataclass(frozen=True, slots=True)
class Source:
    """An input as it was when the documents were made; no size for a folder of files."""

    name: str
    digest: str
    size: int | None = None

    @classmethod
    def of(cls, path: Path) -> Source:
        """An input file; one that is not there has no digest."""
        if not path.is_file():
            return cls(path.name, "没有这个文件")
        content = path.read_bytes()
        return cls(path.name, hashlib.sha256(content).hexdigest(), len(content))


def trace(
    title: str,
    rows: Iterable[TraceRow],
    judged: Findings,
    found: Findings,
    waivers: Sequence[Waiver],
    sources: Iterable[Source],
    links: Links,
) -> bytes:
    """Return the workbook; ``judged`` are the findings with waivers applied, ``found`` as found."""
    book = Book(title, links)
    book.add("数字", _NUMBERS, [_number(n, row) for n, row in enumerate(rows, start=1)])
    findings = judged.sorted()
    book.add(
        "检查",
        _FINDINGS,
        [[str(f.severity), f.code, _linked(f.place), f.told, f.hint] for f in findings],
    )
    book.add("豁免", _WAIVERS, [line for waiver in waivers for line in _waived(waiver, found)])
    book.add("输入文件", INPUTS, [_source(source) for source in sources])
    return book.content()


def _number(number: int, row: TraceRow) -> list[Content]:
    places = row.places
    linked: list[Content] = [
        Link(short(place), place) if place else "" for place in _padded(places)
    ]
    rest = listed(places[_LINKED:], len(places))
    return [
        number,
        row.section,
        row.spot,
        row.sentence,
        row.text,
        _exact(row),
        row.names,
        row.cells or NO_CELL,
        *linked,
        rest,
        row.rounding,
    ]


def _padded(places: Sequence[Place]) -> list[Place | None]:
    return [places[n] if n < len(places) else None for n in range(_LINKED)]


def _exact(row: TraceRow) -> Content:
    """The value in its base unit: 元 for amounts, per cent where per cent is printed."""
    if row.value is None:
        return ""
    amount = any(figure.kind is Kind.AMOUNT for figure in row.figures)
    return in_base_unit(row.value, is_percent=row.text.endswith("%"), is_amount=amount)


def in_base_unit(value: Decimal, *, is_percent: bool, is_amount: bool) -> Exact:
    """A value as the trace shows it: in 元, in per cent, or by itself."""
    if is_percent:
        return Exact(value, "%", 2)
    return Exact(value, "元", 2) if is_amount else Exact(value)


def listed(places: Collection[Place], count: int = 0) -> str:
    """Cells one below the other; how many there are (``count``) where that is too many."""
    shown = "\n".join(short(place) for place in islice(places, _LISTED))
    return f"{shown}\n…共{count or len(places)}格" if len(places) > _LISTED else shown


def short(place: Place) -> str:
    """公开01表!C37: the file is in the formula, and in the link's hint."""
    return f"{place.sheet}!{place.address}" if place.sheet and place.address else str(place)


def _linked(place: Place) -> Content:
    return Link(str(place), place) if place.sheet or place.address else str(place)


def _waived(waiver: Waiver, found: Findings) -> Iterator[list[Content]]:
    """A line for each finding a waiver acted on, or one that says why it did not."""
    head = [waiver.code, waiver.reason, str(waiver.place)]
    same = [finding for finding in found if waiver.covers(finding)]
    for finding in same:
        refused = "" if finding.is_waivable else "（不能豁免）"
        yield [*head, _linked(finding.place), f"{finding.message}{refused}"]
    if not same:
        yield [*head, "没有用到", ""]


def _source(source: Source) -> list[Content]:
    return [source.name, "" if source.size is None else source.size, source.digest]
