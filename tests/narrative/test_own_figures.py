"""Every sentence says its own figure: what the example leaves at 0 gets a number of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from reportgen.language.marks import strip
from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"

# sheet, cell, number, the words it must stand behind, and how it is written
MARKED = (
    ("公开02表", "E7", 1001, "上级补助收入", "1,001.00元"),
    ("公开02表", "F7", 1002, "；\n\n事业收入", "1,002.00元"),
    ("公开02表", "G7", 1003, "；\n\n经营收入", "1,003.00元"),
    ("公开02表", "H7", 1004, "附属单位上缴收入", "1,004.00元"),
    ("公开02表", "I7", 1005, "其他收入", "1,005.00元"),
    ("公开03表", "F7", 1006, "上缴上级支出", "1,006.00元"),
    ("公开03表", "G7", 1007, "；\n\n经营支出", "1,007.00元"),
    ("公开03表", "H7", 1008, "对附属单位补助支出", "1,008.00元"),
    ("公开07表", "H8", 1009, "\n\n因公出国（境）费支出", "1,009.00元"),
    ("公开07表", "J8", 1010, "\n\n公务用车购置费支出", "1,010.00元"),
    ("公开07表", "K8", 1011, "\n\n公务用车运行维护费支出", "1,011.00元"),
    ("公开07表", "L8", 1012, "\n\n公务接待费支出", "1,012.00元"),
    ("公开08表", "C7", 1013, "年初结转和结余", "1,013.00元"),
    ("公开08表", "D7", 1014, "，本年收入", "1,014.00元"),
    ("公开08表", "E7", 1015, "政府性基金预算财政拨款支出", "1,015.00元"),
    ("公开08表", "H7", 1016, "年末结转和结余", "1,016.00元"),
    ("公开09表", "C7", 1017, "国有资本经营预算财政拨款支出", "1,017.00元"),
    ("公开09表", "D7", 1018, "其中：基本支出", "1,018.00元"),
    ("公开09表", "E7", 1019, "，项目支出", "1,019.00元"),
    ("公开10表", "C7", 1020, "政府采购货物支出", "1,020.00元"),
    ("公开10表", "C8", 1021, "政府采购工程支出", "1,021.00元"),
    ("公开10表", "C9", 1022, "政府采购服务支出", "1,022.00元"),
    ("公开10表", "C15", 1023, "共有车辆", "1023辆"),
    ("公开10表", "C16", 1024, "副部（省）级及以上领导用车", "1024辆"),
    ("公开10表", "C17", 1025, "主要领导干部用车", "1025辆"),
    ("公开10表", "C18", 1026, "机要通信用车", "1026辆"),
    ("公开10表", "C19", 1027, "应急保障用车", "1027辆"),
    ("公开10表", "C20", 1028, "执法执勤用车", "1028辆"),
    ("公开10表", "C21", 1029, "特种专业技术用车", "1029辆"),
    ("公开10表", "C22", 1030, "离退休干部用车", "1030辆"),
    ("公开10表", "C23", 1031, "、其他用车", "1031辆"),
    ("公开10表", "C24", 1032, "单价100万元以上设备（不含车辆）", "1032台（套）"),
)
COUNTS = (
    ("因公出国（境）团组数", 2001, "出国团组共2001个"),
    ("因公出国（境）人次数", 2002, "出国团组共2001个，2002人次"),
    ("公务用车购置数", 2003, "共购置公务用车2003辆"),
    ("公务用车保有量", 2004, "公务用车保有量共2004辆"),
    ("国内公务接待批次", 2005, "国内接待费2011.00元，共接待2005批次"),
    ("国内公务接待人次", 2006, "共接待2005批次，2006人次"),
    ("外事接待批次", 2007, "外事接待费2012.00元，共接待2007批次"),
    ("外事接待人次", 2008, "共接待2007批次，2008人次"),
    ("国（境）外公务接待批次", 2009, "共接待国（境）外2009批次"),
    ("国（境）外公务接待人次", 2010, "共接待国（境）外2009批次，2010人次"),
    ("国内接待费", 2011, "国内接待费2011.00元"),
    ("外事接待费", 2012, "外事接待费2012.00元"),
    ("国（境）外接待费", 2013, "；国（境）外接待费2013.00元"),
)


@pytest.fixture(scope="module")
def narrative(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Part three with a number of its own in every place; the sums no longer matter."""
    folder = tmp_path_factory.mktemp("report") / "jincheng"
    shutil.copytree(EXAMPLE, folder)
    book = openpyxl.load_workbook(folder / "决算表.xlsx")
    for sheet, address, number, _, _ in MARKED:
        book[sheet][address] = number
    book.save(folder / "决算表.xlsx")
    supplement = openpyxl.load_workbook(folder / "补充数据.xlsx")
    numbers = {name: number for name, number, _ in COUNTS}
    for row in supplement["机构运行"].iter_rows(min_row=2):
        row[1].value = numbers.pop(str(row[0].value))
    assert not numbers
    supplement.save(folder / "补充数据.xlsx")
    return strip(prepare(Job(folder)).sections["说明"].markdown)


@pytest.mark.parametrize("marked", MARKED, ids=lambda marked: f"{marked[0]}!{marked[1]}")
def test_a_cell_stands_behind_its_own_name(
    marked: tuple[str, str, int, str, str], narrative: str
) -> None:
    *_, name, written = marked
    assert f"{name}{written}" in narrative


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: str(count[0]))
def test_a_count_stands_in_its_own_place(count: tuple[str, int, str], narrative: str) -> None:
    assert count[2] in narrative.replace(",", "")


def test_sums_of_counts(narrative: str) -> None:
    assert f"共接待{2005 + 2009}批次，{2006 + 2010}人次" in narrative
