"""Values that are frozen to mypy alone are values all the same."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

from reportgen.findings import Place
from reportgen.model import Figure


def refused(place: Place, figure: Figure) -> None:
    """Nobody calls this: mypy tells where an assignment is allowed, for it wants no ignore then."""
    place.file = "乙"  # type: ignore[misc]
    figure.value = Decimal(1)  # type: ignore[misc]


def test_places_are_equal_by_what_they_say() -> None:
    place = Place.cell("甲.xlsx", "指标", "H2")
    assert place == Place("甲.xlsx", sheet="指标", address="H2") != Place("甲.xlsx")
    assert {place: 1}[copy.copy(place)] == 1
    assert pickle.loads(pickle.dumps(place)) == place
    assert not hasattr(place, "__dict__")
    assert repr(Place("甲")).startswith("Place(file='甲', sheet='', ")


def test_a_figure_is_equal_to_itself_alone() -> None:
    figure = Figure("甲", Decimal(1))
    assert figure == figure  # noqa: PLR0124
    assert figure != Figure("甲", Decimal(1))
    assert len({figure, copy.copy(figure)}) == 2
