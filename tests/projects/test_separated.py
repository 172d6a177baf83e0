"""项目.csv, 资金.csv and 指标.csv beside each other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reportgen.findings import Findings
from reportgen.sources.projects import build, open_projects

LISTS = {
    "项目": [["项目名称", "年度目标", "涉密"], ["甲", "一、\n二，", ""], ["乙", '="001"', "否"]],
    "资金": [["项目名称", "资金来源", "全年预算数"], ["甲", "年度资金总额", "1,234.5"]],
    "指标": [["项目名称", "三级指标", "分值"], ["甲", "人数", "10"], ["乙", "金额", "#N/A"]],
}


def written(folder: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    for name, rows in LISTS.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    return folder / "项目.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_lists_beside_it_are_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    findings = Findings()
    book = open_projects([written(tmp_path, encoding, delimiter)], findings)
    assert book is not None
    first, second = (raw for chunk in book.chunks(5) for raw in chunk)
    project = build(first, findings)
    assert project.fields["年度目标"] == "一、\n二，"
    amount = project.funds[0].amounts["全年预算数"]
    assert (amount.value, str(amount.places[0])) == (12_345_000, "资金.csv!C2")
    assert list(findings) == []
    assert build(second, findings).fields["年度目标"] == "001"
    assert [str(finding.place) for finding in findings] == ["指标.csv!C3"]


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "资金.csv").unlink()
    findings = Findings()
    assert open_projects([path], findings) is not None
    (finding,) = findings
    assert str(finding).startswith(
        "项目.csv: D103 旁边没有“资金.csv”。请放在一起，表头为：项目名称、"
    )


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"\xff\xfe\x00", "D102", "项目.csv"),
        (
            "项目名称,年度目标\n甲,\ufffd二三四五六七八九十".encode().replace(
                b"\xef\xbf\xbd", b"\xff"
            ),
            "D102",
            "项目.csv:2",
        ),
        ('项目名称,年度目标\n甲,"没有完\n'.encode(), "D102", "项目.csv:2"),
        ("项目名称,年度目标\n甲,1,234.5\n".encode(), "D127", "项目.csv!C2"),
        (b"PK\3\4", "D102", "项目.csv"),
        (b"", "D104", "项目.csv"),
    ],
    ids=["utf-16", "broken", "quotes", "uneven", "zip", "empty"],
)
def test_texts_that_are_no_list(tmp_path: Path, content: bytes, code: str, place: str) -> None:
    path = written(tmp_path)
    path.write_bytes(content)
    findings = Findings()
    open_projects([path], findings)
    assert (code, place) in [(finding.code, str(finding.place)) for finding in findings]


def test_a_file_that_can_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    findings = Findings()
    assert open_projects([path], findings) is None
    assert next(str(f) for f in findings).startswith("项目.csv: D102 这个文件打不开。")


def test_a_folder_of_lists(tmp_path: Path) -> None:
    written(tmp_path)
    book = open_projects([tmp_path], Findings())
    assert book is not None
    assert [one.name for one in book.listed] == ["甲", "乙"]
