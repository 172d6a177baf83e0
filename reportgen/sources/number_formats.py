"""How cells show their numbers: the codes of number formats, and which of them show dates.

The same as openpyxl's, which takes long to import; a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

# quoted texts, and what stands in brackets but for spans of hours, minutes or seconds
_LITERAL = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DATE = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_SPAN = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


@dataclass(frozen=True)
class Format:
    """How a cell shows its number, by this code."""

    code: str = "General"

    @cached_property
    def is_date(self) -> bool:
        """Whether as a date, a time, or both.

        >>> Format('yyyy"年"m"月"').is_date, Format('[Red]0.00"yd"').is_date
        (True, False)
        """
        return _DATE.search(_LITERAL.sub("", self._of_positives)) is not None

    @cached_property
    def is_span(self) -> bool:
        """Whether as a span of time, which may be longer than a day.

        >>> Format("[h]:mm").is_span, Format("h:mm").is_span
        (True, False)
        """
        return _SPAN.search(self._of_positives) is not None

    @property
    def _of_positives(self) -> str:
        return self.code.partition(";")[0]


# ECMA-376, part 1, 18.8.30: the formats that a workbook names by their number alone
BUILTIN: Mapping[int, str] = MappingProxyType(
    {
        0: "General",
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        5: '"$"#,##0_);("$"#,##0)',
        6: '"$"#,##0_);[Red]("$"#,##0)',
        7: '"$"#,##0.00_);("$"#,##0.00)',
        8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
        9: "0%",
        10: "0.00%",
        11: "0.00E+00",
        12: "# ?/?",
        13: "# ??/??",
        14: "mm-dd-yy",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
        19: "h:mm:ss AM/PM",
        20: "h:mm",
        21: "h:mm:ss",
        22: "m/d/yy h:mm",
        37: "#,##0_);(#,##0)",
        38: "#,##0_);[Red](#,##0)",
        39: "#,##0.00_);(#,##0.00)",
        40: "#,##0.00_);[Red](#,##0.00)",
        41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
        42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
        43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
        44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
        45: "mm:ss",
        46: "[h]:mm:ss",
        47: "mmss.0",
        48: "##0.0E+0",
        49: "@",
    }
)
