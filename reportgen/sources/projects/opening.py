"""The door to projects, whatever they are kept in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.findings import Findings
from reportgen.sources.projects.book import ProjectBook
from reportgen.sources.projects.from_lists import open_lists
from reportgen.sources.projects.sheets import with_neighbours
from reportgen.sources.streamed import DamagedError

_LISTS = ("项目.xlsx", "项目.xls", "项目.csv")


def open_projects(paths: Sequence[Path], findings: Findings) -> ProjectBook | None:
    """Read what is listed, and the funds; ``None`` with findings where nothing can be.

    The files hold the lists 项目, 资金 and 指标; of 项目.csv alone, the others are looked for
    beside it. A folder holds such a file, or forms, one or several a workbook.
    """
    try:
        if len(paths) == 1 and paths[0].is_dir():
            return _open_folder(paths[0], findings)
        return open_lists(paths, findings)
    except DamagedError as damaged:
        findings.extend([damaged.finding])
        return None


def _open_folder(folder: Path, findings: Findings) -> ProjectBook | None:
    # what reads forms is imported only where there are forms
    from reportgen.sources.projects.folder import open_folder

    lists = [folder / name for name in _LISTS if (folder / name).is_file()]
    return open_lists(lists[:1], findings) if lists else open_folder(folder, findings)


def input_files(path: Path) -> Sequence[Path]:
    """The files that are read where this one, or this folder, is opened."""
    if not path.is_dir():
        return with_neighbours([path])
    from reportgen.sources.projects.folder import form_files

    return list(form_files(path, Findings()))
