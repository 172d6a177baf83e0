"""What a method is given, and what it answers: points, bounds for them, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from reportgen.model import half_up
from reportgen.model.rounding import CONTEXT
from reportgen.rules.scoring.settings import ScoringSettings
from reportgen.rules.scoring.targets import Quantity, Target, Words
from reportgen.rules.scoring.written import PERCENT
from reportgen.unguarded import unguarded


@unguarded(frozen=True, slots=True)
class Mark:
    """Points before they are rounded, and in Chinese how they came about.

    ``excess`` says by how much the target was passed where that needs a reason.
    """

    points: Decimal
    how: str
    excess: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What people may give: from ``low`` up to ``high``, which is reached only if ``closed``.

    ``excess`` is as in a Mark.
    """

    low: Decimal
    high: Decimal
    how: str
    closed: bool = False
    excess: str = ""

    def hold(self, points: Decimal) -> bool:
        """Whether points that were given lie within."""
        return self.low <= points < self.high or (self.closed and points == self.high)


@dataclass(frozen=True, slots=True)
class Unscored:
    """Why a method can't say; ``column`` is where the cause stands."""

    message: str
    hint: str
    column: str = "实际完成值"


Answer = Mark | Bounds | Unscored


@unguarded(frozen=True, slots=True)
class Case:
    """One indicator as its method sees it; ``weight`` is the full score."""

    weight: Decimal
    target: Target
    actual: Target
    settings: ScoringSettings
    parameters: tuple[str, ...] = ()

    def share(self, part: Decimal, whole: Decimal, how: str) -> Mark:
        """``part`` of ``whole`` of the weight, at least nothing and at most all.

        It is multiplied before it is divided, so that a tie stays one until it is rounded.
        """
        if part > whole:
            return Mark(self.weight, f"{how}，最高{plain(self.weight)}分")
        if part < 0:
            return Mark(Decimal(0), f"{how}，最低0分")
        return Mark(CONTEXT.divide(self.weight * part, whole), how)

    def full(self, why: str, excess: str = "") -> Mark:
        """All points."""
        return Mark(self.weight, f"{why}，得满分{plain(self.weight)}分", excess)

    def none(self, why: str) -> Mark:
        """No points."""
        return Mark(Decimal(0), f"{why}，得0分")


def plain(value: Decimal, places: int = 6) -> str:
    """A number without trailing zeros.

    >>> plain(Decimal("10.00")), plain(Decimal("6.320")), plain(Decimal("1E+2"))
    ('10', '6.32', '100')
    """
    return _plain(value, places)


@lru_cache(maxsize=8192)
def _plain(value: Decimal, places: int) -> str:
    """Weights and scores are few: each is written once."""
    return f"{half_up(value, places).normalize():f}"


def rate(quantity: Quantity) -> Decimal:
    """A rate as a share of 1, written as a percentage or not.

    >>> from reportgen.rules.scoring.targets import parse
    >>> rate(parse("95%")), rate(parse("0.95"))
    (Decimal('0.95'), Decimal('0.95'))
    """
    return quantity.value / 100 if quantity.unit == PERCENT else quantity.value


def words_of(target: Target) -> str:
    """What a cell says, without blanks; '' where nothing is filled in."""
    return "" if target is None else "".join(target.text.split())


def no_number(target: Target) -> Unscored:
    """An actual value that holds no number where the method needs one."""
    said = target.text if isinstance(target, Words) else words_of(target)
    if not said:
        return Unscored("没有填实际完成值", "请补填。")
    return Unscored(f"实际完成值“{said}”不是数字", "请改填数字，或在“评分方法”里写明怎样评分。")
