"""The folder of a run: whole files, and nobody's edits are lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.batch.shelf import Shelf
from reportgen.findings import Findings
from reportgen.outputs import digest


def codes(findings: Findings) -> list[str]:
    return [finding.code for finding in findings]


def shelf(folder: Path, known: dict[str, str] | None = None, **options: bool) -> Shelf:
    digests = {name: {digest} for name, digest in (known or {}).items()}
    made = Shelf(
        folder,
        digests,
        lambda files: None,
        replace=options.get("replace", False),
        discard_edits=options.get("discard_edits", False),
    )
    made.ready()
    return made


def written(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def test_files_are_written_whole(tmp_path: Path) -> None:
    findings = Findings()
    made = shelf(tmp_path / "out").put({"一.docx": b"1", "一.md": b"2"}, findings)
    assert made == {"一.docx": digest(b"1"), "一.md": digest(b"2")}
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["一.docx", "一.md", "内部"]


def test_the_same_content_is_no_conflict(tmp_path: Path) -> None:
    (tmp_path / "一.docx").write_bytes(b"1")
    assert shelf(tmp_path).put({"一.docx": b"1"}, Findings())


@pytest.mark.parametrize(
    ("known", "options", "code"),
    [
        ({}, {}, "F101"),
        ({}, {"replace": True}, "F105"),
        ({"一.docx": digest(b"as written")}, {"replace": True}, "F104"),
    ],
)
def test_what_someone_else_wrote_is_kept(
    tmp_path: Path, known: dict[str, str], options: dict[str, bool], code: str
) -> None:
    (tmp_path / "一.docx").write_bytes(b"edited")
    findings = Findings()
    assert shelf(tmp_path, known, **options).put({"一.docx": b"new"}, findings) is None
    assert codes(findings) == [code]
    assert (tmp_path / "一.docx").read_bytes() == b"edited"


def test_edits_go_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "一.docx").write_bytes(b"edited")
    assert shelf(tmp_path, discard_edits=True).put({"一.docx": b"new"}, Findings())
    assert (tmp_path / "一.docx").read_bytes() == b"new"


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "一.docx").mkdir()
    findings = Findings()
    assert shelf(tmp_path, discard_edits=True).put({"一.docx": b"new"}, findings) is None
    assert codes(findings) == ["F103"]
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".tmp")]


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".reportgen-123.tmp").write_bytes(b"half")
    one = shelf(tmp_path)
    one.ready()
    assert [path.name for path in tmp_path.rglob("*")] == ["内部"]


def test_files_of_earlier_runs_are_listed(tmp_path: Path) -> None:
    (tmp_path / "旧.docx").write_bytes(b"1")
    known = {"旧.docx": "x", "没有了.docx": "x", "内部/manifest.json": "x", "新.docx": "x"}
    assert shelf(tmp_path, known).left({"新.docx"}) == ["旧.docx"]


def test_a_paper_with_remarks_is_kept(tmp_path: Path) -> None:
    findings = Findings()
    one = shelf(tmp_path)
    made = one.paper("底稿.xlsx", written(b"1"), findings)
    assert made == digest(b"1")
    again = shelf(tmp_path, {"内部/底稿.xlsx": digest(b"1")}, replace=True)
    assert again.paper("底稿.xlsx", written(b"2"), findings)
    assert not len(findings)
    assert one.paper("底稿.xlsx", written(b"3"), findings) is None
    assert codes(findings) == ["F104"]
    assert (tmp_path / "内部" / "底稿.xlsx").read_bytes() == b"2"
