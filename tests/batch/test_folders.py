"""A folder of report folders: a line each, only what changed, and one's faults are its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.cli.app import run
from reportgen.render.word.pages import VARIABLE

ROOT = Path(__file__).parents[2]
NAMES = ("jincheng-2022", "yuncheng-2021", "zibo-2021")


class Office:
    """Report folders beside each other, and what was made of them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.source, self.out = folder / "各部门", folder / "out"
        self._capsys = capsys
        self.said = self.err = ""

    def add(self, name: str, example: str = "yuncheng-2021") -> Path:
        shutil.copytree(ROOT / "examples" / example, self.source / name)
        return self.source / name

    def run(self, *options: str) -> int:
        arguments = [str(self.source), "-o", str(self.out), "-f", "md", "--jobs", "1", *options]
        code = run(["batch", *arguments])
        captured = self._capsys.readouterr()
        self.said, self.err = captured.out, captured.err
        return code

    @property
    def documents(self) -> dict[str, bytes]:
        paths = sorted(path for path in self.out.glob("*/*.md"))
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in paths}

    @property
    def manifest(self) -> dict[str, Any]:
        path = self.out / "内部" / "manifest.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def codes(self, name: str) -> list[str]:
        (entry,) = [entry for entry in self.manifest["项目"] if entry["项目"] == name]
        return [found["代码"] for found in entry["明细"]]


@pytest.fixture(autouse=True)
def _without_page_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


def spoil(folder: Path) -> None:
    """A total that is not the sum of its parts."""
    path = folder / "决算表.xlsx"
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C8"] = "一千"
    book.save(path)


def reword(folder: Path) -> None:
    path = folder / "文字.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def test_a_line_for_each_report_and_its_own_folder(office: Office) -> None:
    for name in NAMES:
        office.add(name, name)
    hidden = office.add(".hidden")
    spoil(office.source / "jincheng-2022")
    assert office.run() == 1
    first, *others, last, place = office.said.splitlines()
    assert first.startswith("jincheng-2022：失败，错误")
    assert first.endswith("，见内部/检查结果.xlsx")
    assert [line.split("：")[0] for line in others] == ["yuncheng-2021", "zibo-2021"]
    assert all("失败" not in line for line in others)
    assert last.startswith("共3份报告：")
    assert last.endswith("失败1。")
    assert place.startswith("已写入")
    assert "报告“jincheng-2022”：" in office.err
    assert {Path(name).parent.name for name in office.documents} == {"yuncheng-2021", "zibo-2021"}
    assert not (office.out / hidden.name).exists()
    assert (office.out / "zibo-2021" / "内部" / "manifest.json").is_file()
    assert not (office.out / "内部" / "数据来源底稿.trace.xlsx").exists()
    assert (office.out / "内部" / "检查结果.xlsx").is_file()


def test_the_same_documents_as_render_and_as_two_processes(office: Office) -> None:
    office.add("甲局")
    office.add("乙局", "jincheng-2022")
    assert office.run() == 0
    alone = office.documents
    single = office.out.parent / "single"
    assert run(["render", str(office.source / "甲局"), "-o", str(single), "-f", "md"]) == 0
    (made,) = single.glob("*.md")
    assert made.read_bytes() == alone[f"甲局/{made.name}"]
    shutil.rmtree(office.out)
    assert office.run("--jobs", "2") == 0
    assert office.documents == alone


def test_only_reports_that_changed_are_rendered(office: Office) -> None:
    for name in ("甲局", "乙局", "丙局"):
        office.add(name)
    assert office.run() == 0
    assert office.run() == 1
    assert "F101" in office.err
    reword(office.source / "乙局")
    (office.out / "丙局").joinpath(Path(min(office.documents)).name).unlink()
    assert office.run("--resume") == 0
    assert "共3份报告" in office.said
    assert "其中1份上次已做好" in office.said
    assert len(office.documents) == 3
    assert office.run("--resume") == 0
    assert "其中3份上次已做好" in office.said


def test_a_template_that_changed_makes_reports_anew(office: Office, tmp_path: Path) -> None:
    office.add("甲局")
    office.add("乙局", "jincheng-2022")
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    assert office.run("--templates", str(templates)) == 0
    narrative = templates / "final-accounts" / "shanxi-2022" / "narrative.md"
    narrative.write_text(narrative.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert office.run("--templates", str(templates), "--resume") == 0
    assert "其中1份上次已做好" in office.said


def test_a_report_that_goes_or_comes_leaves_the_others_alone(office: Office) -> None:
    for name in ("甲局", "丁局"):
        office.add(name)
    assert office.run() == 0
    shutil.rmtree(office.source / "丁局")
    office.add("丙局", "jincheng-2022")
    office.add("乙局")
    assert office.run("--resume") == 0
    assert "其中1份上次已做好" in office.said
    assert office.said.count("局：") == 3
    gone = [found for found in office.manifest["检查"] if found["代码"] == "F132"]
    assert [Path(found["位置"]).parent.name for found in gone] == ["丁局"]
    assert [entry["项目"] for entry in office.manifest["项目"]] == ["丙局", "乙局", "甲局"]
    assert [entry["序"] for entry in office.manifest["项目"]] == [1, 2, 3]


def test_what_failed_is_rendered_when_it_is_asked_for(office: Office) -> None:
    office.add("甲局")
    settings = office.add("乙局") / "report.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("shanxi-2021", "shanxi-1921"), encoding="utf-8")
    assert office.run() == 1
    assert office.codes("乙局") == ["F134"]
    assert "乙局：失败，错误1项，见内部/检查结果.xlsx" in office.said
    assert min(office.documents).startswith("甲局/")
    assert office.run("--resume") == 1
    assert "其中1份上次已做好" in office.said
    assert office.run("--retry-failed") == 1
    assert "其中1份上次已做好" in office.said
    settings.write_text(text, encoding="utf-8")
    assert office.run("--retry-failed") == 0
    assert office.codes("甲局") == office.codes("乙局")


def test_a_folder_that_cannot_be_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.add("甲局")
    closed = office.add("乙局")
    is_file, read_bytes = Path.is_file, Path.read_bytes

    def refused(path: Path) -> None:
        if path.is_relative_to(closed):
            raise PermissionError(13, "Permission denied", str(path))

    def asked(path: Path) -> bool:
        refused(path)
        return is_file(path)

    def read(path: Path) -> bytes:
        refused(path)
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_file", asked)
        patch.setattr(Path, "read_bytes", read)
        assert office.run() == 1
    assert "共2份报告：" in office.said
    assert "乙局：失败，错误1项" in office.said
    assert office.run("--retry-failed") == 0


def test_the_folder_of_all_cannot_be_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.add("甲局")

    def refused(path: Path) -> None:
        raise PermissionError(13, "没有权限", str(path))

    monkeypatch.setattr(Path, "iterdir", refused)
    assert office.run() == 2
    assert "打不开：没有权限。请核对文件夹的权限" in office.err


def test_a_file_beside_the_reports_is_an_input(office: Office) -> None:
    """Files that several reports share may lie anywhere."""
    folder = office.add("甲局")
    text = (folder / "文字.md").rename(office.source / "共用.md")
    settings = folder / "report.yaml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("文字.md", "../共用.md"), encoding="utf-8")
    assert office.run() == 0
    assert office.run("--resume") == 0
    assert "其中1份上次已做好" in office.said
    text.write_text(text.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert office.run("--resume") == 0
    assert "上次已做好" not in office.said


def test_a_trial_writes_nothing(office: Office) -> None:
    spoil(office.add("甲局", "jincheng-2022"))
    office.add("乙局")
    assert office.run("--dry-run") == 1
    assert "甲局：失败" in office.said
    assert "没有写入任何文件" in office.err
    assert not office.out.exists()


def test_an_edited_document_is_kept(office: Office) -> None:
    office.add("甲局")
    assert office.run() == 0
    (path,) = office.out.glob("甲局/*.md")
    edited = path.read_text(encoding="utf-8").replace("2021年", "2023年", 1)
    path.write_text(edited, encoding="utf-8")
    assert office.run("--resume") == 1
    assert "F104" in office.codes("甲局")
    assert path.read_text(encoding="utf-8") == edited


def test_what_a_killed_run_left_is_cleared(office: Office) -> None:
    office.add("甲局")
    left = office.out / "甲局" / "内部" / ".reportgen-abc.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert office.run("-f", "docx", "--resume") == 0
    assert not left.exists()
    assert office.codes("甲局")[-1] == "F136"


def test_folders_that_would_overwrite_each_other_are_refused(office: Office) -> None:
    for name in ("甲局", "甲局.", "内部", "乙局"):
        office.add(name)
    assert office.run() == 1
    assert office.codes("甲局") == office.codes("甲局.") == office.codes("内部") == ["F130"]
    assert "输出文件夹“甲局”与甲局.的相同" in office.err
    assert [Path(name).parent.name for name in office.documents] == ["乙局"]


def test_a_folder_without_settings_is_seen(office: Office) -> None:
    office.add("甲局")
    (office.add("乙局") / "report.yaml").rename(office.source / "乙局" / "report.yml")
    assert office.run() == 0
    assert [(f["代码"], f["位置"]) for f in office.manifest["检查"]] == [("F135", "乙局")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scheduler", "tcp://127.0.0.1:8786"], "不能交给集群。请去掉 --scheduler，用 --jobs"),
        (["-t", "final-accounts/shanxi-2022"], "各用自己 report.yaml 里的模板。请去掉 -t"),
        (["--year", "2022"], "年度和单位照各自的 report.yaml"),
        (["--overwrite", "--resume"], "请只写一个"),
    ],
)
def test_orders_that_report_folders_have_no_use_for(
    office: Office, options: list[str], said: str
) -> None:
    office.add("甲局")
    assert office.run(*options) == 2
    assert said in office.err
    assert not office.out.exists()


@pytest.mark.parametrize("out", [".", "甲局", "甲局/out"])
def test_nothing_is_written_among_the_inputs(office: Office, out: str) -> None:
    office.add("甲局")
    office.out = office.source / out
    assert office.run() == 2
    assert "请换一个输出文件夹" in office.err
