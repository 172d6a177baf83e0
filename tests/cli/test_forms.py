"""The four forms of findings, and what chooses and counts them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from reportgen.cli.options import Form
from reportgen.cli.output import Output
from reportgen.errors import UsageError
from reportgen.findings import Findings, Place, Selection, Severity, codes_in
from reportgen.outputs import Result, json_bytes, results_workbook

Capture = pytest.CaptureFixture[str]


def test_full(result: Result, capsys: Capture) -> None:
    assert Output().deliver(result) == 1
    out, err = capsys.readouterr()
    assert out == (
        "错误 甲.xlsx[乙]!C9: D302 两表 不一致。\n"
        "错误 report.yaml:2:1: C101 未知的设置项“层及”。\n"
        "    2 | 层及: 单位\n"
        "      | ^^^^\n"
        "    处理：请改为“层级”。\n"
        "警告 甲.xlsx[=乙]: D124 表头写“丙”。\n"
        "    处理：请核对。\n"
        "提示 甲.xlsx[乙]!B3: D703 =1+1大于0。\n"
        "    已豁免：公开稿如此\n"
    )
    assert err == (
        "检查完毕：错误2项，警告1项，提示1项，其中豁免1项。\n"
        "详细说明：reportgen explain D302、reportgen explain C101、reportgen explain D124。\n"
    )


def test_concise(result: Result, capsys: Capture) -> None:
    assert Output(Form.CONCISE).deliver(result) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "甲.xlsx[乙]!C9: D302 [错误] 两表 不一致。",
        "report.yaml:2:1: C101 [错误] 未知的设置项“层及”。请改为“层级”。",
        "甲.xlsx[=乙]: D124 [警告] 表头写“丙”。请核对。",
        "甲.xlsx[乙]!B3: D703 [提示] =1+1大于0。（已豁免：公开稿如此）",
    ]
    assert err == "检查完毕：错误2项，警告1项，提示1项，其中豁免1项。\n"


def test_json(result: Result, capsys: Capture) -> None:
    assert Output(Form.JSON).deliver(result, err=True) == 1
    out, err = capsys.readouterr()
    records = json.loads(out)
    assert [record["severity"] for record in records] == ["error", "error", "warning", "note"]
    assert records[1] == {
        "code": "C101",
        "severity": "error",
        "message": "未知的设置项“层及”。",
        "file": "report.yaml",
        "place": "report.yaml:2:1",
        "hint": "请改为“层级”。",
        "title": "未知的设置项",
        "waived": None,
        "sheet": None,
        "cell": None,
        "line": 2,
        "column": 1,
    }
    assert (records[0]["sheet"], records[0]["cell"], records[0]["title"]) == (
        "乙",
        "C9",
        "支出合计两表一致",
    )
    assert (records[3]["waived"], records[3]["message"]) == ("公开稿如此", "=1+1大于0。")
    assert err.startswith("检查完毕：错误2项")


def test_json_of_nothing(capsys: Capture) -> None:
    assert Output(Form.JSON).deliver(Result(Findings())) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out), err) == ([], "检查完毕：没有发现问题。\n")


def test_json_of_half_a_pair_and_of_signs_that_a_terminal_obeys() -> None:
    findings = Findings()
    findings.error("D108", Place("\udcff.xlsx"), "现为“\x1b[31m\n”。")
    (record,) = json.loads(json_bytes(Result(findings)))
    assert (record["file"], record["message"]) == ("\udcff.xlsx", "现为“\x1b[31m\n”。")


def test_a_terminal_obeys_no_sign_of_the_data(capsys: Capture) -> None:
    findings = Findings()
    findings.error(
        "D108", Place.cell("甲.xlsx", "\x1b]0;乙"), "现为“\x1b[31m\u202e甲”。", "丙\r丁。"
    )
    for form in (Form.FULL, Form.CONCISE):
        Output(form).deliver(Result(findings))
        out = capsys.readouterr().out
        assert not set(out) & set("\x1b\u202e\r")
        assert "?[31m" in out


def test_workbook(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "检查结果.xlsx"
    path.write_bytes(results_workbook(result))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["检查结果", "豁免"]
    rows = [[cell.value for cell in row] for row in book["检查结果"]]
    assert rows[0] == ["代码", "标题", "级别", "位置", "说明", "处理", "豁免理由"]
    assert [row[0] for row in rows[1:]] == ["D302", "C101", "D124", "D703"]
    assert rows[2][1:6] == [
        "未知的设置项",
        "错误",
        "report.yaml:2:1",
        "未知的设置项“层及”。",
        "请改为“层级”。",
    ]
    assert rows[4][4:] == ["=1+1大于0。", None, "公开稿如此"]
    message = book["检查结果"]["E5"]
    assert (message.data_type, message.quotePrefix) == ("s", True)
    assert [[cell.value for cell in row] for row in book["豁免"]][1] == [
        "D703",
        "合同金额",
        "公开稿如此",
        "report.yaml:14:5",
        1,
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@甲", "\x0b甲", "甲" * 40_000, "\ud800"], ids=range(7)
)
def test_a_hostile_text_stays_a_text_of_the_workbook(tmp_path: Path, text: str) -> None:
    findings = Findings()
    findings.error("D108", Place(text[:50]), text, text)
    path = tmp_path / "检查结果.xlsx"
    path.write_bytes(results_workbook(Result(findings)))
    row = openpyxl.load_workbook(path)["检查结果"][2]
    assert {cell.data_type for cell in row[:6]} == {"s"}
    assert str(row[4].value)[0] in {text[0], " ", "?"}


def test_statistics(result: Result, capsys: Capture) -> None:
    result.findings.error("D302", Place("丁.xlsx"), "两表不一致。")
    Output(Form.JSON, statistics=True).deliver(result)
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 5
    assert err.splitlines()[:4] == [
        "2  D302  支出合计两表一致",
        "1  C101  未知的设置项",
        "1  D124  表的单位与报告不同",
        "1  D703  合同金额",
    ]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        pytest.param("", "", "D302 C101 D124 D703", id="all"),
        pytest.param("D3", "", "D302", id="family"),
        pytest.param("d302,C1", "", "D302 C101", id="list in small letters"),
        pytest.param("", "D", "C101", id="ignored letter"),
        pytest.param("D", "D3", "D124 D703", id="the longer ignores"),
        pytest.param("D302", "D3", "D302", id="the longer selects"),
        pytest.param("D302", "D302", "", id="a tie ignores"),
    ],
)
def test_selection(result: Result, capsys: Capture, select: str, ignore: str, codes: str) -> None:
    selection = Selection(codes_in([select]), codes_in([ignore]))
    code = Output(Form.JSON, selection=selection).deliver(result)
    out, err = capsys.readouterr()
    records = json.loads(out)
    assert [record["code"] for record in records] == codes.split()
    assert code == any(record["severity"] == "error" for record in records)
    hidden = 4 - len(records)
    assert (f"另有{hidden}项按选项没有显示" in err) == bool(hidden)


def test_what_is_hidden_says_whether_it_holds_errors(result: Result, capsys: Capture) -> None:
    assert Output(selection=Selection(("D1",))).deliver(result) == 0
    err = capsys.readouterr().err
    assert "检查完毕：警告1项。另有3项按选项没有显示，其中错误2项。" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["D3O2"], "没有代码或代码开头“D3O2”。是否应为“D302”？"),
        (["D9"], "可用的开头：C1、D1、D2、D3"),
        (["C101", "Q"], "没有代码或代码开头“Q”"),
        (["D3021"], "是否应为“D302”？"),
    ],
)
def test_an_unknown_code(words: list[str], said: str) -> None:
    output = Output.of(None, None, select=words)
    with pytest.raises(UsageError, match=said):
        output.check_codes(["D302"])


def test_a_known_code_of_the_rules() -> None:
    Output.of(None, None, select=["d302", "D3", "T"], ignore=["C101"]).check_codes(["D302"])


def test_strict(result: Result) -> None:
    warned = Findings(f for f in result.findings if f.severity is Severity.WARNING)
    assert Output().deliver(Result(warned)) == 0
    assert Output(strict=True).deliver(Result(warned)) == 1
    noted = Findings(f for f in result.findings if f.severity is Severity.NOTE)
    assert Output(strict=True).deliver(Result(noted)) == 0


@pytest.mark.parametrize(
    ("form", "file", "chosen"),
    [
        (None, None, Form.FULL),
        (None, "a.xlsx", Form.XLSX),
        (None, "a.JSON", Form.JSON),
        (None, "a.txt", Form.FULL),
        (Form.JSON, "a.txt", Form.JSON),
    ],
)
def test_the_ending_says_the_form(form: Form | None, file: str | None, chosen: Form) -> None:
    assert Output.of(form, Path(file) if file else None).form is chosen


@pytest.mark.parametrize(
    ("form", "file"),
    [(Form.XLSX, None), (Form.XLSX, "a.txt"), (Form.FULL, "a.xlsx"), (None, ""), (None, ".")],
)
def test_a_form_that_does_not_fit_the_file(form: Form | None, file: str | None) -> None:
    with pytest.raises(UsageError):
        Output.of(form, None if file is None else Path(file))


@pytest.mark.parametrize("form", Form)
def test_a_file(result: Result, tmp_path: Path, capsys: Capture, form: Form) -> None:
    path = tmp_path / "新" / f"结果.{form if form is Form.XLSX else 'txt'}"
    assert Output(form, path).deliver(result) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"已写入 {path}\n检查完毕")
    assert path.stat().st_size > 100
    if form is Form.FULL:
        assert "      | ^^^^\n" in path.read_text(encoding="utf-8")


def test_an_existing_file_is_kept(result: Result, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "结果.json"
    path.write_text("旧", encoding="utf-8")
    nothing = Result(Findings())
    assert Output(Form.JSON, path).deliver(nothing) == 1
    assert "结果.json: F101 [错误] 输出文件已存在" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "旧"
    assert Output(Form.JSON, path, overwrite=True).deliver(nothing) == 0
    assert json.loads(path.read_bytes()) == []


def test_a_file_that_can_t_be_written(result: Result, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "甲").write_text("", encoding="utf-8")
    assert Output(Form.JSON, tmp_path / "甲" / "结果.json").deliver(Result(Findings())) == 1
    assert "F103" in capsys.readouterr().err
