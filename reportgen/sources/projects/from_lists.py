"""Projects from the lists 项目, 资金 and 指标 of workbooks, joined by 项目名称."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reportgen.findings import Findings
from reportgen.sources.projects.book import Listing, ProjectBook
from reportgen.sources.projects.groups import grouped, joined
from reportgen.sources.projects.lists import COLUMNS, ProjectList, project_list, sections
from reportgen.sources.projects.names import Known, Strays, named
from reportgen.sources.projects.raw import RawRow, Shelf
from reportgen.sources.projects.sheets import open_sheets, with_neighbours
from reportgen.sources.streamed import RowSheet


class Lists:
    """The rows of 资金, put aside, and those of 指标, read when they are asked for."""

    def __init__(self, lists: Mapping[str, ProjectList], known: Known, findings: Findings) -> None:
        self._marks, self._known, self._findings = lists.get("指标"), known, findings
        funds = lists.get("资金")
        self._funds = joined(funds, known, findings) if funds else None

    def funds(self, index: int) -> Sequence[RawRow]:
        """The rows of 资金."""
        return self._funds.rows(index) if self._funds else []

    def groups(self) -> Iterator[tuple[int, Sequence[RawRow]]]:
        """The rows of 指标, in the order of the sheet."""
        if self._marks:
            yield from grouped(self._marks, self._known, self._findings)


def open_lists(paths: Sequence[Path], findings: Findings) -> ProjectBook | None:
    """Read what is listed, and the funds; ``None`` with findings where nothing can be."""
    sheets = [sheet for path in with_neighbours(paths) for sheet in open_sheets(path, findings)]
    if not sheets:
        return None
    found = sections(sheets, findings)
    lists: dict[str, ProjectList] = {}
    for name in COLUMNS:
        if name not in found:
            _report_missing(name, sheets[0], findings)
        elif one := project_list(found[name], name, findings):
            lists[name] = one
        if "项目" not in lists:
            return None
    listing = _listing(lists["项目"], findings)
    if not listing.listed:
        return None
    indexes = {one.name: one.index for one in reversed(listing.listed)}
    known = Known(indexes, listing.doubtful)
    return ProjectBook(listing, Lists(lists, known, findings), findings)


def _report_missing(name: str, sheet: RowSheet, findings: Findings) -> None:
    heads = f"表头为：{'、'.join(COLUMNS[name])}。"
    if sheet.is_flat:
        findings.error("D103", sheet.spot, f"旁边没有“{name}.csv”。", f"请放在一起，{heads}")
    else:
        hint = f"名称不同的，请把工作表改名为“{name}”；隐藏的，请取消隐藏；{heads}"
        findings.error("D103", sheet.spot, f"缺少工作表“{name}”。", hint)


def _listing(projects: ProjectList, findings: Findings) -> Listing:
    shelf, strays = Shelf(projects.head), Strays()
    listing = Listing(shelf)
    for name, row in named(projects.rows(), strays):
        listing.add(shelf.put(row), name, row)
    strays.report(Known({}), findings)
    return listing
