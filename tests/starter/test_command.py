"""reportgen init: what it makes, what it says, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.cli.app import run
from reportgen.findings import Findings
from reportgen.pipeline.starter import put_folder

Command = Callable[..., tuple[int, str, str]]
NAME = "final-accounts/shanxi-2022"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """command(*arguments): exit code, stdout and stderr of a command line."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return call


def test_it_lists_the_files_and_the_next_steps(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "报告"
    code, out, err = command("init", NAME, folder)
    assert (code, err) == (0, "")
    names = ["report.yaml", "决算表.xlsx", "补充数据.xlsx", "项目.xlsx", "文字.md"]
    assert out.startswith(f"已建立 {folder}：{'、'.join(names)}\n接下来：\n")
    assert f'reportgen check "{folder}"' in out
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_an_empty_folder_will_do(command: Command, tmp_path: Path) -> None:
    assert command("init", NAME, tmp_path)[0] == 0
    assert (tmp_path / "report.yaml").is_file()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("final-accounts/shanxi-2202", f"是否应为“{NAME}”？", id="misspelt"),
        pytest.param("shanxi-2022", f"是否应为“{NAME}”？", id="no family"),
        pytest.param("../final-accounts/shanxi-2022", "找不到模板", id="escaping"),
        pytest.param("/etc/passwd", "找不到模板", id="absolute"),
        pytest.param(
            "final-accounts/common",
            "模板“final-accounts/common”仅供继承，请用它的下级模板：",
            id="abstract",
        ),
        pytest.param("final-accounts/shanxi", NAME, id="its children"),
        pytest.param("", "请写模板名称和文件夹，例如：", id="nothing"),
    ],
)
def test_a_name_that_is_no_bundle(command: Command, tmp_path: Path, name: str, said: str) -> None:
    folder = tmp_path / "报告"
    code, out, err = command("init", name, folder)
    assert code == 2
    assert said in err
    assert not out
    assert not folder.exists()


def test_without_a_folder_it_says_how(command: Command) -> None:
    code, _, err = command("init", NAME)
    assert code == 2
    assert f"请写文件夹，例如：reportgen init {NAME} 我的报告。" in err


@pytest.mark.parametrize(
    ("at", "said"),
    [
        pytest.param("有文件", "不是空的（里面有旧.txt），没有写入。", id="not empty"),
        pytest.param("旧文件", "是文件，请换一个文件夹名称。", id="a file"),
        pytest.param("旧文件/报告", "是文件，不能在里面建立文件夹。", id="below a file"),
        pytest.param("没有/报告", "没有上级文件夹", id="no parent"),
        pytest.param("a:b?", "不能用作文件夹名称，可以改为“", id="forbidden characters"),
    ],
)
def test_a_folder_that_will_not_do(command: Command, tmp_path: Path, at: str, said: str) -> None:
    (tmp_path / "有文件").mkdir()
    (tmp_path / "有文件" / "旧.txt").write_text("旧", encoding="utf-8")
    (tmp_path / "旧文件").write_text("旧", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    code, _, err = command("init", NAME, tmp_path / at)
    assert (code, said in err) == (2, True), err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_disk_that_takes_nothing_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    findings = Findings()
    assert not put_folder(tmp_path / "报告", {"report.yaml": b"", "b.txt": b""}, findings)
    assert [f.code for f in findings] == ["F103"]
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder nobody can write to")
def test_where_nobody_may_write_it_is_a_finding(command: Command) -> None:
    code, _, err = command("init", NAME, "/proc/报告")
    assert code == 1
    assert "F103" in err
    assert "文件写不进去" in err
