"""What runs leave to those after them, record of their inputs, and tell nobody."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.batch import forms
from reportgen.cli.app import run
from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.sources.projects import from_lists, groups
from reportgen.sources.projects.lists import ProjectList
from reportgen.sources.projects.names import Known
from reportgen.sources.streamed import DamagedError
from tests.batch.conftest import Desk, statuses
from tests.batch_data import Formula, sample, write_book
from tests.projects.forms import WITH_POINTS, WITH_SOURCES, draw


@pytest.mark.parametrize("options", [(), ("--allow-errors",)])
def test_rows_that_are_scattered_over_the_sheet(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setattr(forms, "CHUNK", 2)
    assert desk.run() == 0
    whole = (desk.out / "1-公共就业服务项目1.docx").stat().st_size
    shutil.rmtree(desk.out)
    first, last = desk.samples[0], desk.samples[-1]
    last.indicators.append(first.indicators.pop())
    assert desk.run(*options) == 0
    once = desk.documents
    assert abs(len(once["1-公共就业服务项目1.docx"]) - whole) < 9
    assert desk.run("--resume", *options) == 0
    assert desk.documents == once
    assert set(statuses(desk)) == {"成功"}


def test_a_document_that_found_its_place_taken_is_tried_again(desk: Desk) -> None:
    assert desk.run() == 0
    edited = desk.out / "3-公共就业服务项目3.docx"
    made = edited.read_bytes()
    for mended in (edited.unlink, lambda: edited.write_bytes(made)):
        edited.write_bytes(b"edited")
        assert desk.run("--resume") == 1
        assert "F104" in desk.said
        mended()
        assert desk.run("--resume") == 0
        assert edited.read_bytes() == made
    edited.write_bytes(b"edited")
    assert desk.run("--resume") == 1
    assert desk.run("--resume", "--discard-edits") == 0
    assert edited.read_bytes() == made


def test_an_empty_file_is_no_edit(desk: Desk) -> None:
    """A power failure may leave the name of a file without its content."""
    assert desk.run() == 0
    (desk.out / "3-公共就业服务项目3.docx").write_bytes(b"")
    assert desk.run("--resume") == 0
    assert (desk.out / "3-公共就业服务项目3.docx").stat().st_size


def test_old_documents_stay_known(desk: Desk) -> None:
    assert desk.run() == 0
    desk.samples[0].indicators[0]["分值"] = "三十"
    for _ in range(2):
        assert desk.run("--resume") == 1
        assert "F132" in desk.said
    desk.samples[0].indicators[0]["分值"] = 30
    desk.samples[0].row["年度目标"] = "按时兑现各项补贴。"
    assert desk.run("--resume") == 0
    assert "F105" not in desk.said


def test_papers_of_others_are_kept(desk: Desk) -> None:
    manifest = desk.out / "内部" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}")
    assert desk.run() == 1
    assert "F101" in desk.said
    assert manifest.read_text() == "{}"


def test_names_like_those_of_secret_projects_are_written_nowhere(desk: Desk) -> None:
    secret = desk.samples[5] = sample(6, "绝密一号工程")
    secret.row |= {"涉密": "是", "公开自评表": "否"}
    secret.indicators[0]["项目名称"] = secret.funds[0]["项目名称"] = "绝密一号工成"
    assert desk.run("--unit", "某局") == 1
    assert "D115" in desk.said
    assert "项目.xlsx[指标]!A17" in desk.said
    assert "绝密一号" not in desk.said
    told = {found["说明"] for found in desk.manifest["检查"]}
    assert told == {"“项目”表没有这一行的项目。"}


def test_a_sheet_that_breaks_off_fails_the_projects_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(rows: ProjectList, known: Known, findings: Findings) -> Iterator[Any]:
        place = Place.cell("项目.xlsx", "指标")
        for number, group in enumerate(whole(rows, known, findings)):
            if number == 4:
                raise DamagedError(Finding("D102", Severity.ERROR, place, "读不出来。", "请另存。"))
            yield group

    whole = groups.grouped
    with monkeypatch.context() as patch:
        patch.setattr(from_lists, "grouped", broken)
        assert desk.run() == 1
    assert statuses(desk) == ["成功"] * 4 + ["失败"] * 2
    assert "D102" in desk.said
    told = [entry["明细"][0] for entry in desk.manifest["项目"][4:]]
    assert [(found["代码"], found["位置"]) for found in told] == [
        ("F137", "项目.xlsx[项目]!B6"),
        ("F137", "项目.xlsx[项目]!B7"),
    ]
    assert desk.run("--resume") == 0
    assert len(desk.documents) == 6


def test_summary_and_names_hold_what_documents_hold(desk: Desk) -> None:
    """Excel writes signs that XML forbids as _x000B_: nobody is to read that."""
    desk.samples[0].row |= {"项目名称": "一\x0b号", "预算单位": "甲\x0b局\r\n办公室"}
    for part in (desk.samples[0].funds, desk.samples[0].indicators):
        for one in part:
            one["项目名称"] = "一\x0b号"
    assert desk.run("-f", "md") == 0
    text = (desk.out / "2022年度项目支出绩效自评情况汇总表.md").read_text(encoding="utf-8")
    assert "x000" not in text
    assert "甲局" in text
    assert not list(desk.out.glob("*x000*"))


@pytest.mark.parametrize("answer", ["√", "涉密", Formula("=NA()", "#N/A"), Formula("=A1")])
def test_a_project_that_may_be_secret_is_not_named(desk: Desk, answer: Any) -> None:
    desk.samples[2] = sample(3, "绝密一号工程")
    desk.samples[2].row["涉密"] = answer
    assert desk.run() == 1
    assert "项目.xlsx[项目]!M4" in desk.said
    assert "绝密" not in desk.said
    assert "绝密" not in (desk.out / "内部" / "记录.jsonl").read_text(encoding="utf-8")
    assert statuses(desk) == ["成功", "成功", "失败", "成功", "成功", "成功"]
    assert len(desk.documents) == 5


def inputs(office: Path) -> tuple[set[str], set[Any]]:
    """The names of inputs in the manifest, and in the trace."""
    known = json.loads((office / "manifest.json").read_text(encoding="utf-8"))["输入"]
    assert all(len(digest) == 64 for digest in known.values())
    book = openpyxl.load_workbook(office / "数据来源底稿.trace.xlsx", read_only=True)
    return set(known), {row[0] for row in book["输入文件"].iter_rows(values_only=True)}


def test_every_list_is_recorded_as_an_input(desk: Desk, tmp_path: Path) -> None:
    write_book(desk.book, desk.samples)
    book = openpyxl.load_workbook(desk.book)
    for sheet in book.worksheets:
        with (tmp_path / f"{sheet.title}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(sheet.iter_rows(values_only=True))
    options = ("-t", "self-evaluation/shanxi", "-o", str(desk.out), "--year", "2022")
    assert run(["batch", str(tmp_path / "项目.csv"), *options]) == 0
    recorded, traced = inputs(desk.out / "内部")
    assert recorded == {"项目.csv", "资金.csv", "指标.csv"}
    assert recorded <= traced


def test_every_form_is_recorded_as_an_input(tmp_path: Path) -> None:
    forms = tmp_path / "自评表"
    forms.mkdir()
    draw(forms / "甲.xlsx", WITH_POINTS)
    secret = [*WITH_SOURCES[:3], {"A:B": "是否涉密", "C:J": "是"}, *WITH_SOURCES[3:]]
    draw(forms / "绝密.xlsx", secret)
    options = ("-t", "self-evaluation/shandong", "-o", str(tmp_path / "out"), "--year", "2021")
    assert run(["batch", str(forms), *options]) in (0, 1)
    recorded, traced = inputs(tmp_path / "out" / "内部")
    assert recorded == {"甲.xlsx", "绝密.xlsx"}
    assert recorded & traced == {"甲.xlsx"}
