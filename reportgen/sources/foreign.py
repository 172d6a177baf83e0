"""Sheets that others laid out, among the files of 补充数据: the platform's forms, the budget."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reportgen.findings import Findings, Place
from reportgen.model import plain
from reportgen.sources.budget_heads import budget_title
from reportgen.sources.cells import Sheet
from reportgen.sources.forms import is_form
from reportgen.sources.lists import head_row, parts
from reportgen.sources.titles import titles

BUDGET = "年初预算"
BUDGET_COLUMNS = ("科目编码", "科目名称", "年初预算数", "全年预算数", "单位")


@dataclass(frozen=True)
class Titled:
    """A sheet that is known by the title on it, and where the title stands."""

    title: str
    sheet: Sheet
    place: Place


@dataclass(frozen=True)
class Sorted:
    """The sheets in our own layout, the platform's forms, and the published budget if any."""

    own: tuple[Sheet, ...]
    forms: tuple[Titled, ...]
    budget: Titled | None

    def forms_of(self, name: str, known: Collection[str]) -> list[Sheet]:
        """The forms of an entry: by their titles, or on the sheet that has its name."""
        names = {plain(name), *map(plain, known)}
        return [form.sheet for form in self.forms if form.title in names]


def sort_sheets(
    sheets: Iterable[Sheet],
    names: Collection[str],
    forms: Collection[str],
    budgets: Sequence[str],
    findings: Findings,
) -> Sorted:
    """Tell the sheets apart; the others of a book with none of ours are left out.

    ``names`` are our own sheets, ``forms`` and ``budgets`` the titles that others write.
    """
    known = {plain(name) for name in names}
    own: list[Sheet] = []
    found: list[Titled] = []
    budget: list[Titled] = []
    for sheet in sheets:
        form = _form(sheet, known, {plain(title) for title in forms})
        published = None if form else _budget(sheet, budgets)
        if form:
            found.append(form)
        elif published:
            budget.append(published)
        else:
            own.append(sheet)
    named = {s.file for s in own if any(plain(part.title) in known for part in parts(s, known))}
    foreign = {one.sheet.file for one in (*found, *budget)} - named
    return Sorted(
        tuple(sheet for sheet in own if sheet.file not in foreign),
        tuple(_once(found, findings)),
        next(iter(_once(budget, findings)), None),
    )


def _form(sheet: Sheet, names: Collection[str], forms: Collection[str]) -> Titled | None:
    """A form of the platform; pasted into a sheet of ours it has that sheet's name."""
    if not is_form(sheet):
        return None
    if plain(sheet.name) in names:
        return Titled(plain(sheet.name), sheet, sheet.spot)
    found = ((title, cell) for title, cell in titles(sheet) if title in forms)
    title, cell = next(found, ("", None))
    return Titled(title, sheet, sheet.place(cell)) if cell else None


def _budget(sheet: Sheet, known: Sequence[str]) -> Titled | None:
    """A published budget; pasted into 年初预算 it needs no title."""
    if plain(sheet.name) == BUDGET and head_row(sheet, BUDGET_COLUMNS):
        return None
    cell = budget_title(sheet, known)
    if cell is None and not (known and plain(sheet.name) == BUDGET):
        return None
    return Titled(BUDGET, sheet, sheet.place(cell) if cell else sheet.spot)


def _once(found: Sequence[Titled], findings: Findings) -> Iterable[Titled]:
    """One of each; a second is a finding with the place of the first."""
    first: dict[str, Titled] = {}
    for one in found:
        known = first.setdefault(one.title, one)
        if known is not one:
            message = f"“{one.title}”在 {known.place} 已经有一张，这一张没有读。"
            findings.error("D118", one.place, message, "请核对哪一张是定稿，只保留一张。")
    return first.values()
