"""Amounts that a text gives for a figure of the data, held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from reportgen.checks.hygiene.amounts import Amount, amounts
from reportgen.checks.hygiene.corpus import Corpus, Hit
from reportgen.findings import Severity
from reportgen.model import (
    LEVELS,
    RELATIONS,
    UNITS,
    Figure,
    Kind,
    Layout,
    Project,
    Table,
    half_up,
    plain,
)
from reportgen.model.rounding import CONTEXT
from reportgen.rules.text_rules import TextRules
from reportgen.rules.wording import with_cell

_WINDOW = 40
_STEPS = 6
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)、.]+")
_QUOTES = re.compile("[“”\"'‘’\\s]+")
_HAN_END = re.compile("[\u4e00-\u9fff]$")
_ABOUT = ("约", "近", "超", "超过", "达到近", "不足", "不到")
_ROUGH = ("余", "多", "左右", "以上", "以内", "以下")
_CLASS = LEVELS["类"]
_SHORT = 3
Names = Mapping[str, Sequence[Figure]]


def vocabulary_amounts(context: Mapping[str, Any]) -> dict[str, list[Figure]]:
    """Amounts by the names that texts use: vocabulary names, 称, classes of the tables."""
    found: dict[str, list[Figure]] = {}
    for name, value in context.items():
        if isinstance(value, Figure) and value.kind is Kind.AMOUNT:
            for shown in {plain(name), plain(value.name)}:
                found.setdefault(shown, []).append(value)
        elif isinstance(value, Table):
            _add_rows(value, found)
    return found


def _add_rows(table: Table, found: dict[str, list[Figure]]) -> None:
    """The classes of a table: by their code, or in tables of fixed rows by their label."""
    fixed = table.profile.layout is Layout.FIXED
    for row in table.rows:
        label = _NUMBERING.sub("", plain(row.label))
        is_class = label.endswith("支出") if fixed else len(row.key) == _CLASS
        if is_class and len(label) > _SHORT:
            known = found.setdefault(label, [])
            known += [figure for figure in row.figures if figure.kind is Kind.AMOUNT]


def project_amounts(project: Project, rules: TextRules) -> dict[str, list[Figure]]:
    """A project's own amounts by the words of texts.yaml."""
    return {
        word: [
            value
            for fund in project.funds
            for column in columns
            if isinstance(value := fund.amounts.get(column), Figure)
        ]
        for word, columns in rules.project_amounts.items()
    }


def disagreeing(
    corpus: Corpus, rules: TextRules, names: Names, own: Mapping[str, Names]
) -> Iterator[Hit]:
    """H107: a known name with an amount that is none of its figures.

    ``names`` serve texts about the whole report, ``own`` the texts of each project.
    """
    longest = {"": max(map(len, names), default=0)}
    for amount in amounts(corpus.folded):
        number = corpus.number(amount.start)
        owner = corpus.passages[number].owner
        known = own.get(owner, {}) if owner else names
        if owner not in longest:
            longest[owner] = max(map(len, known), default=0)
        name = _named(corpus, amount, number, known, longest[owner], rules)
        if not name or _is_rough(corpus, amount):
            continue
        is_change = _is_change(corpus, amount, rules)
        if is_change and not any(figure.relations for figure in known[name]):
            continue  # nothing is known that the change could be held against
        if not _is_known(amount, known[name]):
            figure = known[name][0]
            message = f"与数据不符，{with_cell(figure)}"
            hint = "请核对文字里的数；说的是另一个数的，请写明是哪个数。"
            start = corpus.text.rfind(name[:2], corpus.start(number), amount.start)
            start = amount.start if start < 0 else start
            yield Hit("H107", start, amount.end, message, hint, Severity.WARNING, apart=True)


def _named(
    corpus: Corpus, amount: Amount, number: int, names: Names, longest: int, rules: TextRules
) -> str:
    """The known name that an amount follows closely, '' where there is none."""
    start = max(corpus.start(number), amount.start - _WINDOW)
    before = _QUOTES.sub("", plain(corpus.text[start : amount.start].rpartition("\n")[2]))
    if before.endswith(_ABOUT):
        return ""
    for _ in range(_STEPS):
        for length in range(min(longest, len(before)), 1, -1):
            name = before[-length:]
            if names.get(name) and _stands_alone(before[:-length], rules):
                return name
        word = max(filter(before.endswith, rules.amount_words), key=len, default="")
        if not word:
            return ""
        before = before[: -len(word)]
    return ""


def _stands_alone(before: str, rules: TextRules) -> bool:
    """Whether a name is not the end of a longer one (培训项目支出)."""
    return not _HAN_END.search(before) or before.endswith(rules.amount_leads)


def _is_change(corpus: Corpus, amount: Amount, rules: TextRules) -> bool:
    """Whether an amount is said to be a change: 减少500万元."""
    return corpus.text[: amount.start].rstrip().endswith(rules.change_words)


def _is_rough(corpus: Corpus, amount: Amount) -> bool:
    return corpus.text.startswith(_ROUGH, amount.end)


def _is_known(amount: Amount, figures: Iterable[Figure]) -> bool:
    """Whether an amount is this year's, last year's, a budget or the change from one."""
    scale = UNITS[amount.unit]
    return any(
        half_up(CONTEXT.divide(abs(value), scale), amount.decimals) == amount.number
        for figure in figures
        for value in _values(figure)
    )


def _values(figure: Figure) -> Iterator[Decimal]:
    yield figure.value
    for name in RELATIONS:
        other = figure.relations.get(name)
        if isinstance(other, Figure):
            yield other.value
            yield figure.value - other.value
