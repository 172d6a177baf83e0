"""Reading a thousand projects beside openpyxl, which only gives the cells."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from reportgen.findings import Findings
from reportgen.sources.projects import build, open_projects
from tests.batch_data import sample, write_book

pytestmark = pytest.mark.speed
Compare = Callable[..., float]
Peaks = Callable[[str, int, str, int], None]
PROJECTS, INDICATORS = 1_000, 10


def written(path: Path, projects: int) -> Path:
    return write_book(path, [sample(n + 1, indicators=INDICATORS) for n in range(projects)])


def test_reading(tmp_path: Path, compare: Compare) -> None:
    path = written(tmp_path / "项目.xlsx", PROJECTS)

    def ours() -> None:
        book = open_projects([path], Findings())
        assert book is not None
        assert sum(len(chunk) for chunk in book.chunks(100)) == PROJECTS

    def built() -> None:
        book = open_projects([path], Findings())
        assert book is not None
        for chunk in book.chunks(100):
            for raw in chunk:
                build(raw, Findings())

    def theirs() -> int:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))

    floor = "openpyxl, read only, values"
    assert compare("read 1,000 projects", ours, floor, theirs, 3) < 1.5
    assert compare("read and build 1,000 projects", built, floor, theirs, 3) < 2


_HIGHEST = """
import sys
from pathlib import Path
from reportgen.findings import Findings
from reportgen.sources.projects import open_projects
book = open_projects([Path(sys.argv[1])], Findings())
assert sum(len(chunk) for chunk in book.chunks(50))
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def test_memory_of_reading(tmp_path: Path, peaks: Peaks) -> None:
    found = {}
    for count in (PROJECTS, 10 * PROJECTS):
        path = written(tmp_path / f"{count}.xlsx", count)
        done = subprocess.run(
            [sys.executable, "-c", _HIGHEST, str(path)], check=True, capture_output=True
        )
        found[count] = int(done.stdout)
    few, many = found.values()
    peaks("read 10,000 projects", many, "read 1,000 projects", few)
    assert many < few * 1.35  # of a process that holds nothing else
