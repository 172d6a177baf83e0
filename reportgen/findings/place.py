"""Where something stands: a file, and a cell, a line or a spot inside it."""

from __future__ import annotations

from reportgen.unguarded import unguarded


@unguarded(frozen=True, slots=True)
class Place:
    """A position a user can go to.

    >>> print(Place.cell("决算表.xlsx", "公开03表", "C12"))
    决算表.xlsx[公开03表]!C12
    >>> print(Place.cell("支出.csv", "", "C12"))
    支出.csv!C12
    >>> print(Place.line("report.yaml", 7, 3))
    report.yaml:7:3
    >>> print(Place.inside("report.docx", "表3 行2 单元格4"))
    report.docx 表3 行2 单元格4
    """

    file: str
    sheet: str = ""
    address: str = ""
    row: int = 0
    column: int = 0
    spot: str = ""

    @classmethod
    def cell(cls, file: str, sheet: str, address: str = "") -> Place:
        """A cell, or with no address the whole sheet; a .csv has no sheets."""
        return cls(file, sheet=sheet, address=address)

    @classmethod
    def line(cls, file: str, row: int, column: int = 0) -> Place:
        """A line (and column) of a text file, both counted from 1."""
        return cls(file, row=row, column=column)

    @classmethod
    def inside(cls, file: str, spot: str) -> Place:
        """A spot described in words, such as a table cell of a Word template."""
        return cls(file, spot=spot)

    def __str__(self) -> str:
        if self.address and not self.sheet:
            return f"{self.file}!{self.address}"
        if self.sheet:
            return f"{self.file}[{self.sheet}]" + (f"!{self.address}" if self.address else "")
        if self.row:
            return f"{self.file}:{self.row}" + (f":{self.column}" if self.column else "")
        return f"{self.file} {self.spot}".rstrip()
