"""New report folders, and hands that fill them in from an example."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.bundle import Bundle, available, load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import NOT_APPLICABLE, TOTAL, Absent, Figure, Layout, Row, Table, plain
from reportgen.pipeline.starter import put_folder, starter_files
from reportgen.sources.lists import GUIDE
from reportgen.sources.settings import read_settings
from reportgen.sources.tables import read_tables
from reportgen.sources.yaml import read_yaml

EXAMPLES = Path(__file__).parents[2] / "examples"
VALUES = ("统计数", "金额")  # the heads of a list of names with values
HEAD = 2  # the row of heads of a list
ANSWERS = {"单位": "某市某局", "层级": "单位", "年度": "2022", "上年": "有"}


def usable() -> list[str]:
    """The bundles that reports can use."""
    found = [bundle_of(name) for name, _ in available(search_path())]
    return [b.name for b in found if not b.settings.abstract and b.settings.subject == "报告"]


def bundle_of(name: str) -> Bundle:
    """A shipped bundle."""
    bundle = load_bundle(name, search_path(), Findings())
    assert bundle is not None
    return bundle


def new_folder(bundle: Bundle, folder: Path) -> Path:
    """A folder as init makes it."""
    findings = Findings()
    assert put_folder(folder, starter_files(bundle), findings), [*findings]
    return folder


def answer(folder: Path, answers: Mapping[str, str] = ANSWERS, rest: str = "") -> None:
    """Fill in what report.yaml asks."""
    path = folder / "report.yaml"
    text = path.read_text(encoding="utf-8")
    for key, value in answers.items():
        text = re.sub(rf"^{key}: ", f"{key}: {value} ", text, flags=re.MULTILINE)
    path.write_text(text + rest, encoding="utf-8")


def fill(folder: Path, example: Path, *, totals: bool) -> None:
    """Fill a new folder in with the contents of an example, cell by cell.

    With ``totals`` those of the example are typed over the formulas: published totals may
    differ from the sum of published parts by what was rounded away.
    """
    settings, _ = read_settings(example, Findings())
    assert settings
    document = read_yaml(example / "report.yaml", Findings())
    assert document
    given = {key: str(document.data[key]) for key in ANSWERS}
    waivers = "".join(
        f"\n  - {{代码: {waiver.code}, 理由: 公开稿如此}}" for waiver in settings.waivers
    )
    answer(folder, given, f"豁免:{waivers}\n" if waivers else "")
    bundle = bundle_of(settings.template)
    if (folder / "决算表.xlsx").is_file():
        path = folder / "决算表.xlsx"
        blank = read_tables([path], bundle.profiles, Findings())
        if totals:
            clear_formulas(path)
        _fill_tables(path, blank, read_tables([example / path.name], bundle.profiles, Findings()))
    for name in ("补充数据.xlsx", "项目.xlsx"):
        if (example / name).is_file():
            _fill_lists(folder / name, example / name)
    for name in ("原因.xlsx", "文字.md"):
        if (example / name).is_file():
            shutil.copy(example / name, folder / name)


def _fill_tables(path: Path, blank: Mapping[str, Table], known: Mapping[str, Table]) -> None:
    """Every figure at its cell; where a formula stands, it stays."""
    book = openpyxl.load_workbook(path)
    for name, table in known.items():
        sheet = book[blank[name].place.sheet]
        for row in table.rows:
            if table.profile.layout is Layout.TREE and row.key != TOTAL:
                _open_row(sheet, row, blank[name])
            else:
                places = blank[name].row(row.key).cells
                for column, cell in row.cells.items():
                    place = _address(places[column])
                    if (row.key, column) not in table.blanks:
                        _put(sheet, place, cell)
    book.save(path)


def _address(cell: Any) -> str:
    assert isinstance(cell, Figure)
    return cell.places[0].address


def _open_row(sheet: Worksheet, row: Row, blank: Table) -> None:
    """The first row below 合计 without a code."""
    places = {key: _address(cell) for key, cell in blank.row(TOTAL).cells.items()}
    number = int(re.sub(r"\D", "", next(iter(places.values())))) + 1
    while sheet.cell(number, 1).value:
        number += 1
    sheet.cell(number, 1).value, sheet.cell(number, 2).value = row.key, row.label
    for key, cell in row.cells.items():
        if cell or isinstance(cell, Absent):
            _put(sheet, re.sub(r"\d+", str(number), places[key]), cell)


def _put(sheet: Worksheet, address: str, cell: object) -> None:
    if isinstance(cell, Absent) and cell.reason == NOT_APPLICABLE:
        sheet[address].value = "——"
    elif isinstance(cell, Figure) and not str(sheet[address].value or "").startswith("="):
        sheet[address].value = cell.value / cell.scale


def _fill_lists(path: Path, example: Path) -> None:
    book, known = openpyxl.load_workbook(path), openpyxl.load_workbook(example)
    for source in known.worksheets:
        if source.title == GUIDE:
            continue
        sheet = book[source.title]
        heads = {plain(str(cell.value)): cell.column for cell in sheet[HEAD] if cell.value}
        names, *rows = source.iter_rows(values_only=True)
        for values in rows:
            record = {plain(str(n)): v for n, v in zip(names, values, strict=True) if n}
            number = _row_for(sheet, heads, record)
            for name, value in record.items():
                if value is not None:
                    column = next((heads[h] for h in (name, *VALUES) if h in heads), 0)
                    cell = sheet.cell(number, column or _add_head(sheet, heads, name))
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"  # =100% is a text in a cell for texts
    book.save(path)


def _add_head(sheet: Worksheet, heads: dict[str, int], name: str) -> int:
    """A column of one's own, to the right of the others."""
    heads[name] = max(heads.values()) + 1
    sheet.cell(HEAD, heads[name]).value = name
    return heads[name]


def _row_for(sheet: Worksheet, heads: Mapping[str, int], record: Mapping[str, Any]) -> int:
    """The row that names this record already, or the first that names none."""
    keys = [name for name in ("表", "行", "科目名称", "项目", "级次") if name in heads]
    number = HEAD + 1
    while number < sheet.max_row + 200:
        stands = {name: sheet.cell(number, heads[name]).value for name in keys}
        same = keys and all(stands[name] == record.get(name) for name in keys)
        empty = all(
            sheet.cell(number, column).value is None
            for name, column in heads.items()
            if name != "单位"
        )
        is_new = same and not _has_figures(sheet, number, heads, keys)
        if is_new or empty:
            return number
        number += 1
    raise AssertionError(record)


def _has_figures(sheet: Worksheet, number: int, heads: Mapping[str, int], keys: list[str]) -> bool:
    return any(
        sheet.cell(number, column).value is not None
        for name, column in heads.items()
        if name not in (*keys, "单位", "列")
    )


def clear_formulas(path: Path) -> None:
    """Leave every total blank, as in a program that does not calculate."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value or "").startswith("="):
                    cell.value = None
    book.save(path)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """folders(bundle): a copy of a new folder; the workbooks of a bundle are drawn once."""
    made: dict[str, Path] = {}

    def folder(name: str) -> Path:
        if name not in made:
            own = tmp_path_factory.mktemp("新建") / "报告"
            made[name] = new_folder(bundle_of(name), own)
        copy = tmp_path_factory.mktemp("副本") / "报告"
        return Path(shutil.copytree(made[name], copy))

    return folder
