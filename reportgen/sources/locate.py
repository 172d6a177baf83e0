"""Where each published table stands: its sheet, its rows, its unit line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportgen.findings import Findings, Place, nearest
from reportgen.model import Profile, plain
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.figures import UNITS, Unit

_UNIT = re.compile(r"(?:金额)?单位[:：]\s*(\S+)")
_NOTE = re.compile(r"^(注|说明|备注)\s*[:：]")


@dataclass(frozen=True)
class Region:
    """The rows of a sheet that hold one table, its unit, and its notes."""

    sheet: Sheet
    first: int
    last: int
    unit: Unit
    unit_place: Place | None = None

    def rows(self) -> range:
        """Row numbers from the title to the last line before the notes."""
        return range(self.first, self.last + 1)


def locate(
    sheets: Sequence[Sheet], profiles: Iterable[Profile], file: str, findings: Findings
) -> dict[str, Region]:
    """Find each profile's table by its 公开0N表 label or its title, on whatever sheet it is."""
    profiles = list(profiles)
    anchors = [anchor for sheet in sheets for anchor in _anchors(sheet, profiles)]
    regions: dict[str, Region] = {}
    for index, (name, sheet, row) in enumerate(anchors):
        following = anchors[index + 1] if index + 1 < len(anchors) else None
        last = following[2] - 1 if following and following[1] is sheet else sheet.rows
        if name in regions:
            title = next(profile.title for profile in profiles if profile.name == name)
            where = regions[name].sheet.name
            findings.error(
                "D118", sheet.spot, f"“{title}”在工作表“{where}”里已经有一张。", "请只保留一张。"
            )
            continue
        regions[name] = _region(sheet, row, last, findings)
    texts = _untaken(sheets, profiles)
    for profile in profiles:
        if profile.name not in regions and sheets:
            _report_missing(profile, texts, file, findings)
    return regions


def _anchors(sheet: Sheet, profiles: list[Profile]) -> list[tuple[str, Sheet, int]]:
    """First row of every table on a sheet: the row of its title, else of its label."""
    found: dict[str, int] = {}
    for cell in sheet.filled():
        for profile in profiles:
            if _names(cell, profile):
                found.setdefault(profile.name, cell.row)
    return [(name, sheet, row) for name, row in sorted(found.items(), key=lambda item: item[1])]


def _names(cell: Cell, profile: Profile) -> bool:
    text = plain(cell.text)
    return text in (plain(profile.number), plain(profile.title))


def _region(sheet: Sheet, first: int, last: int, findings: Findings) -> Region:
    unit, place = Unit(), None
    end = last
    for row in range(first, last + 1):
        for cell in sheet.row(row):
            match = _UNIT.search(cell.text)
            if match:
                unit, place = _unit(sheet, cell, match.group(1), findings), sheet.place(cell)
            if _NOTE.match(cell.text):
                end = min(end, row - 1)
    if place is None:
        message = "表头没有“金额单位：元”这一行，按元读取。"
        findings.warning("D111", Place.cell(sheet.file, sheet.name), message, "请补上单位行。")
    return Region(sheet, first, end, unit, place)


def _unit(sheet: Sheet, cell: Cell, name: str, findings: Findings) -> Unit:
    name = plain(name).rstrip("）)")
    if name in UNITS:
        return Unit(name)
    message = f"金额单位“{name}”不能识别。"
    findings.error("D111", sheet.place(cell), message, "请写“元”或“万元”。")
    return Unit()


def _report_missing(profile: Profile, texts: Sequence[str], file: str, findings: Findings) -> None:
    hint = nearest(profile.title, texts) or f"请补上这张表，表头写“{profile.number}”。"
    findings.error("D103", Place(file), f"找不到“{profile.title}”（{profile.number}）。", hint)


def _untaken(sheets: Sequence[Sheet], profiles: Sequence[Profile]) -> list[str]:
    """Texts at the top of sheets that may be misspelt titles: those that are no table's own."""
    titles = {plain(profile.title) for profile in profiles}
    heads = (cell for sheet in sheets for cell in sheet.filled() if cell.row <= 3)
    return [cell.text for cell in heads if plain(cell.text) not in titles]
