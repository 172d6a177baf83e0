"""A folder of filled-in forms is read like the lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.findings import Findings
from reportgen.model import Figure, Project
from reportgen.sources.projects import ProjectBook, build, open_projects
from tests.projects.forms import WITH_POINTS, WITH_SOURCES, Change, draw


def opened(folder: Path, findings: Findings) -> ProjectBook:
    book = open_projects([folder], findings)
    assert book is not None
    return book


def built(folder: Path, findings: Findings | None = None) -> list[Project]:
    told = Findings() if findings is None else findings
    book = opened(folder, told)
    return [build(raw, told) for chunk in book.chunks(10) for raw in chunk]


def _put(**cells: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for spot, value in cells.items():
            sheet[spot] = value

    return change


def shown(value: Any) -> str:
    return f"{value.value.normalize():f}" if isinstance(value, Figure) else str(value)


def test_the_form_with_sources(tmp_path: Path) -> None:
    findings = Findings()
    draw(tmp_path / "1.xlsx", WITH_SOURCES)
    (project,) = built(tmp_path, findings)
    assert [str(finding) for finding in findings] == []
    assert {name: shown(value) for name, value in project.fields.items() if value} == {
        "年度": "2022",
        "项目名称": "人才教育培训",
        "主管部门": "144-市人社局",
        "预算单位": "001-市人社局",
        "年度目标": "提高业务水平。",
        "实际完成情况": "培训170名干部。",
        "自评得分": "100",
        "自评等级": "优",
        "项目实施和预算执行情况": "按期完成。",
        "产出情况": "两期。",
        "存在的主要问题": "无",
    }
    assert [
        (fund.source, {n: shown(v) for n, v in fund.amounts.items()}) for fund in project.funds
    ] == [
        (
            source,
            {
                "目标申报数": "500000",
                "预算编制数": "500000",
                "全年预算数": "184510",
                "全年执行数": "184510",
            },
        )
        for source in ("年度资金总额", "市县区财政资金")
    ]
    columns = ("一级指标", "二级指标", "三级指标", "年初指标值", "实际完成值", "分值", "得分")
    assert [[shown(row[name]) for name in columns] for row in project.indicators] == [
        ["产出指标", "数量指标", "机关", "≥30人", "≥28人", "10", "10"],
        ["产出指标", "数量指标", "事业单位", "≥1次", "≥2次", "40", "40"],
        ["效益指标", "社会效益指标", "能力提升率", "=30%", "0.3", "30", "30"],
        ["满意度指标", "服务对象满意度", "满意度", "≥95%", "≥95%", "10", "10"],
    ]
    assert project.indicators[0]["偏差原因分析及改进措施"] == "有两人未参加"
    assert project.row is not None
    assert str(project.row.place("自评得分")) == "1.xlsx[Sheet1]!I16"
    assert str(project.row.place("实际完成情况")) == "1.xlsx[Sheet1]!F10"
    assert str(project.indicator_rows[1].place("分值")) == "1.xlsx[Sheet1]!H13"
    assert str(project.funds[1].amounts["全年执行数"].places[0]) == "1.xlsx[Sheet1]!F8"


def test_the_form_with_points(tmp_path: Path) -> None:
    findings = Findings()
    draw(tmp_path / "1.xlsx", WITH_POINTS)
    (project,) = built(tmp_path, findings)
    assert [str(finding) for finding in findings] == []
    assert project.name == "人社专网费（高新区）"
    assert project.fields["预算级次"] == "区"
    assert project.fields["年度"] == "2021"
    assert project.fields["年度目标"] == "保障数据传输。"
    assert shown(project.fields["自评得分"]) == "98.29"
    assert project.fields["自评等级"] is None
    assert [(fund.source, len(fund.amounts)) for fund in project.funds] == [
        ("年度资金总额", 3),
        ("其中：当年财政拨款", 3),
        ("上年结转资金", 0),
        ("其他资金", 0),
    ]
    given = project.lookup("有数资金")
    assert isinstance(given, tuple)
    assert [fund.source for fund in given] == ["其中：当年财政拨款"]
    assert [row["一级指标"] for row in project.indicators] == ["产出指标", "产出指标", "满意度指标"]
    assert [row["年初指标值"] for row in project.indicators] == ["70个", "≤100%", "≥95%"]
    assert project.indicators[1]["偏差原因分析及改进措施"] == "成本较预期减低"


def test_names_in_order_and_what_is_passed_over(tmp_path: Path) -> None:
    for name, title in (("10.xlsx", "丙"), ("2.xlsx", "乙"), ("1.xlsx", "甲")):
        draw(tmp_path / name, WITH_POINTS, change=_put(C4=title))
    for name in ("~$1.xlsx", ".DS_Store", "report.yaml", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "附件").mkdir()
    findings = Findings()
    assert [one.name for one in opened(tmp_path, findings).listed] == ["甲", "乙", "丙"]
    assert list(findings) == []


def test_several_forms_in_a_workbook(tmp_path: Path) -> None:
    draw(tmp_path / "1.xlsx", WITH_POINTS, WITH_SOURCES)
    assert [project.name for project in built(tmp_path)] == ["人社专网费（高新区）", "人才教育培训"]


def test_amounts_in_yuan_become_those_in_ten_thousand(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["H3"], sheet["C6"], sheet["D6"] = "金额单位：元", 82_200.05, "82,200.05"

    draw(tmp_path / "1.xlsx", WITH_POINTS, change=change)
    amounts = built(tmp_path)[0].funds[0].amounts
    assert [shown(amounts[name]) for name in ("年初预算数", "全年预算数")] == ["82200.05"] * 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            _put(G13="十"), "1.xlsx[Sheet1]!G13: D108 “分值”应为数字，现为“十”", id="weight"
        ),
        pytest.param(_put(E6="NaN"), "1.xlsx[Sheet1]!E6: D108 “全年执行数”应为数字", id="nan"),
        pytest.param(
            _put(E6="=1/0"), "1.xlsx[Sheet1]!E6: D110 “全年执行数”的单元格的公式", id="formula"
        ),
        pytest.param(
            _put(H13="#REF!"), "1.xlsx[Sheet1]!H13: D109 “得分”的单元格是错误值", id="error"
        ),
        pytest.param(_put(D16="优秀"), "", id="a grade for a total"),
        pytest.param(_put(B11="长" * 32_767), "", id="long"),
        pytest.param(
            _put(C4="甲\x0b乙".replace("\x0b", "_x000B_")), "1.xlsx[Sheet1]!C4: D114", id="sign"
        ),
    ],
)
def test_cells_that_are_wrong_are_told_where_they_stand(
    tmp_path: Path, change: Change, said: str
) -> None:
    findings = Findings()
    draw(tmp_path / "1.xlsx", WITH_POINTS, change=change)
    (project,) = built(tmp_path, findings)
    assert [str(finding).startswith(said) for finding in findings] == ([True] if said else [])
    assert len(project.indicators) == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            _put(D12="指标", G12="数"), "1.xlsx[Sheet1]: D129 找不到指标的表头", id="marks"
        ),
        pytest.param(_put(D5="预算"), "1.xlsx[Sheet1]: D129 找不到资金的表头", id="funds"),
    ],
)
def test_a_part_that_is_not_found_refuses_the_project(
    tmp_path: Path, change: Change, said: str
) -> None:
    findings = Findings()
    draw(tmp_path / "1.xlsx", WITH_POINTS, change=change)
    draw(tmp_path / "2.xlsx", WITH_SOURCES)
    book = opened(tmp_path, findings)
    assert [raw.name for chunk in book.chunks(5) for raw in chunk] == ["人才教育培训"]
    assert str(next(iter(book.faults[0]))).startswith(said)


def test_several_numbers_beside_the_total(tmp_path: Path) -> None:
    lines = [*WITH_POINTS[:-1], {"A:C": "总分", "D": 100, "E": 98.29}]
    draw(tmp_path / "1.xlsx", lines)
    book = opened(tmp_path, Findings())
    assert [str(f) for f in book.faults[0]] == [
        (
            "1.xlsx[Sheet1]!D16: D129 “总分”这一行有几个数（D16、E16），不知道哪一个是得分。"
            "请只留一个，或写在“得分”这一栏。"
        )
    ]


def test_a_name_that_stands_in_two_forms_refuses_both(tmp_path: Path) -> None:
    for name in ("1.xlsx", "2.xlsx"):
        draw(tmp_path / name, WITH_POINTS)
    book = opened(tmp_path, Findings())
    assert [[f.code for f in faults] for faults in book.faults.values()] == [["D107"], ["D107"]]


def test_files_that_are_no_form(tmp_path: Path) -> None:
    draw(tmp_path / "1.xlsx", WITH_POINTS)
    draw(tmp_path / "通知.xlsx", [{"A": "关于开展绩效自评的通知"}])
    draw(tmp_path / "无名.xlsx", WITH_POINTS, change=lambda sheet: sheet.__setitem__("C4", None))
    (tmp_path / "说明.docx").write_bytes(b"PK")
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    findings = Findings()
    opened(tmp_path, findings)
    assert [(f.code, str(f.place)) for f in findings] == [
        ("D102", "坏.xlsx"),
        ("D129", "无名.xlsx[Sheet1]!C4"),
        ("D128", "说明.docx"),
        ("D128", "通知.xlsx"),
    ]


def test_lists_in_a_folder_are_no_forms(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, heads in {
        "项目": ["项目名称", "年度目标"],
        "资金": ["项目名称", "资金来源", "全年预算数", "全年执行数"],
        "指标": ["项目名称", "三级指标", "分值"],
    }.items():
        book.create_sheet(title).append(heads)
    book.save(tmp_path / "一批.xlsx")
    findings = Findings()
    assert open_projects([tmp_path], findings) is None
    (finding,) = findings
    assert (finding.code, str(finding.place)) == ("D128", "一批.xlsx")
    assert finding.hint == "请在命令里写这个文件（……/一批.xlsx），不写文件夹。"


def test_an_empty_folder(tmp_path: Path) -> None:
    findings = Findings()
    assert open_projects([tmp_path], findings) is None
    assert [f.code for f in findings] == ["D128"]


def test_cells_that_nothing_asks_for_are_told_once(tmp_path: Path) -> None:
    lines = [*WITH_POINTS, {"A": "填表人", "B": "李某"}]
    for name in ("1.xlsx", "2.xlsx"):
        draw(tmp_path / name, lines, change=_put(C4=name))
    findings = Findings()
    opened(tmp_path, findings)
    (finding,) = findings
    assert finding.code == "D130"
    assert finding.message.startswith("2份自评表有没有取用的格，如1.xlsx[Sheet1]!A17“填表人”、")


def test_a_folder_that_can_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    findings = Findings()
    assert open_projects([tmp_path], findings) is None
    assert [f.message for f in findings] == ["这个文件夹打不开。"]
