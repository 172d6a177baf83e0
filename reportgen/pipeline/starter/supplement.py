"""补充数据.xlsx: the sheets that a bundle reads, with the names that its narrative asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.bundle import Bundle
from reportgen.checks.questions import Wanted
from reportgen.model import UNITS, USE
from reportgen.outputs.blank import Column, List
from reportgen.outputs.blank.lists import fitting
from reportgen.pipeline.starter.years import Known, budgets, by_code, last_year, named, this_year

_USES, _RECORDS = 16, 6
_GRADES = ("优", "良", "中", "差")
_LONG_TEXT, _TEXT, _FIGURE = 36, 24, 18
_LONG = ("完成情况", "问题", "改进", "措施", "报告")


def supplement_lists(bundle: Bundle, asked: Wanted, by_rules: Wanted) -> list[List]:
    """The sheets in the order of the design: relations first, then those of the bundle.

    Beside what the narrative asks for stand the last years that rules ask for.
    """
    return [
        *this_year(bundle, asked),
        *last_year(bundle, asked, by_rules),
        *budgets(bundle, asked),
        *_of_bundle(bundle, asked),
        *_uses(bundle, asked),
    ]


def _uses(bundle: Bundle, asked: Wanted) -> Iterator[List]:
    names, tables = named(bundle, asked, USE), asked.rows(USE)
    if not (names or tables):
        return
    rows: Known = [{"行": name} for name in names]
    hint = "接在“用于”“主要用于”后面的话，句末不加标点。" + by_code(bundle, tables)
    columns = [Column("表", width=8), Column("行", width=28), Column(USE, width=64)]
    yield List(USE, hint, columns, rows, _USES if tables else 0, keys=("表", "行"))


def _of_bundle(bundle: Bundle, asked: Wanted) -> Iterator[List]:
    for name, entry in bundle.settings.supplement.items():
        if entry.layout == "名值":
            yield _pairs(name, entry.hint, entry.columns)
        else:
            choices = asked.choices.get(name, {})
            is_optional = name in asked.optional
            texts = [text for text, entry_ in asked.texts.items() if entry_.when == name]
            hint = entry.hint or "一条一行。"
            if texts:
                hint += f"填了的，还要在文字.md里写{''.join(f'“# {text}”' for text in texts)}。"
            yield _records(name, hint, entry.columns, choices, is_optional=is_optional)


def _pairs(name: str, hint: str, units: Mapping[str, str]) -> List:
    """Names with values; only an amount may be given in another unit."""
    money = all(unit in UNITS for unit in units.values())
    columns = [
        Column("项目", width=max(map(fitting, units), default=24)),
        Column("金额" if money else "统计数", "元" if money else "", 20),
        Column("单位", width=10),
    ]
    rows = [{"项目": item, "单位": unit} for item, unit in units.items()]
    return List(name, hint or "逐项填；没有的填0。", columns, rows, units=tuple(units.values()))


def _records(
    name: str,
    hint: str,
    kinds: Mapping[str, str],
    choices: Mapping[str, Mapping[str, None]],
    *,
    is_optional: bool,
) -> List:
    """A list; records that the narrative picks by name stand there already."""
    columns = [
        _record_column(head, kind, (*choices.get(head, {}),)) for head, kind in kinds.items()
    ]
    rows: Known = []
    if len(choices) == 1 and not is_optional:
        rows = [{head: value} for head, values in choices.items() for value in values]
    units: dict[str, list[str]] = {}
    for head, kind in kinds.items():
        units.setdefault(kind, []).append(head)
    amounts = [unit for unit in units if unit in UNITS]
    told = "".join(f"金额以{unit}填。" for unit in amounts)
    return List(name, hint + told, columns, rows, _RECORDS)


def _record_column(head: str, kind: str, choices: tuple[str, ...]) -> Column:
    if kind == "文字":
        is_long = head.endswith(_LONG)
        width = _LONG_TEXT if is_long else fitting(head, least=10 if choices else _TEXT)
        return Column(head, width=width, choices=choices or _GRADES * (head == "等级"))
    return Column(head, kind, _FIGURE if kind in UNITS else fitting(head, least=8))
