"""What a run over projects imports: its start is work that no second process shares."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.batch_data import sample, write_book

PROGRAM = """
import json, sys
from reportgen.cli.app import run
code = run(sys.argv[1:])
print(json.dumps(sorted(sys.modules)))
sys.exit(code)
"""
NOT_IMPORTED = (
    # 0.1 s and more
    *("openpyxl", "numpy", "PIL", "pandas", "docx", "docxtpl", "pptx"),
    # some 0.01 s: Markdown, processes, clusters, what reads .xls; the net by way of xml.sax
    *("markdown_it", "multiprocessing", "concurrent.futures.process", "asyncio", "distributed"),
    *("python_calamine", "olefile", "ssl", "http.client", "rich"),
    # what is for reports
    *("reportgen.batch.folders", "reportgen.pipeline.prepare", "reportgen.pipeline.publish"),
    *("reportgen.rules.derive", "reportgen.rules.relate", "reportgen.rules.given"),
    *("reportgen.sources.tables", "reportgen.sources.supplement", "reportgen.sources.entries"),
    *("reportgen.sources.settings", "reportgen.checks.units", "reportgen.checks.reasons"),
    *("reportgen.checks.completeness.headings", "reportgen.render.word.blocks"),
    # what is for other inputs, and for projects in which something is found
    *("reportgen.sources.xlsx", "reportgen.sources.xls", "reportgen.sources.projects.folder"),
    *("reportgen.rules.reconcile", "reportgen.rules.report"),
)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules of a process that has made forms of sound projects."""
    folder = tmp_path_factory.mktemp("start")
    book = folder / "项目.xlsx"
    write_book(book, [sample(number + 1) for number in range(3)])
    words = ["batch", book, "-t", "self-evaluation/shanxi", "-o", folder / "out", "--year", "2022"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words), "--jobs", "1"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return frozenset(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", NOT_IMPORTED)
def test_what_a_run_does_not_import(modules: frozenset[str], name: str) -> None:
    assert "reportgen.batch.forms" in modules
    assert name not in modules


@pytest.mark.parametrize("name", [name for name in NOT_IMPORTED if name.startswith("reportgen.")])
def test_the_modules_still_have_these_names(name: str) -> None:
    assert find_spec(name)
