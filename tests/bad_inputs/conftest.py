"""A copy of the example with one thing changed, and what reportgen then says of it."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.cli.app import run
from reportgen.findings import CODES, Finding, Findings, Severity
from reportgen.language import compile_expression, compile_rule
from reportgen.narrative import narrative_environment
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare
from reportgen.sources.workbook import read_workbook

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
PLACE = re.compile(r"(?P<file>.+)\[(?P<sheet>.+)\]!(?P<address>[A-Z]+\d+)")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="session", autouse=True)
def _unchanged_is_read_once() -> Iterator[None]:
    """The packaged bundle, its expressions and the example's workbooks are read once a session."""
    # by sys.modules: packages export functions of their modules' names
    module = sys.modules["reportgen.pipeline.prepare"]
    own = {path.read_bytes() for path in EXAMPLE.glob("*.xlsx")}

    @cache
    def packaged(name: str) -> Any:
        return load_bundle(name, search_path(), Findings())

    @cache
    def unchanged(name: str, content: bytes) -> Any:
        return read_workbook(EXAMPLE / name, Findings())

    @cache
    def expression_of(source: str) -> Any:
        return compile_expression(narrative_environment(), source)

    @cache
    def rule_of(source: str) -> Any:
        return compile_rule(narrative_environment(), source)

    def expression(_environment: object, source: str) -> Any:
        return expression_of(source)

    def rule(_environment: object, source: str) -> Any:
        return rule_of(source)

    def load(name: str, folders: Sequence[Path], findings: Findings) -> Any:
        usual = tuple(folders) == search_path()
        return packaged(name) if usual else load_bundle(name, folders, findings)

    def read(path: Path, findings: Findings) -> Any:
        content = path.read_bytes() if path.is_file() else b""
        same = content in own and (EXAMPLE / path.name).is_file()
        return unchanged(path.name, content) if same else read_workbook(path, findings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "load_bundle", load)
        patch.setattr(sys.modules["reportgen.rules.derive"], "compile_expression", expression)
        patch.setattr(sys.modules["reportgen.rules.reconcile"], "compile_rule", rule)
        for name in ("tables", "supplement"):
            patch.setattr(f"reportgen.sources.{name}.read_workbook", read)
        yield


@pytest.fixture(scope="session")
def clean() -> frozenset[Finding]:
    """What the example as it stands is told."""
    return frozenset(prepare(Job(EXAMPLE), layouts=("report.md",)).findings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of the bundles that a test may spoil."""
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "模板"))


@pytest.fixture
def bundle(templates: Path) -> Path:
    return templates / "final-accounts" / "shanxi-2022"


@pytest.fixture
def book(folder: Path) -> Callable[..., None]:
    """book(file, change): change a workbook of the report folder."""

    def change_book(file: str, change: Callable[[openpyxl.Workbook], object]) -> None:
        workbook = openpyxl.load_workbook(folder / file)
        change(workbook)
        workbook.save(folder / file)

    return change_book


@pytest.fixture
def cell(book: Callable[..., None]) -> Callable[..., None]:
    """cell(place, value): write a value where a finding's place points to."""

    def write(place: str, value: object) -> None:
        match = PLACE.fullmatch(place)
        assert match
        book(match["file"], lambda b: setattr(b[match["sheet"]][match["address"]], "value", value))

    return write


@pytest.fixture
def replace() -> Callable[..., None]:
    """replace(path, old, new): edit a text file once; the old text must be there."""

    def edit(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _told(findings: Sequence[Finding]) -> Mapping[str, str]:
    """“错误 place code” → message and hint; each is Chinese, each error says what to do."""
    told: dict[str, str] = {}
    for finding in findings:
        assert CHINESE.search(finding.message), finding
        assert "Traceback" not in finding.message
        if finding.code in CODES and finding.severity is not Severity.NOTE:
            assert CHINESE.search(finding.hint), f"no repair: {finding}"
        head = f"{finding.severity} {finding.place} {finding.code}"
        told[head] = told.get(head, "") + finding.message + finding.hint
    return told


@pytest.fixture
def found(folder: Path, clean: frozenset[Finding]) -> Callable[..., Mapping[str, str]]:
    """found(): what is told of the folder beyond the clean example, up to the data gate.

    That rules could not be checked (D200) is told besides; tests/rules has a test of its own.
    """

    def findings(gate: Gate = Gate.DATA, templates: Path | None = None) -> Mapping[str, str]:
        prepared = prepare(Job(folder, templates), gate, layouts=("report.md",))
        new = (finding for finding in prepared.findings if finding not in clean)
        return _told([finding for finding in new if finding.code != "D200"])

    return findings


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """command(*arguments): exit code, stdout and stderr of a command line."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return call
