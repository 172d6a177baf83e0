"""Tests of changes: whether a figure is above, below or level with its base, as printed."""

from __future__ import annotations

from typing import Any

from reportgen.language import Unknown
from reportgen.model import Absent, Blank, Figure, Row
from reportgen.narrative.comparison import known_comparison
from reportgen.narrative.scope import Scope, with_scope


def _sign(scope: Scope, value: Any, base: Any, unit: str) -> int | None:
    """Which way a figure moves against its base as printed; ``None`` where one is missing."""
    if not isinstance(value, Row | Figure | Absent | Blank | Unknown | None):
        scope.figure(value)  # which tells that it is none
    found = known_comparison(scope, value, base, unit)
    return found.compared.sign if found else None


@with_scope
def has_changed(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """有变化: whether a figure differs from its base as printed."""
    return bool(_sign(scope, value, base, unit))


@with_scope
def has_risen(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """增加: whether a figure is above its base as printed."""
    return _sign(scope, value, base, unit) == 1


@with_scope
def has_fallen(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """减少: whether a figure is below its base as printed."""
    return _sign(scope, value, base, unit) == -1


@with_scope
def is_level(scope: Scope, value: Any, base: Any = "上年", unit: str = "") -> bool:
    """持平: whether a figure equals its base as printed."""
    return _sign(scope, value, base, unit) == 0
