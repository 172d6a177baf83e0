"""Reasons held against today's figures: still the ones they were written for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reportgen.findings import Findings, Place
from reportgen.language import Question
from reportgen.model import Figure, Kind, half_up, plain
from reportgen.model.rounding import CONTEXT
from reportgen.rules.added import split_code
from reportgen.rules.wording import shown
from reportgen.sources.reasons import REVIEWED, TO_REVIEW, UNASKED, ReasonRow, Stated
from reportgen.sources.supplement import Address

_DIRECTIONS = {1: "增加", -1: "减少", 0: "持平"}
_TENTHOUSAND = 10000
_REPAIR = "请核对原因；改好或仍然适用的，把“状态”改为“已复核”，再运行 reportgen check --reasons。"


class Tie(StrEnum):
    """How a reason stands to today's figures."""

    SAME = "一致"
    CHANGED = "已变动"
    FLIPPED = "方向改变"
    MARKED = "标为待复核"
    REVIEWED = "已复核"


@dataclass(frozen=True)
class Pair:
    """A row of 原因.xlsx and the question that it answers; either may be missing."""

    row: ReasonRow | None
    question: Question | None

    @property
    def written_for(self) -> tuple[Stated | None, Stated | None]:
        """The figures that the reason was written for, as far as the row states them."""
        if self.row is None:
            return None, None
        is_kept = self.row.status in (TO_REVIEW, UNASKED) and any(self.row.earlier)
        return self.row.earlier if is_kept else self.row.figures

    @property
    def tie(self) -> Tie:
        """Whether the reason still stands beside the figures it was written for."""
        if self.row is None or self.question is None:
            return Tie.SAME
        today = _today(self.question)
        is_same = all(map(_agrees, self.written_for, today))
        if self.row.status == REVIEWED:
            return Tie.SAME if is_same else Tie.REVIEWED
        if is_same:
            is_marked = self.row.status == TO_REVIEW and not any(self.row.earlier)
            return Tie.MARKED if is_marked else Tie.SAME
        then, now = directions(self)
        return Tie.CHANGED if then is None or then == now else Tie.FLIPPED


def _today(question: Question) -> tuple[Decimal, Decimal | None]:
    return question.figure.value, question.before.value if question.before is not None else None


def _agrees(stated: Stated | None, value: Decimal | None) -> bool:
    """Whether a stated figure is today's; what either side does not know agrees."""
    return stated is None or value is None or stated.agrees(value)


def directions(pair: Pair) -> tuple[str | None, str]:
    """Which way the figure went when the reason was written, and goes now, as printed."""
    assert pair.question
    this, before = pair.written_for
    now, base = _today(pair.question)
    if base is None:
        return None, ""
    step = pair.question.step
    then = _direction(this.value, before.value, step) if this and before else None
    return then, _direction(now, base, step)


def _direction(this: Decimal, before: Decimal, step: Decimal) -> str:
    new, old = (half_up(CONTEXT.divide(value, step), 0) for value in (this, before))
    return _DIRECTIONS[(new > old) - (new < old)]


def paired(rows: Sequence[ReasonRow], questions: Sequence[Question]) -> list[Pair]:
    """Every row with its question, in the rows' order, then the questions without a row."""
    matcher = _Matcher(rows, questions)
    pairs = [Pair(row, matcher.question(row)) for row in rows]
    answered = {id(pair.question) for pair in pairs}
    cells = {pair.question.place for pair in pairs if pair.question} - {None}
    rest = (q for q in questions if id(q) not in answered and q.place not in cells)
    return pairs + [Pair(None, question) for question in rest]


class _Matcher:
    """Finds the question of a row: by the cell whose text is printed, else by address.

    A cell merged over several rows is the reason of each; a budget's serves two questions.
    """

    def __init__(self, rows: Sequence[ReasonRow], questions: Sequence[Question]) -> None:
        self.by_cell: dict[Place | None, list[Question]] = {}
        self.by_address: dict[tuple[str, ...], Question] = {}
        self.shared = Counter(row.place for row in rows)
        for question in questions:
            key = _key(Address.parse(question.figure.key), question.base)
            self.by_address.setdefault(key, question)
            self.by_cell.setdefault(question.place, []).append(question)

    def question(self, row: ReasonRow) -> Question | None:
        """The question that this row answers, or would if a reason stood in it."""
        own = self._of_address(row)
        if own is not None and own.place in (None, row.place):
            return own
        printed = self.by_cell.get(row.place, [])
        return printed[0] if printed and self.shared[row.place] == 1 else None

    def _of_address(self, row: ReasonRow) -> Question | None:
        bases = ("预算", "年初预算", "全年预算") if row.base == "预算" else (row.base,)
        keys = (_key(row.address, base) for base in bases)
        return next((self.by_address[key] for key in keys if key in self.by_address), None)


def _key(address: Address, base: str) -> tuple[str, ...]:
    code = split_code(address.row)[0]
    return plain(address.table), plain(code), plain(address.column), base


def check_reasons(pairs: Iterable[Pair], findings: Findings, *, is_whole: bool) -> None:
    """Report reasons that were written for other figures, and those that nothing prints.

    Unless the page ``is_whole`` nobody can say what is not asked for.
    """
    for pair in pairs:
        row, question = pair.row, pair.question
        if row is None or not row.text:
            continue
        if question is not None:
            _check_tie(row, question, pair, findings)
        elif is_whole and row.status != UNASKED:
            message = f"“{row.address}”与{row.base}比的原因没有用到，正文里没有这一句。"
            hint = "不再需要的可以留着，也可以删去这一行。"
            findings.note("N123", row.place, message, hint)


def _check_tie(row: ReasonRow, question: Question, pair: Pair, findings: Findings) -> None:
    about = f"“{question.figure.name}”与{question.base}比的原因"
    if pair.tie is Tie.FLIPPED:
        then, now = directions(pair)
        message = f"{about}是为“{then}”写的，现在是“{now}”：{_both(pair, question)}。"
        findings.error("N122", row.place, message, _hint(row, question))
    elif pair.tie is Tie.CHANGED:
        message = f"{about}是按别的数写的：{_both(pair, question)}。"
        findings.warning("N121", row.place, message, _hint(row, question))
    elif pair.tie is Tie.MARKED:
        findings.warning("N121", row.place, f"{about}标为待复核。", _REPAIR)
    elif pair.tie is Tie.REVIEWED:
        message = f"{about}已复核，表中记的还是原来的数：{_both(pair, question)}。"
        hint = "请运行 reportgen check --reasons，把今天的数记下来。"
        findings.note("N124", row.place, message, hint)


def _both(pair: Pair, question: Question) -> str:
    """The figures then and now."""
    then = tuple(None if stated is None else stated.value for stated in pair.written_for)
    kind = question.figure.kind
    now = _pair(_today(question), question.base, kind)
    return f"写时{_pair(then, question.base, kind)}，现为{now}"


def _pair(values: Sequence[Decimal | None], base: str, kind: Kind) -> str:
    names = ("本年数", f"{base}数" if base != "预算" else "预算数")
    known = [(name, value) for name, value in zip(names, values, strict=True) if value is not None]
    return "、".join(f"{name}{shown(Figure('', value, kind))}" for name, value in known)


def _hint(row: ReasonRow, question: Question) -> str:
    """The repair; figures that were typed in 万元 are no change."""
    pairs = zip(row.figures, _today(question), strict=True)
    if any(
        stated is not None
        and value is not None
        and not stated.agrees(value)
        and stated.agrees(value, _TENTHOUSAND)
        for stated, value in pairs
    ):
        return "表中的数像是以万元填的，请改为以元填写。"
    return _REPAIR
