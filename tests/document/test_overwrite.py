"""render: a document that fails stops alone; one that was edited is not replaced."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.bundle import load_bundle
from reportgen.findings import Findings
from reportgen.language.documents import BODY
from tests.document.conftest import parts_of, zipped

Command = Callable[..., tuple[int, str, str]]
NAME = "晋城市人力资源和社会保障局-2022年度单位决算公开"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's output, both formats."""
    from reportgen.cli.app import run
    from tests.document.conftest import EXAMPLE

    out = tmp_path_factory.mktemp("成果") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_SOFFICE", "")
        assert run(["render", str(EXAMPLE), "-o", str(out)]) == 0
    return out


@pytest.fixture
def out(rendered: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(rendered, tmp_path / "out"))


def _digests(out: Path) -> dict[str, str]:
    made = json.loads((out / "内部" / "manifest.json").read_text(encoding="utf-8"))
    found: dict[str, str] = made["文件"][NAME]["输出"]
    return found


def _edit(path: Path, *pairs: tuple[str, str]) -> None:
    if path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
    else:
        parts = parts_of(path.read_bytes())
        text = parts[BODY].decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    content = text.encode()
    path.write_bytes(content if path.suffix == ".md" else zipped({**parts, BODY: content}))


def test_the_originals_are_kept_in_the_office(out: Path) -> None:
    for ending in ("docx", "md"):
        name = f"{NAME}.{ending}"
        assert (out / name).read_bytes() == (out / "内部" / "原稿" / name).read_bytes()
    assert not [path for path in out.rglob("*") if re.search("[\ue000-\ue0ff]", path.name)]
    assert "\ue000" not in (out / "内部" / "manifest.json").read_text(encoding="utf-8")


def test_what_was_not_edited_is_replaced(folder: Path, out: Path, command: Command) -> None:
    code, stdout, err = command("render", folder, "-o", out, "--overwrite")
    assert code == 0
    assert f"{NAME}.docx" in stdout
    assert "F10" not in err


@pytest.mark.parametrize("ending", ["docx", "md"])
def test_an_edited_document_is_kept(folder: Path, out: Path, command: Command, ending: str) -> None:
    path = out / f"{NAME}.{ending}"
    _edit(
        path, ("62,373,182.64元", "62,373,182.46元"), ("一、财政拨款收入：", "一、财政拨款收入是")
    )
    edited, before = path.read_bytes(), _digests(out)
    code, stdout, err = command("render", folder, "-o", out, "--overwrite")
    assert code == 1
    assert path.read_bytes() == edited
    assert re.findall(rf"{ending} 第\d+[段行]: (F104) 写出后改动过，没有覆盖", err) == ["F104"] * 2
    assert "182.64元、支出……”改成了“" in err or "182.64元" in err
    assert "--discard-edits" in err
    assert stdout == ""
    assert "没有写入任何文件。" in err
    assert _digests(out) == before
    code, stdout, err = command("render", folder, "-o", out, "--overwrite", "--discard-edits")
    assert code == 0
    assert str(path) in stdout
    assert path.read_bytes() != edited


def test_an_edited_document_is_kept_when_the_data_change_too(
    folder: Path, out: Path, command: Command
) -> None:
    """The edits are told from the changes of the data: the original is at hand."""
    _edit(out / f"{NAME}.md", ("62,373,182.64元", "62,373,182.46元"))
    text = (folder / "文字.md").read_text(encoding="utf-8")
    (folder / "文字.md").write_text(text + "\n共接待12人。\n", encoding="utf-8")
    code, _, err = command("render", folder, "-o", out, "-f", "md", "--overwrite")
    assert code == 1
    assert len(re.findall(" F104 ", err)) == 1
    assert "接待12人" not in err


def test_what_belongs_to_an_edited_document_is_kept_with_it(
    folder: Path, out: Path, command: Command
) -> None:
    """A new trace or Markdown beside the old Word file would speak of other figures."""
    _edit(out / f"{NAME}.docx", ("62,373,182.64元", "62,373,182.46元"))
    (folder / "文字.md").write_text(
        (folder / "文字.md").read_text(encoding="utf-8") + "\n共接待12人。\n", encoding="utf-8"
    )
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert command("render", folder, "-o", out, "--overwrite")[0] == 1
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_packed_again_and_properties_changed_loses_nothing(
    folder: Path, out: Path, command: Command
) -> None:
    path = out / f"{NAME}.docx"
    parts = parts_of(path.read_bytes())
    core = parts["docProps/core.xml"].replace(
        b"<dc:title>", b"<dc:creator>x</dc:creator><dc:title>"
    )
    path.write_bytes(zipped({**parts, "docProps/core.xml": core}))
    markdown = out / f"{NAME}.md"
    markdown.write_bytes(b"\xef\xbb\xbf" + markdown.read_bytes().replace(b"\n", b"\r\n"))
    code, stdout, err = command("render", folder, "-o", out, "--overwrite")
    assert code == 0
    assert len(re.findall("提示 .*F106 文件重新保存过，内容没有改动，已替换。", err)) == 2
    assert str(path) in stdout


def test_another_look_is_a_loss_as_well(folder: Path, out: Path, command: Command) -> None:
    _edit(out / f"{NAME}.docx", ("<w:keepNext/>", ""))
    code, _, err = command("render", folder, "-o", out, "-f", "docx", "--overwrite")
    assert code == 1
    assert "F104 文件写出后改动过：文字相同，字体、图片、页面等可能改过，没有覆盖。" in err


@pytest.mark.parametrize("broken", ["manifest", "name", "no manifest"])
def test_a_file_of_unknown_origin(folder: Path, out: Path, command: Command, broken: str) -> None:
    record = out / "内部" / "manifest.json"
    if broken == "manifest":
        record.write_text("[1", encoding="utf-8")
    elif broken == "name":
        record.write_text(
            '{"文件": {"别的": {"输出": {"别的.md": "0"}}, "甲": 1}}', encoding="utf-8"
        )
    else:
        record.unlink()
    code, stdout, err = command("render", folder, "-o", out, "-f", "md", "--overwrite")
    assert (code, stdout) == (1, "")
    assert f"{NAME}.md: F105 这个文件没有写出的记录" in err
    assert command("render", folder, "-o", out, "--overwrite", "--discard-edits")[0] == 0


def test_an_edited_file_without_its_original(folder: Path, out: Path, command: Command) -> None:
    shutil.rmtree(out / "内部" / "原稿")
    _edit(out / f"{NAME}.md", ("62,373,182.64元", "62,373,182.46元"))
    code, _, err = command("render", folder, "-o", out, "-f", "md", "--overwrite")
    assert code == 1
    assert "F104 文件写出后改动过，没有当时的底稿，列不出改了什么，没有覆盖。" in err


def test_a_file_that_is_spoiled(folder: Path, out: Path, command: Command) -> None:
    (out / f"{NAME}.docx").write_bytes(b"PK\x03\x04")
    code, _, err = command("render", folder, "-o", out, "-f", "docx", "--overwrite")
    assert code == 1
    assert "F104 文件写出后改动过，文件读不出来" in err


def test_many_edits_are_cut(folder: Path, out: Path, command: Command) -> None:
    path = out / f"{NAME}.md"
    text = path.read_text(encoding="utf-8").replace("支出", "支岀")
    path.write_text(text, encoding="utf-8")
    _, _, err = command("render", folder, "-o", out, "-f", "md", "--overwrite")
    assert len(re.findall(" F104 ", err)) == 21
    assert re.search("F104 另有\\d+处改动没有列出。", err)


def test_a_folder_that_is_read_only(folder: Path, out: Path, command: Command) -> None:
    if os.geteuid() == 0:
        (out / f"{NAME}.md").unlink()
        (out / f"{NAME}.md").mkdir()  # nobody can replace a folder by a file
        code, stdout, err = command("render", folder, "-o", out, "-f", "md", "--overwrite")
    else:
        out.chmod(0o555)
        code, stdout, err = command("render", folder, "-o", out, "-f", "md", "--overwrite")
        out.chmod(0o755)
    assert (code, stdout) == (1, "")
    assert "F10" in err


def _typed(templates: Path, file: str, old: str, new: str) -> None:
    path = templates / "final-accounts" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_numeral_typed_into_the_narrative(
    folder: Path, templates: Path, tmp_path: Path, command: Command
) -> None:
    old = "### （四）预算绩效情况说明"
    _typed(templates, "shanxi-2022/narrative.md", old, f"{old}\n\n共3个项目。")
    out = tmp_path / "out"
    code, stdout, err = command("render", folder, "-o", out, "--templates", templates)
    assert (code, stdout) == (1, "")
    assert len(re.findall("P105 “共3个项目。”中的“3”没有来源。", err)) == 1  # before any document
    assert not out.exists()
    options = ("--templates", templates, "--allow-errors")
    code, stdout, _ = command("render", folder, "-o", out, *options)
    assert code == 1
    assert f"{NAME}.docx" in stdout


def test_a_document_that_fails_stops_alone(
    folder: Path, templates: Path, tmp_path: Path, command: Command
) -> None:
    _typed(templates, "common/report.md", "{{ 章.文 }}", "共3个项目。\n\n{{ 章.文 }}")
    out = tmp_path / "out"
    code, _, err = command("render", folder, "-o", out, "--templates", templates)
    assert code == 1
    assert "P105" in err
    assert {path.name for path in out.iterdir()} == {f"{NAME}.docx", "内部"}
    assert list(_digests(out)) == [f"{NAME}.docx"]


def test_a_section_that_the_layout_leaves_out(
    folder: Path, templates: Path, tmp_path: Path, command: Command
) -> None:
    _typed(templates, "common/report.md", "in 各章 %}", "in 各章 if 章.名称 != '附件' %}")
    out = tmp_path / "out"
    options = ("-f", "md", "--templates", templates, "--allow-errors")
    code, _, err = command("render", folder, "-o", out, *options)
    assert code == 0  # a layout may choose its sections: what is left out is told
    assert re.search(r"警告 .*\.md: P107 正文“附件”一章没有排进文件，其中有\d+个数。", err)


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("'##'", "没有文字"),
        ("''", "没有文字"),
        ("没有数", "没有数字"),
        ("12", "应为文字"),
        ("{甲: 乙}", "应为文字"),
    ],
)
def test_phrases_that_allow_too_much_or_nothing(templates: Path, phrase: str, told: str) -> None:
    _typed(templates, "shanxi-2022/bundle.yaml", "- 单价100万元以上设备", f"- {phrase}")
    findings = Findings()
    assert load_bundle("final-accounts/shanxi-2022", [templates], findings) is None
    [found] = findings
    assert found.code == "C104"
    assert (found.place.file, found.place.row) == ("final-accounts/shanxi-2022/bundle.yaml", 4)
    assert told in found.message


def test_phrases_are_no_expressions(
    folder: Path, templates: Path, tmp_path: Path, command: Command
) -> None:
    _typed(
        templates, "shanxi-2022/bundle.yaml", "- 单价100万元以上设备", "- 单价.*(1|1)+万元以上设备"
    )
    code, _, err = command("render", folder, "-o", tmp_path / "out", "--templates", templates)
    assert code == 1
    assert "中的“100”没有来源" in err
