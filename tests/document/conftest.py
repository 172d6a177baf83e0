"""The example rendered once, and small Word files made in the test."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.checks.document.expected import Expected
from reportgen.cli.app import run
from reportgen.language.documents import word_lines
from reportgen.language.lines import Line
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import expected, markdown, word

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
Command = Callable[..., tuple[int, str, str]]


@dataclass(frozen=True)
class Example:
    """The example's documents with their marks."""

    prepared: Prepared
    content: bytes
    marked: Mapping[str, bytes]
    markdown: str
    expected: Expected

    @property
    def parts(self) -> dict[str, bytes]:
        """The finished Word file's parts."""
        return parts_of(self.content)

    def lines(self) -> list[Line]:
        """The lines as printed, with spans."""
        return list(word_lines({**self.parts, **self.marked}, contents=False))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def example() -> Example:
    prepared = prepare(Job(EXAMPLE))
    pressed, text = word(prepared), markdown(prepared)
    assert pressed is not None
    assert text is not None
    return Example(prepared, pressed.content, pressed.marked, text, expected(prepared))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "模板"))


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """command(*arguments): exit code, stdout, stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert not re.search("[\ue000-\ue0ff]", told.out + told.err)
        return code, told.out, told.err

    return call
