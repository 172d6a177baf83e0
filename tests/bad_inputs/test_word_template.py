"""report.docx: each fault is named by its paragraph or table cell, before Word is imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from docx.document import Document

from reportgen.pipeline.job import Gate

Found = Callable[..., Mapping[str, str]]
Command = Callable[..., tuple[int, str, str]]


def _first(text: str) -> Callable[[Document], object]:
    return lambda document: setattr(document.paragraphs[0], "text", text)


def _in_cell(text: str) -> Callable[[Document], object]:
    return lambda document: setattr(document.tables[0].cell(0, 0).paragraphs[0], "text", text)


def _header(text: str) -> Callable[[Document], object]:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return change


def _spoil(bundle: Path, change: Callable[[Document], object]) -> None:
    document = docx.Document(str(bundle / "report.docx"))
    change(document)
    document.save(str(bundle / "report.docx"))


@pytest.mark.parametrize(
    ("change", "head", "said"),
    [
        pytest.param(_first("{{ 单味 }}"), "第1段 T101", "是否应为“单位”？", id="paragraph"),
        pytest.param(
            _in_cell("{{ 收入总记|金额 }}"),
            "表1 行1 单元格1 T101",
            "是否应为“收入总计”？",
            id="cell",
        ),
        pytest.param(_header("{{ 单味 }}"), "页眉 第1段 T101", "是否应为“单位”", id="header"),
        pytest.param(
            _in_cell("{{ 收入总计.上年年|金额 }}"), "表1 行1 单元格1 T101", "“上年”", id="attribute"
        ),
        pytest.param(_first("{{p 说名 }}"), "第1段 T101", "是否应为“说明”？", id="section"),
        pytest.param(_first("{{ 单位|金額 }}"), "第1段 T104", "是否应为“金额”", id="filter"),
        pytest.param(_first("{% if 单位 %}"), "第1段 T102", "成对", id="if never closed"),
        pytest.param(
            _in_cell("{% if 单位 %}甲"), "表1 行1 单元格1 T102", "成对", id="if in a cell"
        ),
        pytest.param(_first("{% endif %}"), "第1段 T102", "endif", id="never opened"),
        pytest.param(_first("{% frob %}"), "第1段 T102", "frob", id="unknown tag"),
        pytest.param(_first("甲{{ 单位"), "第1段 T102", "没有写完整", id="half a tag"),
        pytest.param(_first("｛｛ 单位 ｝｝"), "第1段 T102", "全角花括号", id="full-width"),
    ],
)
def test_a_fault_is_named_by_its_spot(
    bundle: Path,
    templates: Path,
    found: Found,
    change: Callable[[Document], object],
    head: str,
    said: str,
) -> None:
    _spoil(bundle, change)
    told = found(Gate.TEMPLATE, templates)
    assert list(told) == [f"错误 report.docx {head}"]
    assert said in told[f"错误 report.docx {head}"]


BARE = {
    "directly": "{{ 收入总计 }}",
    "tilde": "{{ '共' ~ 收入总计 }}",
    "percent sign": "{{ '共%s' % 收入总计 }}",
    "format": "{{ '共{}'.format(收入总计) }}",
    "list": "{{ [收入总计, 1] }}",
    "join": "{{ [收入总计]|join }}",
}


def test_bare_figures(bundle: Path, templates: Path, found: Found) -> None:
    def change(document: Document) -> None:
        head = document.tables[0].rows[1].cells
        for number, tag in enumerate(BARE.values()):
            document.paragraphs[0].insert_paragraph_before(tag)
            head[number].paragraphs[0].text = tag

    _spoil(bundle, change)
    told = {h: t for h, t in found(Gate.TEMPLATE, templates).items() if h.endswith("T103")}
    assert list(told) == [
        *(f"错误 report.docx 第{number}段 T103" for number in range(1, 7)),
        *(f"错误 report.docx 表1 行2 单元格{number} T103" for number in range(1, 7)),
    ]
    assert set(told.values()) == {"“收入总计”没有格式就输出。请写成 {{ 收入总计|金额 }} 之类。"}


def test_all_faults_of_a_template_are_told_in_one_run(
    bundle: Path, templates: Path, found: Found
) -> None:
    _spoil(bundle, _first("{{ 单味 }}和{{ 年渡 }}"))
    _spoil(bundle, _in_cell("{{ 收入总记|金額 }}"))
    assert list(found(Gate.TEMPLATE, templates)) == [
        "错误 report.docx 第1段 T101",
        "错误 report.docx 表1 行1 单元格1 T101",
        "错误 report.docx 表1 行1 单元格1 T104",
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: b"not a zip", id="text"),
        pytest.param(lambda data: data[: len(data) // 2], id="truncated"),
    ],
)
def test_not_a_word_file(
    bundle: Path, templates: Path, found: Found, spoil: Callable[[bytes], bytes]
) -> None:
    path = bundle / "report.docx"
    path.write_bytes(spoil(path.read_bytes()))
    assert list(found(Gate.TEMPLATE, templates)) == ["错误 report.docx D102"]


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        pytest.param("{{ 1/0 }}", "T105", id="division by zero"),
        pytest.param("{{ 收入总计|占 }}", "T105", id="missing argument"),
        pytest.param("{% set 甲 = 收入总计 %}{{ 甲 }}", "T103", id="bare by another name"),
    ],
)
def test_what_only_the_press_finds_writes_nothing(
    bundle: Path,
    folder: Path,
    templates: Path,
    tmp_path: Path,
    command: Command,
    tag: str,
    code: str,
) -> None:
    _spoil(bundle, _first(tag))
    out = tmp_path / "out"
    result, stdout, err = command(
        "render", folder, "-o", out, "--templates", templates, "-f", "docx"
    )
    assert (result, stdout) == (1, "")
    assert f"{code} " in err
    assert "错误 report.docx" in err
    assert not out.exists()
