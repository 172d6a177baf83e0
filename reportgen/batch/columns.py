"""The columns of a listed project as texts, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.sources.projects.names import cleaned
from reportgen.sources.projects.raw import RawRow
from reportgen.sources.texts import is_clean


class Columns(Mapping[str, str]):
    """What ``Listed.fields`` says of a row, without making texts of columns nobody reads."""

    def __init__(self, row: RawRow) -> None:
        self._row = row

    def __getitem__(self, column: str) -> str:
        if column not in self._row.head.columns:
            raise KeyError(column)
        text = self._row.text(column)
        return text if is_clean(text) else cleaned(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row.head.columns)

    def __len__(self) -> int:
        return len(self._row.head.columns)
