"""Tags that take their line's end with them leave paragraphs apart."""

from __future__ import annotations

import pytest

from reportgen.narrative import narrative_environment

ENVIRONMENT = narrative_environment(trim_blocks=True, lstrip_blocks=True)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("甲{% if 1 %}乙{% endif %}\n\n丙", "甲乙\n\n丙"),
        ("{% for 数 in [1, 2] %}乙{% endfor %}\n\n## 七", "乙乙\n\n## 七"),
        ("甲{% if 1 %}乙{% endif %}\n  \n丙", "甲乙\n  \n丙"),
        ("甲{# 说明 #}{% if 0 %}乙{% endif %}\n\n丙", "甲\n\n丙"),
        ("甲{% if 1 %}乙{% endif +%}\n\n丙", "甲乙\n\n丙"),
        ("甲\n{% if 1 %}\n乙\n{% endif %}\n\n丙", "甲\n乙\n\n丙"),
        ("甲{% if 1 %}乙{% endif %}\n丙", "甲乙丙"),
        ("甲{% if 1 %}乙{% endif -%}\n\n丙", "甲乙丙"),
        ("{% if 1 %}\n甲\n{% endif %}\n", "甲\n"),
    ],
)
def test_a_paragraph_ends_at_an_empty_line(source: str, printed: str) -> None:
    assert ENVIRONMENT.from_string(source).render() == printed
