"""Names of files from data: safe on every system, inside their folder, no two alike."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.outputs import safe_name, unique_names

WILD = st.text(
    st.sampled_from("/\\:.. ~$CONnulCom1长😀\ud800\x00\n\u202e\u0301éＡa=*?\"'|<>")
    | st.characters(),
    max_size=90,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../x", "_.._x"),
        ("..", "未命名"),
        ("C:\\Windows\\x", "C__Windows_x"),
        ("con.报告", "_con.报告"),
        ("COM¹", "_COM¹"),
        ("CON" + " " * 300 + "x", "_CON"),
        ("~$决算表", "_~$决算表"),
        ("甲\ud800乙", "甲_乙"),
        ("报告\u202excod.exe", "报告_xcod.exe"),
        ("一\n二\u2028三\x85四", "一_二_三_四"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("=cmd|' /C calc'!A0", "=cmd_' _C calc'!A0"),
        ("e\u0301", "é"),
        ("\ufeff", "_"),
    ],
    ids=ascii,
)
def test_what_a_name_becomes(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(WILD)
def test_a_name_is_one_segment_that_every_system_keeps(text: str) -> None:
    name = safe_name(text)
    path = PureWindowsPath(name + ".docx")
    assert len(path.parts) == len(Path(name).parts) == 1
    assert not path.is_reserved() if hasattr(path, "is_reserved") else True
    assert name not in ("", ".", "..")
    assert name[-1] not in ". "
    assert len(name.encode()) <= 180
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("wanted", "clashes"),
    [
        (["甲", "乙", "甲"], ((0, 2),)),
        (["ABC", "abc", "Abc"], ((0, 1, 2),)),
        (["é", "e\u0301"], ((0, 1),)),
        (["项目（一）", "项目(一)"], ((0, 1),)),
        (["a:b", "a?b", "a_b"], ((0, 1, 2),)),
        (["尾", "尾.", " 尾"], ((0, 1, 2),)),
        (["", "...", "未命名"], ((0, 1, 2),)),
        (["长" * 100, "长" * 99], ((0, 1),)),
        (["STRASSE", "straße"], ((0, 1),)),
        (["1-甲", "2-甲", "01-甲"], ()),
        ([], ()),
    ],
)
def test_names_that_a_disk_does_not_keep_apart(
    wanted: list[str], clashes: tuple[tuple[int, ...], ...]
) -> None:
    found = unique_names(wanted)
    assert found.clashes == clashes
    assert found.refused == {position for group in clashes for position in group}
    assert len(found.names) == len(wanted)


def test_a_name_that_another_file_has() -> None:
    found = unique_names(["汇总", "甲"], taken=["manifest", "汇總", "甲"])
    assert found.clashes == ((1,),)


def test_files_of_unique_names_stand_beside_each_other(tmp_path: Path) -> None:
    wanted = ["../../x", "CON", "a:b", "尾.", "长" * 300, "\ud800", "NUL.docx", "~$x", "=1+1"]
    found = unique_names(wanted)
    assert not found.clashes
    for name in found.names:
        (tmp_path / f"{name}.docx").write_bytes(b"")
    assert len(list(tmp_path.iterdir())) == len(wanted)
