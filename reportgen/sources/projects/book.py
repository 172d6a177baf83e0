"""Projects, opened: what is listed, and the projects with their rows in chunks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from reportgen.findings import Findings
from reportgen.sources.projects.build import check_secrecy
from reportgen.sources.projects.groups import grouped, joined
from reportgen.sources.projects.lists import COLUMNS, NAME, ProjectList, project_list, sections
from reportgen.sources.projects.names import Strays, named
from reportgen.sources.projects.raw import RawProject, RawRow, Shelf
from reportgen.sources.projects.sheets import open_sheets, with_neighbours
from reportgen.sources.streamed import DamagedError, RowSheet


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of 项目 that has a name; ``index`` counts from 0 in the order of the list."""

    index: int
    name: str
    secret: bool
    shelf: Shelf = field(repr=False, compare=False)

    @property
    def row(self) -> RawRow:
        """The row; it lies on disk."""
        return self.shelf.get(self.index)

    @property
    def fields(self) -> Mapping[str, str]:
        """The texts of the row by column."""
        return self.row.texts()


class ProjectBook:
    """What is listed, and the projects with their rows, of which few are in memory at a time.

    ``faults`` are findings that refuse one listed project, by its index. What is wrong with
    the lists themselves goes to the findings that the book was opened with, also while
    ``chunks`` runs.
    """

    def __init__(
        self,
        listed: Sequence[Listed],
        faults: Mapping[int, Findings],
        marks: ProjectList | None,
        findings: Findings,
    ) -> None:
        self.listed = tuple(listed)
        self.faults = faults
        self._marks, self._findings = marks, findings
        self._indexes = {one.name: one.index for one in reversed(self.listed)}
        self._funds, self._numbers = Shelf(listed[0].row.head), dict[int, list[int]]()
        self._seen: set[int] = set()

    def read_funds(self, funds: ProjectList) -> None:
        """Put the rows of 资金 aside."""
        self._funds = Shelf(funds.head)
        self._numbers = joined(funds, self._indexes, self._funds, self._findings)

    def gives(self, index: int) -> bool:
        """Whether a listed project is neither secret nor refused."""
        return not self.listed[index].secret and index not in self.faults

    def chunks(self, size: int) -> Iterator[list[RawProject]]:
        """The projects with rows in 指标, in its order; secret and refused ones are left out.

        A project whose rows are scattered comes again at the end, whole: that one counts.
        """
        wanted = (group for group in self.groups() if self.gives(group[0]))
        yield from _chunked((self.project(index, rows) for index, rows in wanted), size)

    def rest(self, size: int) -> Iterator[list[RawProject]]:
        """The projects without a row in 指标, when ``chunks`` has come to its end."""
        yield from _chunked((self.project(index) for index in self.without_indicators), size)

    @property
    def without_indicators(self) -> tuple[int, ...]:
        """Which have no row in 指标, when ``chunks`` has come to its end; none that is left out."""
        known = range(len(self.listed))
        return tuple(index for index in known if index not in self._seen and self.gives(index))

    def project(self, index: int, indicators: Sequence[RawRow] = ()) -> RawProject:
        """A listed project with its funds and these indicators."""
        one = self.listed[index]
        funds = (self._funds.get(number) for number in self._numbers.get(index, ()))
        return RawProject(index, one.name, one.row, tuple(funds), tuple(indicators))

    def groups(self) -> Iterator[tuple[int, Sequence[RawRow]]]:
        """The rows of 指标 by the index of their project, of those that are left out as well."""
        self._seen.clear()
        found = grouped(self._marks, self._indexes, self._findings) if self._marks else ()
        try:
            for index, rows in found:
                self._seen.add(index)
                yield index, rows
        except DamagedError as damaged:  # what was not read is not without indicators
            self._findings.extend([damaged.finding])
            self._seen.update(range(len(self.listed)))


def _chunked(projects: Iterable[RawProject], size: int) -> Iterator[list[RawProject]]:
    left = iter(projects)
    while chunk := list(islice(left, size)):
        yield chunk


def open_projects(paths: Sequence[Path], findings: Findings) -> ProjectBook | None:
    """Read what is listed, and the funds; ``None`` with findings where nothing can be.

    Of 项目.csv alone, 资金.csv and 指标.csv are looked for beside it.
    """
    try:
        return _opened(with_neighbours(paths), findings)
    except DamagedError as damaged:
        findings.extend([damaged.finding])
        return None


def _opened(paths: Sequence[Path], findings: Findings) -> ProjectBook | None:
    sheets = [sheet for path in paths for sheet in open_sheets(path, findings)]
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
    listed = _listed(lists["项目"], findings)
    if not listed:
        return None
    book = ProjectBook(listed, _faults(listed), lists.get("指标"), findings)
    if "资金" in lists:
        book.read_funds(lists["资金"])
    return book


def _report_missing(name: str, sheet: RowSheet, findings: Findings) -> None:
    heads = f"表头为：{'、'.join(COLUMNS[name])}。"
    if sheet.is_flat:
        findings.error("D103", sheet.spot, f"旁边没有“{name}.csv”。", f"请放在一起，{heads}")
    else:
        findings.error("D103", sheet.spot, f"缺少工作表“{name}”。", heads)


def _listed(projects: ProjectList, findings: Findings) -> list[Listed]:
    shelf, strays, listed = Shelf(projects.head), Strays(), list[Listed]()
    for name, row in named(projects.rows(), strays):
        listed.append(Listed(shelf.put(row), name, row.text("涉密") == "是", shelf))
    strays.report((), findings)
    return listed


def _faults(listed: Sequence[Listed]) -> dict[int, Findings]:
    """What refuses a project whatever else is in its rows."""
    by_name = defaultdict[str, list[Listed]](list)
    faults = defaultdict[int, Findings](Findings)
    for one in listed:
        by_name[one.name].append(one)
        check_secrecy(one.row, faults[one.index])
    for name, same in by_name.items():
        if len(same) > 1:
            _report_repeated(name, same, faults)
    return {index: found for index, found in faults.items() if found}


def _report_repeated(name: str, same: Sequence[Listed], faults: Mapping[int, Findings]) -> None:
    """Of rows with one name none can be taken: whose funds and indicators are they?"""
    places = {one.index: one.row.place(NAME) for one in same}
    times = "两" if len(same) == 2 else len(same)
    for one in same:
        others = "、".join(str(place) for index, place in places.items() if index != one.index)
        message = f"项目“{name}”出现{times}次，另在 {others}。"
        faults[one.index].error("D107", places[one.index], message, "请合并为一行，或改正名称。")
