"""A run that is killed at any moment: the next one ends with the same documents."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from reportgen.batch.journal import Journal
from reportgen.cli.app import run
from tests.batch_data import batch_of, sample, write_book

COUNT, KILLS = 64, 20


def arguments(book: Path, out: Path, *more: str) -> list[str]:
    return batch_of(book, out, "--jobs", "2", *more)


def documents(out: Path) -> dict[str, str]:
    """Every document by its digest."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.is_file()
    }


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    return write_book(folder / "项目.xlsx", [sample(number + 1) for number in range(COUNT)])


@pytest.fixture(scope="module")
def undisturbed(book: Path) -> dict[str, str]:
    out = book.parent / "undisturbed"
    assert run(arguments(book, out)) == 0
    return documents(out)


def start(book: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reportgen", *arguments(book, out)]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.fixture(scope="module")
def span(book: Path) -> tuple[float, float]:
    """When the first document appears, and when the run has ended, in seconds."""
    out = book.parent / "timed"
    begun = time.monotonic()
    process = start(book, out)
    while not list(out.glob("*.docx")):
        time.sleep(0.005)
    first = time.monotonic() - begun
    process.wait()
    return first, time.monotonic() - begun


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_run_is_taken_up(
    book: Path,
    undisturbed: dict[str, str],
    span: tuple[float, float],
    number: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    moment = random.Random(number).uniform(span[0] * 0.9, span[1])
    process = start(book, tmp_path / "out")
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    whole = sorted((tmp_path / "out").glob("*.docx"))
    for path in whole:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    known = len(Journal(tmp_path / "out" / "内部" / "记录.jsonl").entries)
    assert run(arguments(book, tmp_path / "out", "--resume")) == 0
    assert documents(tmp_path / "out") == undisturbed
    said = capsys.readouterr().out
    assert f"成功{COUNT}" in said
    assert not known or f"其中{min(known, COUNT)}个上次已做好" in said
