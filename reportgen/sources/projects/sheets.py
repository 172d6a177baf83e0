"""The sheets of the files that hold projects, as rows that stream by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.findings import Findings
from reportgen.model import plain
from reportgen.sources.projects.lists import COLUMNS
from reportgen.sources.separated_rows import open_separated
from reportgen.sources.sound import is_sound
from reportgen.sources.streamed import RowSheet, row_sheet
from reportgen.sources.xlsx_rows import open_xlsx

_CSV, _XLS = ".csv", ".xls"
_PROJECTS = "项目"


def open_sheets(path: Path, findings: Findings) -> tuple[RowSheet, ...]:
    """The visible sheets; a missing or damaged file is a finding and gives none."""
    if not is_sound(path, findings):
        return ()
    suffix = path.suffix.lower()
    if suffix == _XLS:
        from reportgen.sources.xls import read_xls  # few have such files, and it needs libraries

        return tuple(row_sheet(sheet) for sheet in read_xls(path, path.read_bytes(), findings))
    return open_separated(path, findings) if suffix == _CSV else open_xlsx(path, findings)


def with_neighbours(paths: Sequence[Path]) -> list[Path]:
    """The files; where 项目.csv is the only one, 资金.csv and 指标.csv beside it as well."""
    found = list(paths)
    if len(paths) == 1 and paths[0].suffix.lower() == _CSV and plain(paths[0].stem) == _PROJECTS:
        beside = (paths[0].with_stem(name) for name in COLUMNS if name != _PROJECTS)
        found += [path for path in beside if path.is_file()]
    return found
