"""What open_projects lists, and how projects come in chunks."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from reportgen.findings import Findings
from reportgen.sources.projects import ProjectBook, RawProject, build, open_projects, read_projects

Write = Callable[..., Path]


def listed(*names: str, secret: Sequence[str] = ()) -> list[list[Any]]:
    return [[n, name, "否", "是" if name in secret else "否"] for n, name in enumerate(names, 1)]


def marks(*names: str) -> list[list[Any]]:
    return [[name, f"指标{n}", "≥5个", "5个", 10, 10] for n, name in enumerate(names, 1)]


def opened(path: Path, findings: Findings | None = None) -> ProjectBook:
    book = open_projects([path], Findings() if findings is None else findings)
    assert book is not None
    return book


def given(book: ProjectBook, size: int = 10) -> list[RawProject]:
    return [raw for chunk in book.chunks(size) for raw in chunk]


def shape(raws: Sequence[RawProject]) -> list[tuple[str, list[int]]]:
    return [(raw.name, [row.number for row in raw.indicators]) for raw in raws]


def test_projects_come_in_the_order_of_their_indicators(write: Write) -> None:
    book = opened(write(listed("甲", "乙", "丙", "丁"), marks("乙", "乙", "甲", "丁")))
    chunks = [shape(chunk) for chunk in book.chunks(2)]
    assert chunks == [[("乙", [2, 3]), ("甲", [4])], [("丁", [5])]]
    assert book.without_indicators == (2,)
    assert [shape(chunk) for chunk in book.rest(5)] == [[("丙", [])]]
    assert [(one.index, one.name, one.fields["序号"]) for one in book.listed[:2]] == [
        (0, "甲", "1"),
        (1, "乙", "2"),
    ]


def test_scattered_projects_come_again_whole(write: Write) -> None:
    rows = marks("甲", "乙", "丙", "甲", "丁", "丙", "戊")
    raws = given(opened(write(listed(*"甲乙丙丁戊"), rows)))
    assert shape(raws[:2]) == [("甲", [2]), ("乙", [3])]
    last = {raw.name: [row.number for row in raw.indicators] for raw in raws}
    assert last == {"甲": [2, 5], "乙": [3], "丙": [4, 7], "丁": [6], "戊": [8]}
    assert len(raws) == 6


def test_secret_and_repeated_projects_are_not_given(write: Write) -> None:
    findings = Findings()
    path = write(listed("甲", "乙", "丙", "乙", secret="甲"), marks("甲", "乙", "丙"))
    book = opened(path, findings)
    assert shape(given(book)) == [("丙", [4])]
    assert [one.secret for one in book.listed] == [True, False, False, False]
    assert book.without_indicators == ()
    told = {index: [str(f) for f in faults] for index, faults in book.faults.items()}
    assert list(told) == [1, 3]
    assert told[3] == [
        (
            "项目.xlsx[项目]!B5: D107 项目“乙”出现两次，另在 项目.xlsx[项目]!B3。"
            "请合并为一行，或改正名称。"
        )
    ]
    assert list(findings) == []


def test_the_name_of_a_secret_project_that_stands_twice_is_not_told(write: Write) -> None:
    book = opened(write(listed("甲", "乙", "乙", secret="乙")))
    told = [finding.message for faults in book.faults.values() for finding in faults]
    assert [message.startswith("这个项目出现两次") for message in told] == [True, True]


@pytest.mark.parametrize(
    ("secret", "published", "said"),
    [("√", "否", "“涉密”填了“√”"), ("是", "是", "涉密的项目不能公开自评表")],
)
def test_secrecy_must_be_clear(write: Write, secret: str, published: str, said: str) -> None:
    book = opened(write([[1, "甲", published, secret]], marks("甲")))
    assert given(book) == []
    assert [said in str(f) for f in book.faults[0]] == [True]


def test_strays_are_told_with_the_nearest_name(write: Write) -> None:
    findings = Findings()
    rows = marks("人才经费", "人材经费", "人材经费", "", "另一个")
    funds = [["人才经废", "年度资金总额", 1, 1]]
    given(opened(write([*listed("人才经费"), [2, None, "否", "否"]], rows, funds), findings))
    assert [str(finding) for finding in findings] == [
        "项目.xlsx[项目]!B3: D115 这一行没有项目名称。请补上。",
        "项目.xlsx[资金]!A2: D115 “项目”表没有“人才经废”。是否应为“人才经费”？",
        "项目.xlsx[指标]!A5: D115 这一行没有项目名称。请补上。",
        (
            "项目.xlsx[指标]!A3: D115 “项目”表没有“人材经费”，写这个名称的2行都没有读。"
            "是否应为“人才经费”？"
        ),
        "项目.xlsx[指标]!A6: D115 “项目”表没有“另一个”。请在“项目”表补上这个项目。",
    ]


def test_a_raw_project_travels_and_is_built(write: Write) -> None:
    funds = [["甲", "年度资金总额", 97.2, 97.2], ["甲", "其他资金", None, 1]]
    (raw,) = given(opened(write(listed("甲"), marks("甲", "甲"), funds)))
    again = pickle.loads(pickle.dumps(raw))
    assert again == raw
    assert again.digest == raw.digest
    findings = Findings()
    project = build(again, findings)
    (whole,) = read_projects([write(listed("甲"), marks("甲", "甲"), funds)], findings)
    assert repr(whole) == repr(project)
    assert str(project.funds[0].amounts["全年执行数"].places[0]) == "项目.xlsx[资金]!D2"
    assert [str(row.place("分值")) for row in project.indicator_rows] == [
        "项目.xlsx[指标]!E2",
        "项目.xlsx[指标]!E3",
    ]
    assert list(findings) == []


def test_a_file_that_is_changed_meanwhile(write: Write) -> None:
    """Its rows would be read with the shared texts of the other."""
    findings = Findings()
    path = write(listed("甲", "乙"), marks("甲", "乙"))
    book = opened(path, findings)
    write(listed("丙", "丁", "戊"), marks("丙"))
    assert given(book) == []
    assert book.without_indicators == ()
    assert [str(finding) for finding in findings] == [
        (
            "项目.xlsx: D102 读取的时候这个文件被改动了，后面的没有读。"
            "请保存并关闭正在编辑它的程序，再做一遍。"
        )
    ]


def test_lists_of_other_projects_are_told_within_bounds(write: Write) -> None:
    findings = Findings()
    book = opened(write(listed("甲"), marks(*(f"别的{n}" for n in range(1_500)))), findings)
    assert given(book) == []
    told = [str(finding) for finding in findings]
    assert len(told) == 1_001
    assert told[-1].startswith("项目.xlsx[指标]!A1002: D115 从这一行起，另有500行的项目名称")
