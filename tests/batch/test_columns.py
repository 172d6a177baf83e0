"""Columns that are read one by one say what all of them together say."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.batch.columns import Columns
from reportgen.findings import Findings
from reportgen.sources.projects import open_projects
from tests.batch_data import Formula, sample, write_book


def test_each_column_is_that_of_the_whole_row(tmp_path: Path) -> None:
    odd = sample(1)
    odd.row |= {
        "预算单位": "甲\x0b局\r\n办公室",
        "年度目标": " 做好_x000D_服务 ",
        "主管部门": Formula("=NA()", "#N/A"),
        "资金使用单位": None,
        "备注": 12.5,
    }
    book = open_projects([write_book(tmp_path / "项目.xlsx", [odd, sample(2)])], Findings())
    assert book is not None
    for listed in book.listed:
        columns = Columns(listed.row)
        assert dict(columns) == dict(listed.fields)
        assert len(columns) == len(listed.fields)
        with pytest.raises(KeyError):
            columns["没有这一栏"]
