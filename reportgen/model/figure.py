"""Figures: exact amounts, ratios and counts that know where they were read."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from reportgen.errors import BareFigureError, FigureError
from reportgen.findings import Place
from reportgen.model.absent import NOT_APPLICABLE, Absent, Blank
from reportgen.model.reason import Reason
from reportgen.model.rounding import CONTEXT
from reportgen.unguarded import unguarded

UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000), "亿元": Decimal(10**8)}
"""How many 元 one of each unit of amounts is."""
RELATIONS = ("上年", "年初预算", "全年预算")
BUDGET = "预算"
BUDGETS = ("年初预算", "全年预算")
USE = "用途"
"""What 预算 may stand for; the report says which (预算口径)."""
_REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "上年": (),
        "年初预算": ("预算",),
        "全年预算": ("预算",),
        "预算": ("年初预算", "全年预算"),
    }
)
"""The bases of reasons, and which others serve where none is written for a budget."""
_NOTHING: Mapping[str, Value] = MappingProxyType({})
_NO_TEXT: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """What a figure counts; the value is its base unit."""

    AMOUNT = "元"
    RATIO = "比率"
    COUNT = "个"
    SCORE = "分"

    __hash__ = str.__hash__  # Enum's own is a function in Python


@unguarded(frozen=True, slots=True)
class Origin:
    """An operation and its operands; ``sign`` is + - * or /."""

    left: Figure
    sign: str
    right: Figure


@unguarded(frozen=True, slots=True, eq=False)
class Figure:
    """One exact number in its base unit (元 for amounts, 1 = 100% for ratios).

    ``slack`` is half of the last stated digit: 0 where the figure is exact, 50 for an
    amount stated in 万元 with two decimals. ``places`` are the cells it was computed from;
    ``key`` is how 原因.xlsx and 上年数 address it (收入总计, 表05/208). ``origin`` is what it
    was computed from, ``None`` for a figure that was read; ``scale`` is how many base units
    one of the cell's is (10000 where it states 万元).
    """

    name: str
    value: Decimal
    kind: Kind = Kind.AMOUNT
    slack: Decimal = Decimal(0)
    places: tuple[Place, ...] = ()
    formula: str = ""
    key: str = ""
    relations: Mapping[str, Value] = field(default_factory=lambda: _NOTHING, repr=False)
    texts: Mapping[str, str] = field(default_factory=lambda: _NO_TEXT, repr=False)
    origin: Origin | None = field(default=None, repr=False)
    scale: Decimal = field(default=Decimal(1), repr=False)

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        if name in RELATIONS:
            return self.relations.get(name, Absent(f"{self.name}的{name}数"))
        if name == BUDGET:  # where nobody says which, the only one there is
            known = [self.relations[key] for key in BUDGETS if key in self.relations]
            return known[0] if len(known) == 1 else Absent(f"{self.name}的{name}数")
        if name == "名称":
            return self.name
        if name.endswith("原因"):
            return self._reason(name)
        if name == USE:
            table, _, row = self.key.partition("/")  # a use is that of the row, in any column
            spot = (
                f"表“{table}”，行“{row.partition('/')[0]}”" if row else f"行“{table or self.name}”"
            )
            hint = f"请在补充数据.xlsx的“用途”表补填：{spot}。"
            return self.texts.get(name) or Blank(f"{self.name}的用途", "N106", hint)
        raise KeyError(name)

    def _reason(self, name: str) -> Reason | Blank:
        base = name.removesuffix("原因")
        if base not in _REASONS:
            raise KeyError(name)
        keys = (name, *(f"{other}原因" for other in _REASONS[base]))
        found = next((self.texts[key] for key in keys if self.texts.get(key)), "")
        if found:
            return Reason(found, getattr(found, "place", None), self, base)
        hint = f"请在原因.xlsx补填：项目“{self.key or self.name}”，基准“{base}”。"
        prompt = f"{self.name}与{base}数相比变动的原因"
        return Blank(prompt, hint=hint, asked=Reason("", None, self, base))

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return (*RELATIONS, BUDGET, "上年原因", "预算原因", "用途", "名称")

    def related(self, **relations: Value) -> Figure:
        """Return this figure with further related figures."""
        return replace(self, relations=MappingProxyType({**self.relations, **relations}))

    def with_texts(self, texts: Mapping[str, str]) -> Figure:
        """Return this figure with further texts (reasons, use)."""
        return replace(self, texts=MappingProxyType({**self.texts, **texts}))

    def __add__(self, other: object) -> Value:
        return _combine(self, other, "+")

    def __radd__(self, other: object) -> Value:
        return _combine(_lift(other), self, "+")

    def __sub__(self, other: object) -> Value:
        return _combine(self, other, "-")

    def __rsub__(self, other: object) -> Value:
        return _combine(_lift(other), self, "-")

    def __mul__(self, other: object) -> Value:
        return _combine(self, other, "*")

    def __rmul__(self, other: object) -> Value:
        return _combine(_lift(other), self, "*")

    def __truediv__(self, other: object) -> Value:
        return _combine(self, other, "/")

    def __neg__(self) -> Value:
        return _combine(_lift(0), self, "-")

    def __lt__(self, other: object) -> bool:
        return self.value < _number(other)

    def __gt__(self, other: object) -> bool:
        return self.value > _number(other)

    def __le__(self, other: object) -> bool:
        return self.value <= _number(other)

    def __ge__(self, other: object) -> bool:
        return self.value >= _number(other)

    def __bool__(self) -> bool:
        return not self.value.is_zero()

    def __str__(self) -> str:
        raise BareFigureError(self.name)

    def __format__(self, spec: str) -> str:
        raise BareFigureError(self.name)

    def __html__(self) -> str:
        raise BareFigureError(self.name)


Value = Figure | Absent

_OPERATORS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = MappingProxyType(
    {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": CONTEXT.divide,
    }
)


def _lift(value: object) -> Figure:
    """A figure, or a number written in an expression as one."""
    if isinstance(value, Figure):
        return value
    number = _number(value)
    return Figure(str(value), number, Kind.COUNT)


def _number(value: object) -> Decimal:
    """The number of a figure, or one that is written in an expression; FigureError for others."""
    if isinstance(value, Figure):
        return value.value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise FigureError(f"不能用“{value!r}”计算。")


def _combine(left: object, right: object, sign: str) -> Value:
    """Compute ``left sign right``, keeping cells, precision and related figures."""
    if isinstance(left, Absent):
        return left
    if isinstance(right, Absent):
        return right
    a, b = _lift(left), _lift(right)
    if sign == "/" and b.value.is_zero():
        return Absent(f"{a.name}÷{b.name}", "除数为0")
    name = f"{a.name}{sign}{b.name}"
    return Figure(
        name=name,
        value=_OPERATORS[sign](a.value, b.value),
        kind=_kind(a, b, sign),
        slack=_slack(a, b, sign),
        places=tuple(dict.fromkeys(a.places + b.places)),
        formula=name,
        relations=_relations(a, b, sign),
        origin=Origin(a, sign, b),
    )


def _kind(a: Figure, b: Figure, sign: str) -> Kind:
    if sign == "/" and a.kind is b.kind:
        return Kind.RATIO
    return b.kind if not a.places and a.kind is Kind.COUNT else a.kind


def _slack(a: Figure, b: Figure, sign: str) -> Decimal:
    if sign in "+-":
        return a.slack + b.slack
    if sign == "*":
        return abs(a.value) * b.slack + abs(b.value) * a.slack
    return CONTEXT.divide(a.slack, abs(b.value))


def _relations(a: Figure, b: Figure, sign: str) -> Mapping[str, Value]:
    if _is_literal(b):
        return MappingProxyType({k: _combine(v, b, sign) for k, v in a.relations.items()})
    if _is_literal(a):
        return MappingProxyType({k: _combine(a, v, sign) for k, v in b.relations.items()})
    if sign not in "+-":
        return _NOTHING
    shared = (key for key in RELATIONS if key in a.relations and key in b.relations)
    return MappingProxyType(
        {key: _combine(a.relations[key], b.relations[key], sign) for key in shared}
    )


def _is_literal(figure: Figure) -> bool:
    """Whether a figure is a number written in an expression: last year it was the same."""
    return not figure.places and not figure.relations and not figure.formula


def total(values: Iterable[Value], name: str) -> Value:
    """Add values; cells marked 不适用 add nothing, any other absent one makes the sum absent.

    The sum of no values is an exact 0 with no cells.
    """
    parts = [
        value
        for value in values
        if not (isinstance(value, Absent) and value.reason == NOT_APPLICABLE)
    ]
    if not parts:
        return Figure(name, Decimal(0), formula="0")
    result = parts[0]
    for part in parts[1:]:
        result = result + part
    if isinstance(result, Absent):
        return result
    return replace(result, name=name, key="", texts=_NO_TEXT)
