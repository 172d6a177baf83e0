"""Runs in two processes that are stopped, or lose one of them: as a terminal or the system does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportgen.cli.app import run
from reportgen.render.word.pages import VARIABLE
from tests.batch_data import batch_of, sample, write_book

ROOT = Path(__file__).parents[2]
COUNT = 240
SECONDS = 20


class Process:
    """`reportgen batch --jobs 2` in a process group of its own."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "reportgen", "batch", *arguments, "--jobs", "2"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: ""},
        )
        self.pid = self._process.pid

    def children(self) -> list[int]:
        path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in path.read_text(encoding="ascii").split()]

    def end(self) -> tuple[int, str]:
        """The exit code, and what was said on stderr."""
        _, said = self._process.communicate(timeout=SECONDS)
        return self._process.returncode, said.decode("utf-8")

    def close(self) -> None:
        """Whatever happened, nothing of it is left."""
        if self.is_there():
            os.killpg(self.pid, signal.SIGKILL)
        self._process.communicate()

    def is_there(self) -> bool:
        """Whether any process of the group is there."""
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


def until(happens: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("processes")
    return write_book(folder / "项目.xlsx", [sample(number + 1) for number in range(COUNT)])


def arguments(book: Path, out: Path, *more: str) -> list[str]:
    return batch_of(book, out, "--unit", "某局", *more)


def documents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def undisturbed(book: Path) -> dict[str, bytes]:
    assert run(arguments(book, book.parent / "undisturbed", "--jobs", "1")) == 0
    return documents(book.parent / "undisturbed")


@pytest.fixture
def begun(book: Path, tmp_path: Path) -> Iterator[Process]:
    """A run that has written some of its documents."""
    process = Process(*arguments(book, tmp_path)[1:])
    try:
        until(lambda: len(list(tmp_path.glob("*.docx"))) > 5)
        yield process
    finally:
        process.close()


def test_ctrl_c(book: Path, undisturbed: dict[str, bytes], begun: Process, tmp_path: Path) -> None:
    os.killpg(begun.pid, signal.SIGINT)
    code, said = begun.end()
    assert code == 130
    assert said == "已停止。已写出的文件都是完整的；接着做，请加 --resume。\n"
    assert not begun.is_there()
    made = documents(tmp_path)
    assert 0 < len(made) < COUNT
    assert made.items() < undisturbed.items()
    assert run(arguments(book, tmp_path, "--resume")) == 0
    assert documents(tmp_path) == undisturbed


def test_a_process_that_the_system_kills(
    undisturbed: dict[str, bytes], begun: Process, tmp_path: Path
) -> None:
    os.kill(begun.children()[0], signal.SIGKILL)
    code, said = begun.end()
    assert (code, said) == (0, "")
    assert not begun.is_there()
    assert documents(tmp_path) == undisturbed


def test_nobody_works_on_for_one_that_was_killed(
    book: Path, undisturbed: dict[str, bytes], begun: Process, tmp_path: Path
) -> None:
    os.kill(begun.pid, signal.SIGKILL)
    begun.end()
    until(lambda: not begun.is_there())
    for path in tmp_path.glob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    assert run(arguments(book, tmp_path, "--resume")) == 0
    assert documents(tmp_path) == undisturbed


def test_ctrl_c_among_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    source, out = tmp_path / "各部门", tmp_path / "out"
    for name in "甲乙丙丁戊己庚辛壬癸":
        shutil.copytree(ROOT / "examples" / "yuncheng-2021", source / f"{name}局")
    process = Process(str(source), "-o", str(out), "-f", "md")
    try:
        until(lambda: list(out.glob("*/*.md")))
        os.killpg(process.pid, signal.SIGINT)
        assert process.end()[0] == 130
        assert not process.is_there()
    finally:
        process.close()
    assert len(list(out.glob("*/*.md"))) < 10
    assert not list(out.rglob(".*.tmp"))
    assert run(["batch", str(source), "-o", str(out), "-f", "md", "--jobs", "1", "--resume"]) == 0
    assert len(list(out.glob("*/*.md"))) == 10
    assert "共10份报告：" in capsys.readouterr().out
