"""What all tests share."""

from __future__ import annotations

import pytest

from reportgen.render.word.pages import VARIABLE


@pytest.fixture(autouse=True)
def _without_office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as on a machine without LibreOffice, but for those marked ``office``."""
    if request.node.get_closest_marker("office") is None:
        monkeypatch.setenv(VARIABLE, "")
