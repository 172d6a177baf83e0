"""Whole files or none, and a record of every document of a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.findings import Findings
from reportgen.outputs import manifest, record, whole_file, write_all


def made(**outputs: bytes) -> dict[str, object]:
    return record(
        version="1",
        template="t",
        template_digest="d",
        inputs=[],
        outputs=outputs,
        findings=Findings(),
        figures=3,
    )


def test_a_failure_brings_the_old_files_back(tmp_path: Path) -> None:
    first, second = tmp_path / "甲.md", tmp_path / "乙.md"
    first.write_bytes(b"old")
    second.mkdir()
    findings = Findings()
    assert not write_all({first: b"new", second: b"new"}, findings, overwrite=True)
    assert first.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["乙.md", "甲.md"]
    [finding] = findings
    assert (finding.code, str(finding.place)) == ("F103", "乙.md")


def test_a_new_file_goes_when_a_later_one_fails(tmp_path: Path) -> None:
    first, second = tmp_path / "甲.md", tmp_path / "乙.md"
    second.mkdir()
    assert not write_all({first: b"new", second: b"new"}, Findings(), overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["乙.md"]


def test_a_stop_between_two_files_brings_the_first_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "甲.md", tmp_path / "乙.md"
    first.write_bytes(b"old")
    replace, count = Path.replace, iter(range(9))

    def stop(source: Path, target: Path) -> Path:
        if next(count) == 1:
            raise KeyboardInterrupt
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_all({first: b"new", second: b"new"}, Findings(), overwrite=True)
    assert first.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["甲.md"]


def test_records_are_brought_up_to_date_without_asking(tmp_path: Path) -> None:
    page, log = tmp_path / "甲.md", tmp_path / "manifest.json"
    log.write_bytes(b"{}")
    assert write_all({page: b"1", log: b"2"}, Findings(), overwrite=False, records={log})
    assert log.read_bytes() == b"2"
    findings = Findings()
    assert not write_all({page: b"3", log: b"4"}, findings, overwrite=False, records={log})
    assert [finding.code for finding in findings] == ["F101"]
    assert (page.read_bytes(), log.read_bytes()) == (b"1", b"2")


def test_documents_share_a_manifest(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(manifest(path, "甲", made(**{"甲.md": b"1"})))
    path.write_bytes(manifest(path, "乙", made(**{"乙.md": b"2"})))
    path.write_bytes(manifest(path, "甲", made(**{"甲.docx": b"3"})))
    documents = json.loads(path.read_text(encoding="utf-8"))["文件"]
    assert list(documents) == ["甲", "乙"]
    assert list(documents["甲"]["输出"]) == ["甲.md", "甲.docx"]
    assert documents["乙"]["数字"] == 3


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b"\xff", b"{}"], ids=["empty", "list", "no UTF-8", "no records"]
)
def test_a_damaged_manifest_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(content)
    found = json.loads(manifest(path, "甲", made(**{"甲.md": b"1"})))
    assert list(found["文件"]) == ["甲"]


def test_a_file_written_piece_by_piece_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "新" / "底稿.xlsx"
    with whole_file(path) as file:
        file.write(b"1")
        assert not path.exists()
        file.write(b"2")
    assert path.read_bytes() == b"12"
    with pytest.raises(TypeError), whole_file(path) as file:
        file.writelines([b"3", "no bytes"])  # type: ignore[list-item]
    assert path.read_bytes() == b"12"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "底稿.xlsx" / "甲").mkdir(parents=True)
    with pytest.raises(OSError, match="底稿"), whole_file(tmp_path / "底稿.xlsx") as file:
        file.write(b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["底稿.xlsx"]
