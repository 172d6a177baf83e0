"""What a new 原因.xlsx offers while it is filled in: choices, a prompt and colours."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.sources.reasons import STATUSES, TO_REVIEW, UNASKED

_LAST = 2000
_ROOM = "2000"


def add_rules(sheet: Worksheet, letters: Mapping[str, str]) -> None:
    """Offer the statuses, say how a reason is written, and colour what needs the user."""
    reason, status = letters["原因"], letters["状态"]
    choice = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True)
    choice.showErrorMessage = False
    choice.add(f"{status}2:{status}{_LAST}")
    prompt = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=_ROOM)
    prompt.showErrorMessage, prompt.showInputMessage = False, True
    prompt.promptTitle = "变动原因"
    prompt.prompt = "只写事由，不写“主要原因是”，结尾不加标点。"
    prompt.add(f"{reason}2:{reason}{_LAST}")
    for rule in (choice, prompt):
        sheet.add_data_validation(rule)
    area = f"A2:{max(letters.values())}{_LAST}"
    grey, orange = Font(color="9C9C9C"), PatternFill("solid", bgColor="F8CBAD")
    for name, looks in ((UNASKED, {"font": grey}), (TO_REVIEW, {"fill": orange})):
        style = DifferentialStyle(**looks)
        colour = Rule(type="expression", dxf=style, formula=[f'${status}2="{name}"'])
        sheet.conditional_formatting.add(area, colour)
