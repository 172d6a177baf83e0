"""Where each published table stands: its sheet, its rows, its unit line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportgen.findings import Findings, Place, mistaken
from reportgen.model import UNITS, Profile, plain
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.figures import Unit
from reportgen.sources.lines import first_head_row, unit_name
from reportgen.sources.panes import Wanted, panes, titled, wanted_titles
from reportgen.sources.titles import form_of

_Anchor = tuple[Profile, Sheet, Cell]
_OWNER = re.compile(r"(?:部门名称|单位名称|编制单位|^\s*部门)\s*[:：]\s*(\S+)")
_YEAR = re.compile(r"^\s*(\d{4})\s*年度\s*$")
_NOTE = re.compile(r"^(注|说明|备注)\s*[:：]")


@dataclass(frozen=True)
class Region:
    """The rows of a sheet that hold one table, its unit, and its notes."""

    sheet: Sheet
    first: int
    last: int
    unit: Unit
    unit_place: Place | None = None
    owner: str = ""
    year: int = 0

    def rows(self) -> range:
        """Row numbers from the title to the last line before the notes."""
        return range(self.first, self.last + 1)


def locate(
    sheets: Sequence[Sheet], profiles: Iterable[Profile], file: str, findings: Findings
) -> dict[str, Region]:
    """Find each profile's table by its 公开0N表 label or its title, on whatever sheet it is.

    The sheet's own name counts where nothing on it is a title, as in the platform's 财决 books.

    A table that is missing is told of ``file``; of none where a file could not be read.
    """
    profiles = list(profiles)
    wanted = wanted_titles(profiles)
    cut = [pane for sheet in sheets for pane in panes(sheet, wanted)]
    anchors = _real([anchor for sheet in cut for anchor in _anchors(sheet, wanted)])
    regions: dict[str, Region] = {}
    found: dict[str, Place] = {}
    for index, (profile, sheet, cell) in enumerate(anchors):
        place = sheet.place(cell)
        first = found.setdefault(profile.name, place)
        if first != place:
            message = f"“{profile.title}”在 {first} 已经有一张，这一张没有读。"
            findings.error("D118", place, message, "请核对哪一张是定稿，只保留一张。")
            continue
        rows = range(cell.row, _last_row(anchors, index) + 1)
        regions[profile.name] = _region(sheet, rows, profile, findings)
    texts = _untaken(sheets, profiles)
    for profile in profiles:
        if profile.name not in regions and file:
            _report_missing(profile, texts, file, findings)
    return regions


def _anchors(sheet: Sheet, wanted: Wanted) -> list[_Anchor]:
    """First row of every table on a sheet: titles and labels that follow each other are one."""
    found: list[_Anchor] = []
    for profile, cell in titled(sheet, wanted):
        if not (found and found[-1][0] is profile):
            found.append((profile, sheet, cell))
    if not found and sheet.cells:
        first = next(iter(sheet.filled()))
        found = [(profile, sheet, first) for profile in wanted.get(form_of(sheet), ())]
    return found


def _last_row(anchors: Sequence[_Anchor], index: int) -> int:
    """The row above the next table of the sheet, else the sheet's last."""
    sheet = anchors[index][1]
    following = anchors[index + 1] if index + 1 < len(anchors) else None
    return following[2].row - 1 if following and following[1] is sheet else sheet.rows


def _real(anchors: list[_Anchor]) -> list[_Anchor]:
    """Anchors with heads below; a title in a list of contents has none and does not count.

    A table of which nothing but the title is there keeps its first.
    """
    kept: list[_Anchor] = []
    bare: list[_Anchor] = []
    for index, anchor in enumerate(anchors):
        profile, sheet, cell = anchor
        rows = range(cell.row, _last_row(anchors, index) + 1)
        (kept if first_head_row(sheet, rows, profile) else bare).append(anchor)
    names = {profile.name for profile, _, _ in kept}
    for anchor in bare:
        if anchor[0].name not in names:
            names.add(anchor[0].name)
            kept.append(anchor)
    return sorted(kept, key=anchors.index)


def _region(sheet: Sheet, rows: range, profile: Profile, findings: Findings) -> Region:
    """The rows down to the notes; the unit stands above the heads."""
    first = rows.start
    notes = (row for row in rows for c in sheet.row(row) if _NOTE.match(c.text))
    end = min(notes, default=rows.stop) - 1
    heads = first_head_row(sheet, range(first, end + 1), profile)
    above = [cell for row in range(first, heads or end + 1) for cell in sheet.row(row)]
    owner = next((found[1] for cell in above if (found := _OWNER.search(cell.text))), "")
    year = next((int(found[1]) for cell in above if (found := _YEAR.search(cell.text))), 0)
    for cell in above:
        name = unit_name(cell.text)
        if name:
            unit = _unit(sheet, cell, name, findings)
            return Region(sheet, first, end, unit, sheet.place(cell), owner, year)
    message = "表头没有“金额单位：元”这一行，按元读取。"
    findings.warning("D111", sheet.spot, message, "请补上单位行。")
    return Region(sheet, first, end, Unit(), owner=owner, year=year)


def _unit(sheet: Sheet, cell: Cell, name: str, findings: Findings) -> Unit:
    if name in UNITS:
        return Unit(name)
    message = f"金额单位“{name}”不能识别。"
    findings.error("D111", sheet.place(cell), message, "请写“元”或“万元”。")
    return Unit()


def _report_missing(profile: Profile, texts: Sequence[str], file: str, findings: Findings) -> None:
    slip = mistaken(profile.title, texts)
    hint = f"请补上这张表，表头写“{profile.number}”。"
    if slip:
        hint = f"标题“{slip}”是否应为“{profile.title}”？"
    findings.error("D103", Place(file), f"找不到“{profile.title}”（{profile.number}）。", hint)


def _untaken(sheets: Sequence[Sheet], profiles: Sequence[Profile]) -> list[str]:
    """Texts at the top of sheets that may be misspelt titles: those that are no table's own."""
    titles = {plain(profile.title) for profile in profiles}
    heads = (cell for sheet in sheets for cell in sheet.filled() if cell.row <= 3)
    return [cell.text for cell in heads if plain(cell.text) not in titles]
