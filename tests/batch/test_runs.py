"""Runs as users have them: again, changed, stopped, tried, and over report folders."""

from __future__ import annotations

import errno
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.batch import forms, hold
from reportgen.batch.journal import NAME, Journal
from reportgen.batch.work import Task, work
from reportgen.cli.app import run
from reportgen.findings import Findings
from reportgen.sources.projects import open_projects
from tests.batch.conftest import Desk, statuses
from tests.batch_data import Sample, sample, write_book

ROOT = Path(__file__).parents[2]
Go = Callable[..., int]


def test_two_processes_make_what_one_makes(desk: Desk) -> None:
    assert desk.run() == 0
    alone = desk.documents
    shutil.rmtree(desk.out)
    assert desk.run(jobs=2) == 0
    assert desk.documents == alone


def test_a_second_run_asks_what_to_do(desk: Desk) -> None:
    assert desk.run() == 0
    before = desk.documents
    assert desk.run() == 1
    assert "F101" in desk.said
    assert "--resume" in desk.said
    assert desk.documents == before


def test_only_what_is_missing_or_changed_is_made(desk: Desk) -> None:
    assert desk.run() == 0
    (desk.out / "2-公共就业服务项目2.docx").unlink()
    desk.samples[4].indicators[0]["实际完成值"] = "58人"
    before = desk.documents
    assert desk.run("--resume") == 0
    assert "其中4个上次已做好" in desk.said
    changed = [name for name, content in desk.documents.items() if before.get(name) != content]
    assert changed == ["2-公共就业服务项目2.docx", "5-公共就业服务项目5.docx"]


def test_what_failed_is_made_when_it_is_mended(desk: Desk) -> None:
    desk.samples[1].indicators[0]["分值"] = "三十"
    assert desk.run() == 1
    assert statuses(desk) == ["成功", "失败", "成功", "成功", "成功", "成功"]
    assert "F133" in {found["代码"] for found in desk.manifest["检查"]}
    assert desk.run("--resume") == 1
    assert "其中5个上次已做好" in desk.said
    assert desk.run("--retry-failed") == 1
    assert "其中5个上次已做好" in desk.said
    desk.samples[1].indicators[0]["分值"] = 30
    assert desk.run("--resume") == 0
    assert set(statuses(desk)) == {"成功"}


def test_another_year_makes_everything_anew(desk: Desk) -> None:
    assert desk.run() == 0
    assert desk.run("--resume", "--year", "2023") == 0
    assert "上次已做好" not in desk.said


def test_an_edited_document_is_kept(desk: Desk) -> None:
    assert desk.run() == 0
    edited = desk.out / "3-公共就业服务项目3.docx"
    edited.write_bytes(b"edited")
    assert desk.run("--overwrite") == 1
    assert "F104" in desk.said
    assert edited.read_bytes() == b"edited"
    assert statuses(desk) == ["成功", "成功", "失败", "成功", "成功", "成功"]
    assert desk.run("--resume") == 1
    assert "F104" in desk.said
    assert not {"F132", "F133"} & {found["代码"] for found in desk.manifest["检查"]}
    assert desk.run("--overwrite", "--discard-edits") == 0
    assert edited.read_bytes() != b"edited"


@pytest.mark.parametrize("head", ["年初指标值", "分值"])
def test_nothing_is_made_of_a_list_that_lacks_a_column(desk: Desk, head: str) -> None:
    desk.run("--dry-run")
    book = openpyxl.load_workbook(desk.book)
    (cell,) = [cell for cell in book["指标"][1] if cell.value == head]
    cell.value = "指标的值"
    book.save(desk.book)
    options = ("-t", "self-evaluation/shanxi", "-o", str(desk.out), "--year", "2022")
    assert run(["batch", str(desk.book), *options]) == 1
    assert not desk.out.exists()


def test_a_summary_without_a_unit_is_told(desk: Desk) -> None:
    assert desk.run() == 0
    assert "提示 2022年度项目支出绩效自评情况汇总表.xlsx: F119" in desk.said
    assert desk.run("--resume", "--unit", "某市某局") == 0
    assert "F119" not in desk.said


def test_documents_of_projects_that_are_gone_are_told(desk: Desk) -> None:
    assert desk.run() == 0
    desk.samples.pop()
    desk.samples[0].indicators[0]["分值"] = "三十"
    assert desk.run("--resume") == 1
    told = [found for found in desk.manifest["检查"] if found["代码"] == "F132"]
    assert {found["位置"] for found in told} == {
        "1-公共就业服务项目1.docx",
        "6-公共就业服务项目6.docx",
    }


def test_a_trial_writes_nothing(desk: Desk) -> None:
    desk.samples[1].indicators[0]["分值"] = "三十"
    assert desk.run("--dry-run") == 1
    assert "D108" in desk.said
    assert not desk.out.exists()


def test_markdown_beside_word(desk: Desk) -> None:
    assert desk.run("-f", "md", "-f", "docx") == 0
    text = (desk.out / "1-公共就业服务项目1.md").read_text(encoding="utf-8")
    assert "公共就业服务项目1" in text
    assert len(desk.manifest["项目"][0]["文件"]) == 2


def test_ctrl_c_leaves_whole_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = work

    def stopped(setup: Any, tasks: list[Task]) -> Any:
        if any(task.raw.index == 4 for task in tasks):
            raise KeyboardInterrupt
        return whole(setup, tasks)

    monkeypatch.setattr(forms, "CHUNK", 2)
    with monkeypatch.context() as patch:
        patch.setattr(forms, "work", stopped)
        assert desk.run() == 130
    assert "--resume" in desk.said
    assert len(desk.documents) == 4
    assert desk.run("--resume") == 0
    assert "其中4个上次已做好" in desk.said
    assert len(desk.documents) == 6


def test_a_folder_that_cannot_be_written_is_told(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "内部").write_text("a file", encoding="utf-8")
    assert desk.run() == 1
    assert "F103" in desk.said
    assert not desk.documents


def test_settings_beside_that_cannot_be_used_are_told(desk: Desk) -> None:
    (desk.book.parent / "report.yaml").write_text("年分: 2022\n", encoding="utf-8")
    assert desk.run() == 1
    assert "report.yaml:1:1" in desk.said
    assert not desk.out.exists()


def test_a_list_without_projects_is_told(desk: Desk) -> None:
    desk.samples = []
    assert desk.run() == 1
    assert "D133" in desk.said
    assert not desk.out.exists()


def test_a_full_disk_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space", "记录.jsonl")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "add", full)
        assert desk.run() == 1
    assert "磁盘已满" in desk.said
    assert "--resume" in desk.said
    assert desk.run("--resume") == 0


def test_a_project_that_kills_its_process_is_told(desk: Desk) -> None:
    write_book(desk.book, desk.samples)
    book = open_projects([desk.book], Findings())
    assert book is not None
    (raw,) = next(book.chunks(1))
    outcome = forms.FormBatch.lost(Task(raw, "1-甲", "1-甲"))
    assert outcome.findings[0]["代码"] == "F131"
    assert outcome.findings[0]["位置"] == "项目.xlsx[项目]!B2"


def test_year_and_unit_come_from_the_report_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = ROOT / "examples" / "jincheng-2022" / "项目.xlsx"
    assert run(["batch", str(book), "-t", "self-evaluation/shanxi", "-o", str(tmp_path)]) == 0
    manifest = json.loads((tmp_path / "内部" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["年度"] == 2022
    assert manifest["单位"] == "晋城市人力资源和社会保障局"
    assert "成功6" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "请写模板"),
        (["-t", "final-accounts/shanxi-2022"], "不是项目自评表的模板"),
        (["-t", "self-evaluation/common"], "仅供继承"),
        (["-t", "self-evaluation/shanxi"], "--year"),
        (["-t", "self-evaluation/shanxi", "--resume", "--overwrite"], "只写一个"),
    ],
)
def test_orders_that_cannot_be_acted_on(
    tmp_path: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = write_book(tmp_path / "项目.xlsx", [sample(1)])
    assert run(["batch", str(book), "-o", str(tmp_path / "out"), *options]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_sample_is_sound() -> None:
    assert isinstance(sample(1), Sample)


@pytest.mark.skipif(sys.platform == "win32", reason="no locks of folders there")
def test_a_folder_belongs_to_one_run_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run that is under way keeps its journal; nothing is touched, and nothing waits."""
    assert desk.run() == 0
    (desk.out / "2-公共就业服务项目2.docx").unlink()
    before = (desk.out / "内部" / NAME).read_bytes()
    monkeypatch.setattr(hold, "PATIENCE", 0)
    with hold.held(desk.out):
        assert desk.run("--resume") == 2
        assert f"“{desk.out}”里有一次批量正在做。请等它做完，或换一个输出文件夹。" in desk.said
    assert (desk.out / "内部" / NAME).read_bytes() == before
    assert len(desk.documents) == 5
    assert desk.run("--resume") == 0
    assert len(desk.documents) == 6
