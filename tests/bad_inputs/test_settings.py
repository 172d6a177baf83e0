"""report.yaml: keys, values and the file itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Found = Callable[..., Mapping[str, str]]
Command = Callable[..., tuple[int, str, str]]
Replace = Callable[..., None]
UNIT = "单位: 晋城市人力资源和社会保障局"
REPORT = Path(__file__).parents[2] / "examples" / "jincheng-2022" / "report.yaml"
END = len(REPORT.read_text(encoding="utf-8").splitlines()) + 1


@pytest.mark.parametrize(
    ("old", "new", "heads", "said"),
    [
        pytest.param("层级:", "层及:", [":4:1 C101"], "“层及”。是否应为“层级”？", id="unknown"),
        pytest.param(
            "  文字:", "  文本:", [":12:3 C101"], "“文本”。是否应为“文字”？", id="unknown below"
        ),
        pytest.param(
            "    理由: 公开稿",
            "    原因: 公开稿",
            [":14:5 C103", ":17:5 C101"],
            "缺少“理由”",
            id="unknown in a list",
        ),
        pytest.param("年度: 2022\n", "", [":1:1 C103"], "缺少“年度”", id="missing"),
        pytest.param(f"{UNIT}\n", "", [":1:1 C103"], "缺少“单位”", id="no unit"),
        pytest.param(
            "年度: 2022", "年度: 2022\n年度: 2023", [":6:1 C102"], "“年度”写了两次", id="duplicate"
        ),
        pytest.param(
            "  文字: 文字.md",
            "  文字: 文字.md\n  文字: 别.md",
            [":13:3 C102"],
            "“文字”写了两次",
            id="duplicate below",
        ),
        pytest.param("年度: 2022", "年度: 二〇二二", [":5:1 C104"], "“年度”应为整数", id="no year"),
        pytest.param("年度: 2022", '年度: "2022"', [":5:1 C104"], "应为整数", id="year as text"),
        pytest.param("年度: 2022", "年度: 1066", [":5:1 C104"], "“1066”不合要求", id="old year"),
        pytest.param("层级: 单位", "层级: 科室", [":4:1 C104"], "（部门、单位）", id="choice"),
        pytest.param(UNIT, "单位: 12345", [":3:1 C104"], "“单位”应为文字", id="number for a text"),
        pytest.param(UNIT, "单位:", [":3:1 C107"], "还没有填写“单位”", id="nothing for a text"),
        pytest.param(UNIT, '单位: "　"', [":3:1 C104"], "“单位”是空白", id="blank unit"),
        pytest.param("文字.md", "[甲, 乙]", [":12:3 C104"], "“文字”应为文字", id="list for a text"),
        pytest.param("层级: 单位", '层级: "单位', [f":{END}:1 C105"], "引号", id="open quote"),
        pytest.param("层级: 单位", "\t层级: 单位", [":4:1 C105"], "缩进", id="tab"),
        pytest.param("层级: 单位", "层级: [甲", [":5:3 C105"], "格式有误", id="open bracket"),
        pytest.param("层级: 单位", "层级 单位", [":5:1 C105"], "冒号", id="no colon"),
        pytest.param("层级: 单位", "层级: *甲", [":4:5 C105"], "格式有误", id="unknown anchor"),
        pytest.param("层级: 单位", "层级: 单\x07位", [":4 C105"], "U+0007", id="control character"),
    ],
)
def test_settings(
    folder: Path, found: Found, replace: Replace, old: str, new: str, heads: list[str], said: str
) -> None:
    replace(folder / "report.yaml", old, new)
    told = found()
    assert list(told) == [f"错误 report.yaml{head}" for head in heads]
    assert said in "".join(told.values())


@pytest.mark.parametrize("year", [2021, 2023])
def test_a_year_that_is_not_the_template_s(
    folder: Path, found: Found, replace: Replace, year: int
) -> None:
    replace(folder / "report.yaml", "年度: 2022", f"年度: {year}")
    told = found()["警告 report.yaml:5:1 C110"]
    assert f"模板“final-accounts/shanxi-2022”是2022年度的，这里写的是{year}年度。" in told


@pytest.mark.parametrize(
    ("content", "heads", "said"),
    [
        pytest.param("", [":1:1 C103"], "缺少“模板”", id="empty"),
        pytest.param("- 甲\n- 乙\n", [" C105"], "“名称: 值”", id="list"),
        pytest.param("只有文字", [" C105"], "“名称: 值”", id="text"),
        pytest.param("甲: 1\n---\n乙: 2\n", [":2:1 C105"], "格式有误", id="two documents"),
    ],
)
def test_no_map(folder: Path, found: Found, content: str, heads: list[str], said: str) -> None:
    (folder / "report.yaml").write_text(content, encoding="utf-8")
    told = found()
    assert list(told) == [f"错误 report.yaml{head}" for head in heads]
    assert said in told[f"错误 report.yaml{heads[0]}"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_not_utf_8(folder: Path, found: Found, encoding: str) -> None:
    path = folder / "report.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    told = found()
    assert list(told) == ["错误 report.yaml C105"]
    assert "另存为 UTF-8" in told["错误 report.yaml C105"]


def test_a_byte_order_mark_is_no_fault(folder: Path, found: Found) -> None:
    path = folder / "report.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert found() == {}


def test_a_python_tag_makes_no_object(folder: Path, found: Found, replace: Replace) -> None:
    replace(folder / "report.yaml", UNIT, "单位: !!python/object/apply:os.getcwd []")
    assert list(found()) == ["错误 report.yaml:3:1 C104"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param(
            "final-accounts/shanxi-2202", "是否应为“final-accounts/shanxi-2022”", id="near"
        ),
        pytest.param("../../etc", "可用的模板：", id="outside"),
        pytest.param("/etc", "可用的模板：", id="absolute"),
        pytest.param("final-accounts/common", "仅供继承", id="a parent"),
    ],
)
def test_an_unknown_bundle_is_a_wrong_usage(
    folder: Path, tmp_path: Path, command: Command, replace: Replace, name: str, said: str
) -> None:
    replace(folder / "report.yaml", "final-accounts/shanxi-2022", name)
    code, out, err = command("render", folder, "-o", tmp_path / "out")
    assert (code, out) == (2, "")
    assert f"“{name}”" in err
    assert said in err
    assert not (tmp_path / "out").exists()


def test_files_that_report_yaml_leaves_out_are_no_fault_of_the_rules(
    folder: Path, found: Found, replace: Replace
) -> None:
    replace(folder / "report.yaml", "  补充数据: 补充数据.xlsx\n", "")
    assert found() == {}


@pytest.mark.parametrize(
    "words", [["render", "--oberwrite"], ["rendr"], ["check"], ["check", "a", "b"]]
)
def test_wrong_usage_is_chinese(command: Command, words: list[str]) -> None:
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert err.startswith("错误 ")
    assert "--help" in err


def test_two_files_of_one_name(folder: Path, found: Found, replace: Replace) -> None:
    (folder / "上年").mkdir()
    (folder / "上年" / "决算表.xlsx").write_bytes((folder / "决算表.xlsx").read_bytes())
    replace(folder / "report.yaml", "  补充数据:", "  上年决算表: 上年/决算表.xlsx\n  补充数据:")
    told = found()
    (head,) = (key for key in told if key.endswith("C104"))
    assert head.startswith("错误 report.yaml:")
    assert "“决算表.xlsx”和“上年/决算表.xlsx”文件名相同" in told[head]


def test_this_year_s_tables_in_the_place_of_last_year_s(
    folder: Path, found: Found, replace: Replace
) -> None:
    """Nothing would have changed since last year."""
    shutil.copy(folder / "决算表.xlsx", folder / "上年.xlsx")
    replace(folder / "report.yaml", "  补充数据:", "  上年决算表: 上年.xlsx\n  补充数据:")
    told = found()["错误 上年.xlsx[公开01表] D123"]
    assert told.startswith("作为上年决算表，表头写2022年度，应为2021年度。")
