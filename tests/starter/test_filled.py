"""A new folder, filled in with what an example holds, is the example again."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from reportgen.findings import Findings
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.preview import markdown_preview
from reportgen.sources.yaml import read_yaml
from tests.starter.conftest import EXAMPLES, clear_formulas, fill

Folders = Callable[[str], Path]
JINCHENG = "jincheng-2022"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/report.yaml"))
CELL = re.compile(r"(?<![A-Z\d])[A-Z]{1,2}\d+(?:(?:[:、])[A-Z]{1,2}\d+)*")
FILLED = {"D116"}  # totals that a blank formula leaves to the program


def template_of(example: Path) -> str:
    """The bundle of an example."""
    document = read_yaml(example / "report.yaml", Findings())
    assert document
    return str(document.data["模板"])


@cache
def example(name: str) -> Prepared:
    """An example as it is."""
    return prepare(Job(EXAMPLES / name))


def said(prepared: Prepared) -> list[tuple[str, str, str]]:
    """What is found, without the cells: rows of lists stand elsewhere in a new folder."""
    return sorted(
        (finding.code, finding.severity.value, CELL.sub("", finding.message))
        for finding in prepared.findings
        if finding.code not in FILLED
    )


def assert_same(folder: Path, name: str) -> None:
    """The same is found, and the same text is printed."""
    prepared = prepare(Job(folder))
    assert said(prepared) == said(example(name))
    text = markdown_preview(prepared)
    assert text
    assert text == markdown_preview(example(name))


@pytest.mark.parametrize("name", NAMES)
def test_filled_with_an_example_it_checks_and_prints_as_the_example(
    name: str, folders: Folders
) -> None:
    folder = folders(template_of(EXAMPLES / name))
    fill(folder, EXAMPLES / name, totals=True)
    assert_same(folder, name)


def test_totals_that_nothing_has_calculated_are_computed(folders: Folders) -> None:
    folder = folders(template_of(EXAMPLES / JINCHENG))
    fill(folder, EXAMPLES / JINCHENG, totals=False)
    clear_formulas(folder / "决算表.xlsx")
    assert_same(folder, JINCHENG)


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice")
def test_an_office_computes_the_totals_of_the_example(folders: Folders, tmp_path: Path) -> None:
    folder = folders(template_of(EXAMPLES / JINCHENG))
    fill(folder, EXAMPLES / JINCHENG, totals=False)
    line = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    line += ["--convert-to", "xlsx", "--outdir", str(tmp_path), str(folder / "决算表.xlsx")]
    subprocess.run(line, check=True, capture_output=True, timeout=120)
    shutil.copy(tmp_path / "决算表.xlsx", folder)
    assert_same(folder, JINCHENG)
