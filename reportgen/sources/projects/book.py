"""Projects, opened: what is listed, and the projects with their rows in chunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from reportgen.findings import Finding, Findings
from reportgen.sources.projects.build import check_secrecy, may_be_secret, report_unknown
from reportgen.sources.projects.lists import NAME
from reportgen.sources.projects.names import cleaned
from reportgen.sources.projects.raw import RawProject, RawRow
from reportgen.sources.streamed import DamagedError
from reportgen.sources.texts import is_clean

_UNCLEAR = "（是否涉密不明）"


class Rows(Protocol):
    """Rows that lie on disk, by number."""

    def get(self, number: int) -> RawRow:
        """The row of a number."""


class Source(Protocol):
    """Where the rows of projects come from, by the index of the project."""

    def funds(self, index: int) -> Sequence[RawRow]:
        """The lines of a project's funds."""

    def groups(self) -> Iterator[tuple[int, Sequence[RawRow]]]:
        """The indicators of each project that has some; of one that comes again the last count."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of 项目 that has a name; ``index`` counts from 0 in the order of the list.

    ``doubtful`` is one whose row does not say clearly whether it is secret.
    """

    index: int
    name: str
    secret: bool
    shelf: Rows = field(repr=False, compare=False)
    doubtful: bool = False

    @property
    def shown(self) -> str:
        """The name as findings may tell it: not that of a project that may be secret."""
        return _UNCLEAR if self.doubtful else self.name

    @property
    def row(self) -> RawRow:
        """The row; it lies on disk."""
        return self.shelf.get(self.index)

    @property
    def fields(self) -> Mapping[str, str]:
        """The texts of the row by column, without what no document can hold."""
        texts = self.row.texts().items()
        return {column: text if is_clean(text) else cleaned(text) for column, text in texts}


class Listing:
    """What is listed, and what refuses single projects whatever else is in their rows.

    ``doubtful`` are the names of projects that are secret, or may be.
    """

    def __init__(self, shelf: Rows) -> None:
        self.doubtful: set[str] = set()
        self.listed: list[Listed] = []
        self.faults: dict[int, Findings] = {}
        self._shelf = shelf
        self._by_name: dict[str, int] = {}
        self._repeated: dict[str, list[int]] = {}

    def add(self, index: int, name: str, row: RawRow, faults: Iterable[Finding] = ()) -> None:
        """List a row; of rows with one name none can be taken, for whose would the funds be?"""
        secret, doubtful = row.text("涉密") == "是", may_be_secret(row)
        self.listed.append(Listed(index, name, secret, self._shelf, doubtful and not secret))
        found = Findings(faults)
        check_secrecy(row, found)
        if doubtful:
            self.doubtful.add(name)
            report_unknown(row, found)
        if found:
            self.faults[index] = found
        first = self._by_name.setdefault(name, index)
        if first != index:
            self._repeated.setdefault(name, [first]).append(index)

    def close(self) -> None:
        """Refuse the projects whose name stands twice; that of a secret one is not written."""
        for name, same in self._repeated.items():
            places = {index: self._shelf.get(index).place(NAME) for index in same}
            times = "两" if len(same) == 2 else len(same)
            for index, place in places.items():
                others = "、".join(str(other) for at, other in places.items() if at != index)
                shown = "这个项目" if name in self.doubtful else f"项目“{name}”"
                message = f"{shown}出现{times}次，另在 {others}。"
                found = self.faults.setdefault(index, Findings())
                found.error("D107", place, message, "请合并为一行，或改正名称。")


class ProjectBook:
    """What is listed, and the projects with their rows, of which few are in memory at a time.

    ``faults`` are findings that refuse one listed project, by its index. What is wrong with
    the lists themselves goes to the findings that the book was opened with, also while
    ``chunks`` runs.
    """

    def __init__(self, listing: Listing, source: Source, findings: Findings) -> None:
        listing.close()
        self.listed = tuple(listing.listed)
        self.faults: Mapping[int, Findings] = listing.faults
        self._source, self._findings = source, findings
        self._seen: set[int] = set()

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
        funds = tuple(self._source.funds(index))
        return RawProject(index, one.name, one.row, funds, tuple(indicators))

    def groups(self) -> Iterator[tuple[int, Sequence[RawRow]]]:
        """The rows of 指标 by the index of their project, of those that are left out as well."""
        self._seen.clear()
        try:
            for index, rows in self._source.groups():
                self._seen.add(index)
                yield index, rows
        except DamagedError as damaged:  # what was not read is not without indicators
            self._findings.extend([damaged.finding])
            self._seen.update(range(len(self.listed)))


def _chunked(projects: Iterable[RawProject], size: int) -> Iterator[list[RawProject]]:
    left = iter(projects)
    while chunk := list(islice(left, size)):
        yield chunk
