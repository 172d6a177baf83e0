"""What one comparison of two figures said, whether it holds or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from reportgen.findings import Place, Severity
from reportgen.model import Figure, Verdict, agree

_HOLDS: Mapping[str, Callable[[Figure, Figure, Verdict], bool]] = MappingProxyType(
    {
        "==": lambda a, b, verdict: verdict is not Verdict.DIFFERENT,
        "!=": lambda a, b, verdict: verdict is Verdict.DIFFERENT,
        "<=": lambda a, b, verdict: a.value < b.value or verdict is not Verdict.DIFFERENT,
        ">=": lambda a, b, verdict: a.value > b.value or verdict is not Verdict.DIFFERENT,
        "<": lambda a, b, verdict: a.value < b.value,
        ">": lambda a, b, verdict: a.value > b.value,
    }
)


@dataclass(frozen=True)
class Outcome:
    """``left sign right`` under a code; ``place`` is the rule's, for sides without a cell."""

    code: str
    title: str
    severity: Severity
    sign: str
    left: Figure
    right: Figure
    place: Place
    hint: str = ""

    @cached_property
    def verdict(self) -> Verdict:
        """Equal, within rounding or different."""
        return agree(self.left, self.right)

    @cached_property
    def holds(self) -> bool:
        """Whether the comparison is true, rounding considered."""
        return _HOLDS[self.sign](self.left, self.right, self.verdict)

    @property
    def spot(self) -> Place:
        """The first cell of either side."""
        return next(iter((*self.left.places, *self.right.places)), self.place)
