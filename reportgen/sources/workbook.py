"""A file of cells becomes sheets: .xlsx, .xls and .csv, each by its own reader."""

from __future__ import annotations

from pathlib import Path

from reportgen.findings import Findings
from reportgen.sources.cells import Sheet
from reportgen.sources.separated import read_separated
from reportgen.sources.sound import is_sound
from reportgen.sources.xls import read_xls
from reportgen.sources.xlsx import read_xlsx

_READERS = {".xls": read_xls, ".csv": read_separated}  # the others are .xlsx


def read_workbook(path: Path, findings: Findings) -> tuple[Sheet, ...]:
    """Read every visible sheet; a missing or damaged file is a finding and gives no sheets."""
    if not is_sound(path, findings):
        return ()
    reader = _READERS.get(path.suffix.lower())
    return reader(path, path.read_bytes(), findings) if reader else read_xlsx(path, findings)
