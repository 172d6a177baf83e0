"""The journal of a run: whole lines survive a kill, the last one counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.batch.journal import Journal
from reportgen.batch.outcome import Outcome, Status


def outcome(index: int, name: str = "项目", trace: bytes = b"") -> Outcome:
    return Outcome(index, name, Status.DONE, trace=trace, score="98.29", grade="优")


def filled(path: Path, *outcomes: Outcome) -> Journal:
    journal = Journal(path)
    with journal:
        journal.add(
            [(one, f"digest {one.index}", {f"{one.index}.docx": "sha"}) for one in outcomes]
        )
    return journal


def test_lines_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "内部" / "记录.jsonl"
    filled(path, outcome(1, "乙"), outcome(0, "甲", b"<row/>"))
    journal = Journal(path)
    assert {index: entry.input for index, entry in journal.entries.items()} == {
        0: "digest 0",
        1: "digest 1",
    }
    records = list(journal.records())
    assert [record["项目"] for record in records] == ["甲", "乙"]
    assert list(journal.traces()) == [b"<row/>"]
    assert records[0]["文件"] == {"0.docx": "sha"}


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_line_that_was_cut_off_is_forgotten(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "记录.jsonl"
    filled(path, outcome(0), outcome(1))
    path.write_bytes(path.read_bytes()[:-cut])
    journal = Journal(path)
    assert list(journal.entries) == [0]
    with journal:
        journal.add([(outcome(1, "新"), "again", {})])
    assert [record["项目"] for record in Journal(path).records()] == ["项目", "新"]


def test_the_last_line_of_a_project_counts(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    journal = filled(path, outcome(0, "旧"), outcome(1), outcome(0, "新"))
    assert [record["项目"] for record in journal.records()] == ["新", "项目"]
    with journal:
        journal.forget([1])
    journal.compact()
    assert path.read_bytes().count(b"\n") == 1
    for one in (journal, Journal(path)):
        assert [record["项目"] for record in one.records()] == ["新"]


def test_projects_get_other_places_with_all_that_is_known_of_them(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    filled(path, outcome(0, "甲", b"of one"), outcome(1, "乙"), outcome(2, "丙", b"of three"))
    journal = Journal(path)
    with journal:
        journal.renumber({"丙": 0, "甲": 1})
        journal.add([(outcome(2, "丁", b"of four"), "", {})])
    journal.compact()
    for one in (journal, Journal(path)):
        assert [record["项目"] for record in one.records()] == ["丙", "甲", "丁"]
        assert list(one.traces()) == [b"of three", b"of one", b"of four"]
    assert journal.entries == Journal(path).entries


def test_a_journal_goes_on_where_it_was_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    filled(path, outcome(0), outcome(0, "甲"))
    journal = Journal(path)
    journal.compact(["0.docx"])
    with journal:
        journal.add([(outcome(1, "乙"), "", {})])
    for one in (journal, Journal(path)):
        assert [record["项目"] for record in one.records()] == ["甲", "乙"]


def test_files_of_an_older_version_are_known_but_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    old = {"序": 0, "项目": "甲", "状态": "成功", "输入": "x", "文件": {"0.docx": "sha"}}
    path.write_text(json.dumps({**old, "明细": [], "底稿": "PHJvdy8+"}) + "\n", encoding="utf-8")
    journal = Journal(path)
    assert not journal.entries
    assert journal.known == {"0.docx": {"sha"}}


def test_zeros_of_a_power_failure_are_no_line(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    filled(path, outcome(0), outcome(1, "乙", b"of two"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-5] + b"\0\0\0\0\n")
    assert list(Journal(path).entries) == [0]


def test_a_trace_that_somebody_cut_is_no_line(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    filled(path, outcome(0), outcome(1, "乙", b"of two"))
    path.write_bytes(path.read_bytes()[:-3] + b"\n")
    assert list(Journal(path).entries) == [0]
    assert len(list(Journal(path).traces())) <= 1


def test_odd_names_survive(tmp_path: Path) -> None:
    odd = "\ud800 \u2028 “A&B” <5%\n二"
    path = tmp_path / "记录.jsonl"
    filled(path, outcome(0, odd))
    assert next(Journal(path).records())["项目"] == odd


def test_a_foreign_file_is_no_journal(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    path.write_text("[]\n{}\n", encoding="utf-8")
    assert not Journal(path).entries


def test_what_was_about_to_be_written_is_known(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    journal = filled(path, outcome(0))
    with journal:
        journal.intend({"1.docx": "new"})
    again = Journal(path)
    assert again.known == {"0.docx": {"sha"}, "1.docx": {"new"}}
    assert list(again.entries) == [0]
