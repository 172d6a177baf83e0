"""check --reasons: 原因.xlsx with a row for every sentence that asks for a reason."""

from __future__ import annotations

import stat
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reportgen.checks.reasons import Pair, Tie
from reportgen.findings import Findings, Place
from reportgen.language import Question
from reportgen.model import Kind, half_up
from reportgen.outputs import write_all
from reportgen.outputs.reasons_book import Line, Value, changed, drawn, formula_cells
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.prepare import reason_pairs
from reportgen.sources.numerals import parse_number
from reportgen.sources.reasons import (
    COLUMNS,
    EARLIER,
    NAME,
    SHEET,
    STATUSES,
    TO_REVIEW,
    TO_WRITE,
    UNASKED,
    WRITTEN,
    ReasonRow,
    ReasonSheet,
    Stated,
    read_reasons,
)
from reportgen.sources.supplement import Supplement

DEFAULT = "原因.xlsx"
_LOST = (
    "xl/media/",
    "xl/charts/",
    "xl/drawings/drawing",
    "xl/embeddings/",
    "xl/ctrlProps/",
    "xl/slicers/",
    "xl/threadedComments/",
    "xl/vbaProject",
)
_SHEETS = "xl/worksheets/"
_EXTENSIONS = (b"x14:dataValidation", b"x14:sparkline", b"x14:conditionalFormatting")
_LONGEST = 1000


@dataclass(frozen=True)
class Outcome:
    """What became of 原因.xlsx: its path, whether it was written, and what to tell the user."""

    path: Path
    is_written: bool
    remarks: tuple[str, ...]


def write_reasons(prepared: Prepared) -> Outcome | None:
    """Bring 原因.xlsx up to date; nothing typed is lost, and what can't be kept is not written.

    ``None`` where there is nothing to say or a finding says it.
    """
    settings, findings = prepared.settings, prepared.findings
    if settings is None or prepared.bundle is None or prepared.page is None:
        return None
    named = settings.files.reasons
    path = prepared.job.folder / (named or DEFAULT)
    sheet = prepared.reasons if named else _unnamed(path, findings)
    pairs = reason_pairs(prepared, sheet)
    tables = {p.shown: p.number or p.title for p in prepared.bundle.profiles}
    lines = [line for pair in pairs if (line := _line(pair, tables, is_whole=prepared.is_whole))]
    remarks = [_summary(path.name, pairs, lines)]
    if not named and (lines or path.exists()):
        remarks.append(f"report.yaml 还没有这个文件，请在“文件”下面加一行：原因: {DEFAULT}")
    if not lines and (path.exists() or not named):
        return Outcome(path, False, tuple(remarks))
    if _hindered(path, prepared.job.folder, sheet, findings):
        return None
    content = _content(path, sheet, lines, findings)
    is_written = content is not None and write_all({path: content}, findings, overwrite=True)
    return Outcome(path, True, tuple(remarks)) if is_written else None


def _unnamed(path: Path, findings: Findings) -> ReasonSheet | None:
    """A file that stands in the folder though report.yaml does not name it."""
    return read_reasons(path, Supplement(), findings) if path.exists() else None


def _hindered(path: Path, folder: Path, sheet: ReasonSheet | None, findings: Findings) -> bool:
    """Whether the file can't be written with all it holds; the cause is a finding."""
    misspelt = [f for f in findings if f.place.file == path.name and f.code == "D104"]
    if any(finding.place.address for finding in misspelt):
        hint = "请先改正表头，再运行一次。"
        findings.error("F121", Place(path.name), "表头有写错的栏，没有写入。", hint)
        return True
    for cause, hint in _hindrances(path, folder, sheet):
        findings.error("F121", Place(path.name), f"{cause}，没有写入。", hint)
        return True
    return False


def _hindrances(path: Path, folder: Path, sheet: ReasonSheet | None) -> Iterator[tuple[str, str]]:
    """What speaks against writing, with the repair; the worst first."""
    if path.suffix.lower() != ".xlsx":
        yield "原因表应为 .xlsx 文件", f"请把 report.yaml 的“原因”改为 {DEFAULT}。"
    if not path.resolve().is_relative_to(folder.resolve()):
        yield "这个文件不在报告文件夹里", "请把它放进报告文件夹，并改正 report.yaml 的“原因”。"
    if any((path.parent / name).exists() for name in (f"~${path.name}", f".~lock.{path.name}#")):
        yield (
            "这个文件正在 Excel 或 WPS 中打开",
            "请先保存并关闭它，再运行一次；已经关闭的，删去锁定文件。",
        )
    if path.exists():
        yield from _losses(path, sheet)


def _losses(path: Path, sheet: ReasonSheet | None) -> Iterator[tuple[str, str]]:
    """What of an existing file would be lost."""
    if sheet is None:
        yield "这个文件里读不出原因表", "请改正上面的问题，或者把它改名移开，再运行一次。"
        return
    if not path.stat().st_mode & stat.S_IWUSR:
        yield "这个文件是只读的", "请去掉它的只读属性，再运行一次。"
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        sheets = (archive.read(name) for name in names if name.startswith(_SHEETS))
        if any(name.startswith(_LOST) for name in names):
            cause = "工作簿里有图片、图表、控件、宏或批注会话，改写会丢失"
            yield cause, "请把它们移到别的工作簿，再运行一次。"
        if any(mark in data for data in sheets for mark in _EXTENSIONS):
            cause = "工作簿里有迷你图、数据条或引用别的工作表的下拉选项，改写会丢失"
            yield cause, "请去掉它们，再运行一次。"


def _content(
    path: Path, sheet: ReasonSheet | None, lines: Sequence[Line], findings: Findings
) -> bytes | None:
    if sheet is None:
        return drawn(SHEET, COLUMNS, lines)
    read = ("项目", "基准", "原因", "状态")
    formulas = formula_cells(path, sheet.name, sheet.head, read) if sheet.head else []
    if formulas:
        place = Place.cell(path.name, sheet.name, formulas[0])
        hint = "请复制后选择性粘贴为“数值”，再运行一次。"
        findings.error("F121", place, "这一格是公式，改写后会失去结果，没有写入。", hint)
        return None
    return changed(path, sheet.name, sheet.head, COLUMNS, lines)


def _line(pair: Pair, tables: Mapping[str, str], *, is_whole: bool) -> Line | None:
    """What is to change in a row; ``None`` where nothing is."""
    row, question = pair.row, pair.question
    if question is None:
        assert row
        is_gone = is_whole and row.status != UNASKED
        return Line(row.record.number, {"状态": UNASKED}) if is_gone else None
    if not question.figure.key:
        return None
    values = {
        **_margins(question, row, tables),
        **_figures(question, row),
        **_state(pair, question),
    }
    if row is None:
        return Line(0, values)
    new = {name: value for name, value in values.items() if _differs(row, name, value)}
    return Line(row.record.number, new) if new else None


def _margins(
    question: Question, row: ReasonRow | None, tables: Mapping[str, str]
) -> dict[str, Value]:
    """Section, sentence and percentage; the address, its name and the base of a new row."""
    found: dict[str, Value] = {
        "章节": " / ".join(question.headings),
        "句子": question.sentence[-_LONGEST:],
        "百分比": question.percent or None,
    }
    if row:
        return found
    figure = question.figure
    name = f"{tables.get(figure.key.partition('/')[0], '')} {figure.name}".strip()
    return {**found, "项目": figure.key, NAME: name, "基准": question.base}


def _figures(question: Question, row: ReasonRow | None) -> dict[str, Value]:
    """Today's figures; a number that was typed and agrees stays as it was typed."""
    kind = question.figure.kind
    this = question.figure.value
    before = question.before.value if question.before is not None else None
    found: dict[str, Value] = {"本年数": _exact(this, kind)}
    found["基准数"] = None if before is None else _exact(before, kind)
    found["增减额"] = None if before is None else _exact(this - before, kind)
    typed = row.figures if row else (None, None)
    for name, stated, value in zip(("本年数", "基准数"), typed, (this, before), strict=True):
        if stated is not None and value is not None and stated.agrees(value):
            del found[name]
    return found


def _exact(value: Decimal, kind: Kind) -> Decimal:
    """Amounts to the 分, always with two decimals; counts as they are."""
    return half_up(value, 2) if kind is Kind.AMOUNT else half_up(value, 6).normalize()


def _state(pair: Pair, question: Question) -> dict[str, Value]:
    """The status, and the figures a reason was written for once they are no longer today's."""
    row = pair.row
    none: dict[str, Value] = dict.fromkeys(EARLIER)
    if row is None or not question.text:
        return {**none, "状态": TO_WRITE}
    if pair.tie in (Tie.CHANGED, Tie.FLIPPED):
        return {**_earlier(pair.written_for), "状态": TO_REVIEW}
    if pair.tie is Tie.MARKED:
        return {}
    is_own = row.status and row.status not in STATUSES
    return {**none, "状态": row.status if is_own else WRITTEN}


def _earlier(figures: tuple[Stated | None, Stated | None]) -> dict[str, Value]:
    values = (None if stated is None else stated.value for stated in figures)
    return dict(zip(EARLIER, values, strict=True))


def _differs(row: ReasonRow, name: str, value: Value) -> bool:
    cell = row.record.cell(name)
    if value is None:
        return not cell.is_blank
    if isinstance(value, Decimal):
        number = cell.content if isinstance(cell.content, Decimal) else parse_number(cell.text)
        return number != value
    return cell.text != value


def _summary(name: str, pairs: Sequence[Pair], lines: Sequence[Line]) -> str:
    """How many sentences ask for a reason, and how they stand."""
    asked = [pair for pair in pairs if pair.question and pair.question.figure.key]
    new: Mapping[int, Value] = {line.row: line.values.get("状态") for line in lines if line.row}
    states = Counter(
        str((new.get(p.row.record.number) or p.row.status) if p.row else TO_WRITE) for p in pairs
    )
    counts = [f"{state}{states[state]}" for state in STATUSES if states[state]]
    begin = f"{name}：要原因的句子{len(asked)}处"
    return "，".join([begin, *counts]) + ("。" if lines else "，没有要改的。")
