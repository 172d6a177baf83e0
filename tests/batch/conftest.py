"""A desk on which runs are made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportgen.cli.app import run
from tests.batch_data import sample, write_book


class Desk:
    """A workbook of six projects, a folder for what is made, and what was said last."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.samples = [sample(number + 1) for number in range(6)]
        self.book, self.out = folder / "项目.xlsx", folder / "out"
        self._capsys = capsys
        self.said = ""

    def run(self, *options: str, jobs: int = 1) -> int:
        write_book(self.book, self.samples)
        code = run(
            [
                *("batch", str(self.book), "-t", "self-evaluation/shanxi", "-o", str(self.out)),
                *("--year", "2022", "--jobs", str(jobs), *options),
            ]
        )
        captured = self._capsys.readouterr()
        self.said = captured.out + captured.err
        return code

    @property
    def documents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.out.glob("*-*.docx"))}

    @property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            (self.out / "内部" / "manifest.json").read_text(encoding="utf-8")
        )
        return found


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def statuses(desk: Desk) -> list[str]:
    return [entry["状态"] for entry in desk.manifest["项目"]]
