"""Page numbers from LibreOffice, which lays a probe of the document out as PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reportgen.render.word.contents import SIGN

VARIABLE = "REPORTGEN_SOFFICE"
_SECONDS = 120


def soffice() -> str | None:
    """The LibreOffice to call; the variable REPORTGEN_SOFFICE names another, or none if empty."""
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return shutil.which(chosen) if chosen else None
    return shutil.which("soffice") or shutil.which("libreoffice")


def page_numbers(probe: bytes) -> Mapping[int, int] | None:
    """The printed page number of each entry of a probe; ``None`` where none can be had."""
    program = soffice()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
        pdf = _convert(program, Path(folder), probe)
        return _read(pdf) if pdf is not None else None


def _convert(program: str, folder: Path, probe: bytes) -> Path | None:
    """Convert with a profile of our own, so that an open LibreOffice doesn't interfere."""
    source = folder / "probe.docx"
    source.write_bytes(probe)
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        subprocess.run(  # noqa: S603 - the program is the installed LibreOffice
            command, check=True, capture_output=True, timeout=_SECONDS
        )
    except (subprocess.SubprocessError, OSError):
        return None
    target = folder / "probe.pdf"
    return target if target.is_file() else None


def _read(pdf: Path) -> Mapping[int, int] | None:
    from pypdf import PdfReader

    numbers: dict[int, int] = {}
    for page in PdfReader(pdf).pages:
        found = SIGN.findall(page.extract_text())
        if not found and numbers:
            break
        numbers.update((int(entry), int(number)) for entry, number in found)
    return numbers or None
