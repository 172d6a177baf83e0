"""A run of a thousand forms beside the plain docxtpl loop, and what ten thousand hold in memory.

The whole path is timed as users have it, a command of its own: start, reading the workbook,
checks, scores, citations, Word files, the gate, writing, trace and manifest. docxtpl has the same
form with its filters and merged cells taken out, ready-made texts, and nothing else to do.
It is timed with our own form, and with that form as Word leaves it (word_saved.py).
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate

from tests.batch_data import Sample, sample, write_book
from tests.benchmarks.word_saved import templates_saved_by_word

pytestmark = pytest.mark.speed
Compare = Callable[..., float]
Peaks = Callable[[str, int, str, int], None]
ROOT = Path(__file__).parents[2]
TEMPLATES, FORM = ROOT / "templates", "self-evaluation/shanxi"
FORMS, INDICATORS = 1_000, 10


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("batch") / "项目.xlsx", FORMS)


def written(path: Path, forms: int) -> Path:
    return write_book(path, [sample(n + 1, indicators=INDICATORS) for n in range(forms)])


def batch(book: Path, jobs: int, templates: Path = TEMPLATES) -> None:
    """A whole run, into a folder of its own: where files were deleted, new ones take longer."""
    with tempfile.TemporaryDirectory(dir=book.parent) as folder:
        asked = [*command(book, Path(folder) / "out", jobs), "--templates", str(templates)]
        done = subprocess.run(asked, check=True, capture_output=True, env=environment(book.parent))
    assert "，失败0。" in done.stdout.decode()


def environment(folder: Path) -> dict[str, str]:
    """As users have it: the bytecode of an installed package is there."""
    bytecode = {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **bytecode, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def command(book: Path, out: Path, jobs: int) -> list[str]:
    wanted = ["-t", FORM, "-o", str(out), "--year", "2022"]
    return [sys.executable, "-m", "reportgen", "batch", str(book), *wanted, "--jobs", str(jobs)]


def plain_template(path: Path, templates: Path = TEMPLATES) -> Path:
    """The form for docxtpl: its tags name ready-made texts, and no cells are merged."""
    form = templates / FORM / "report.docx"
    with zipfile.ZipFile(form) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "word/document.xml":
                xml = re.sub(r"\{% *merge .*?%\}", "", data.decode())
                data = re.sub(r"\{\{.*?\}\}", _named, xml).encode()
            target.writestr(info, data, zipfile.ZIP_DEFLATED)
    return path


def _named(match: re.Match[str]) -> str:
    """A tag without filters, conditions and alternatives."""
    inner = re.sub(r"<[^>]+>", "", match.group())[2:-2]
    return f"{{{{ {re.split(r'[|]| or | if ', inner)[0].strip()} }}}}"


def texts(one: Sample) -> dict[str, Any]:
    """What the form asks for, as texts."""
    funds = [
        {**{key: str(value) for key, value in row.items()}, "资金结转结余": "4.5", "执行率": "95.7"}
        for row in one.funds
    ]
    rows = [{"调整后指标值": "", "得分": "9", **row} for row in one.indicators]
    own = {**one.row, "名称": one.row["项目名称"], **funds[0], "执行率得分": "9.57"}
    return {
        "年度": "2022",
        "项目": {
            **own,
            "资金": funds,
            "资金明细": funds[1:],
            "指标": rows,
            "自评得分": "99.57",
            "自评等级": "优",
        },
    }


def plain_form(path: Path, context: dict[str, Any]) -> bytes:
    template = DocxTemplate(path)
    template.render(context, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def test_a_thousand_forms(book: Path, tmp_path: Path, compare: Compare) -> None:
    """Our own form, a small one: docxtpl needs half as long for it as for Word's."""
    one, two = ratios(book, TEMPLATES, tmp_path, compare, "")
    assert one < 1 / 6
    assert two < 1 / 8


def test_a_thousand_forms_saved_by_word(book: Path, tmp_path: Path, compare: Compare) -> None:
    templates = templates_saved_by_word(TEMPLATES, tmp_path / "templates", FORM)
    one, two = ratios(book, templates, tmp_path, compare, " saved by Word")
    assert one < 1 / 15
    assert two < 1 / 20


def ratios(
    book: Path, templates: Path, folder: Path, compare: Compare, kind: str
) -> tuple[float, float]:
    """The share of a whole run in what docxtpl takes, for one process and for two."""
    template = plain_template(folder / "form.docx", templates)
    contexts = [texts(sample(number + 1, indicators=INDICATORS)) for number in range(25)]

    def loop() -> None:
        for context in contexts:
            plain_form(template, context)

    floor = "docxtpl, 25 of the forms"
    share = len(contexts) / FORMS
    one, two = (
        share
        * compare(
            f"batch of 1,000{kind}, {jobs} at a time",
            lambda jobs=jobs: batch(book, jobs, templates),
            floor,
            loop,
            3,
        )
        for jobs in (1, 2)
    )
    return one, two


@pytest.mark.parametrize(("forms", "most"), [(FORMS, 1.5), (5 * FORMS, 1.3)])
def test_two_processes(forms: int, most: float, tmp_path: Path, compare: Compare) -> None:
    """Beside what the machine gives two processes that share nothing at all.

    What is done once a run, half a second of start and a fifth of papers, is done by one.
    """
    book = written(tmp_path / "项目.xlsx", forms)
    bare = compare("a loop in two processes", lambda: busy(2), "one after the other", busy_twice, 3)
    ratio = compare(
        f"batch of {forms:,}, two processes",
        lambda: batch(book, 2),
        "one process",
        lambda: batch(book, 1),
        3,
    )
    assert ratio < bare * most


def busy(processes: int) -> None:
    """Processes that count, all at once."""
    command = [sys.executable, "-c", "n = 0\nfor i in range(10_000_000): n += i"]
    started = [subprocess.Popen(command) for _ in range(processes)]
    assert [process.wait() for process in started] == [0] * processes


def busy_twice() -> None:
    busy(1)
    busy(1)


def test_memory(tmp_path: Path, peaks: Peaks) -> None:
    """What a run holds hardly depends on its length."""
    few = _peak(written(tmp_path / "few.xlsx", FORMS), tmp_path / "few")
    many = _peak(written(tmp_path / "many.xlsx", 10 * FORMS), tmp_path / "many")
    peaks("batch of 10,000", many, "batch of 1,000", few)
    assert many < few * 1.2


_HIGHEST = """
import sys
from pathlib import Path
from reportgen.cli.app import run
code = run(sys.argv[1:])
print(code, Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def _peak(book: Path, out: Path) -> int:
    """The peak of resident memory, in KB, of a run in one process.

    The process says so itself: what its parent is told includes the parent's own.
    """
    asked = [sys.executable, "-c", _HIGHEST, *command(book, out, 1)[3:]]
    done = subprocess.run(asked, check=True, capture_output=True, env=environment(book.parent))
    code, peak = done.stdout.decode().splitlines()[-1].split()
    assert code == "0"
    return int(peak)


def test_a_floor_is_a_form(tmp_path: Path) -> None:
    begun = time.perf_counter()
    content = plain_form(plain_template(tmp_path / "form.docx"), texts(sample(1)))
    assert time.perf_counter() - begun < 60
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "公共就业服务项目1" in archive.read("word/document.xml").decode()
