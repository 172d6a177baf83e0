"""A published document, row by row, against what we print: what the tests of all seeds share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from reportgen.findings import Severity
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
PROSE = "〔叙述〕"
NUMBER = r"\d[\d,]*(?:\.\d+)?"
TOKEN = re.compile(rf"(?P<gap>…)|(?P<number>{NUMBER})(?P<percent>%)?")


@dataclass(frozen=True)
class Difference:
    """In the rows that begin with ``row``: the published text, ours, and the reason.

    ``computed`` gives the text of ours (or a part of it) from the workbooks. A difference
    ``under`` a heading concerns the rows there alone.
    """

    row: str
    published: str
    ours: str
    why: str
    computed: Callable[[], str] | None = None
    under: str = ""


@dataclass(frozen=True)
class Rows:
    """A heading and the rows under it."""

    heading: str
    rows: tuple[str, ...]


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def rate(part: Decimal, whole: Decimal) -> str:
    return f"{rounded(part * 100 / whole)}%"


def plain(text: str) -> str:
    """Without blanks, brackets full-width: the forms that print alike."""
    return re.sub(r"\s", "", text).translate(str.maketrans("()", "（）"))


def grouped(lines: Iterator[tuple[bool, str]]) -> tuple[Rows, ...]:
    found: list[tuple[str, list[str]]] = []
    for is_heading, text in lines:
        if is_heading:
            found.append((plain(text), []))
        else:
            found[-1][1].append(plain(text))
    return tuple(Rows(heading, tuple(rows)) for heading, rows in found)


def faults(row: str, ours: str) -> list[str]:
    """What of a corrected row ours does not have: its words, then each number in order."""
    numbers: list[tuple[str, bool]] = []
    pattern, position = "", 0
    for match in TOKEN.finditer(row):
        pattern += re.escape(row[position : match.start()])
        position = match.end()
        if match["gap"]:
            pattern += "[^。；：]*?"
        else:
            numbers.append((match["number"], bool(match["percent"])))
            pattern += f"({NUMBER})" + ("%" if match["percent"] else "")
    pattern += re.escape(row[position:])
    found = re.fullmatch(pattern, ours)
    if not found:
        return [f"用语不同：\n  原稿 {row}\n  我们 {ours}"]
    return [
        f"{theirs}{'%' * percent} ≠ {mine}{'%' * percent}"
        for (theirs, percent), mine in zip(numbers, found.groups(), strict=True)
        if not same(theirs, mine, percent)
    ]


def same(theirs: str, mine: str, percent: bool) -> bool:
    """Percentages digit by digit; amounts by value, since the published drop zeros at times."""
    if percent:
        return theirs.replace(",", "") == mine.replace(",", "")
    return Decimal(theirs.replace(",", "")) == Decimal(mine.replace(",", ""))


@dataclass(frozen=True)
class Seed:
    """A seed's rows in ``data/``, its example, and where the two differ.

    ``parts`` says which parts of the document the rows are of.
    """

    data: str
    example: str
    differences: Sequence[Difference]
    parts: tuple[str, ...] = ("第三部分",)

    @cached_property
    def published(self) -> tuple[Rows, ...]:
        lines = (DATA / self.data).read_text(encoding="utf-8").splitlines()
        rows = (line for line in lines if line.strip() and not line.startswith(">"))
        return grouped((line.startswith("#"), line.lstrip("# ")) for line in rows)

    @cached_property
    def prepared(self) -> Prepared:
        found = prepare(Job(ROOT / "examples" / self.example))
        assert found.judged.count(Severity.ERROR) == 0
        return found

    @cached_property
    def markdown(self) -> str:
        return next(iter(compose(self.prepared, ["md"]).files.values())).decode("utf-8")

    @cached_property
    def printed(self) -> tuple[Rows, ...]:
        """The headings and paragraphs of these parts as we print them."""
        lines: list[tuple[bool, str]] = []
        inside = False
        tokens = MarkdownIt("commonmark").enable("table").parse(self.markdown)
        for token, following in pairwise(tokens):
            if token.type == "heading_open" and token.tag == "h1":
                inside = following.content.startswith(self.parts)
            if inside and token.type in ("heading_open", "paragraph_open"):
                lines.append((token.type == "heading_open", following.content))
        return grouped(iter(lines))

    @cached_property
    def pairs(self) -> tuple[tuple[str, str, str], ...]:
        """(heading, published row, our row); the rows of running text and ours left out."""
        found: list[tuple[str, str, str]] = []
        for theirs, ours in zip(self.published, self.printed, strict=True):
            fixed = [row for row in theirs.rows if not row.startswith(PROSE)]
            first = next((i for i, r in enumerate(theirs.rows) if r.startswith(PROSE)), len(fixed))
            extra = len(ours.rows) - len(fixed)
            mine = [*ours.rows[:first], *ours.rows[first + extra :]]
            pairs = zip(fixed, mine, strict=True)
            found += [(theirs.heading, row, own) for row, own in pairs]
        return tuple(found)

    @cached_property
    def fixed(self) -> int:
        """How many published rows are no running text."""
        return sum(not row.startswith(PROSE) for rows in self.published for row in rows.rows)

    def corrected(self, heading: str, row: str, without: Difference | None = None) -> str:
        """A published row with the listed differences put right, but for ``without``."""
        mended = row
        for found in sorted(self.differences, key=lambda found: -len(found.published)):
            concerns = row.startswith(plain(found.row)) and heading.startswith(plain(found.under))
            if found is not without and concerns:
                mended = mended.replace(plain(found.published), plain(found.ours))
        return mended

    def row_faults(self, number: int) -> list[str]:
        """What of a published row ours does not have, the listed differences put right."""
        heading, row, ours = self.pairs[number]
        return faults(self.corrected(heading, row), ours)

    def check(self, difference: Difference) -> None:
        """A listed difference occurs in the published text, and ours is another there."""
        assert difference.why
        concerned = [
            (heading, row, ours)
            for heading, row, ours in self.pairs
            if self.corrected(heading, row) != self.corrected(heading, row, difference)
        ]
        assert concerned, f"原稿没有“{difference.published}”"
        for heading, row, ours in concerned:
            assert faults(self.corrected(heading, row, difference), ours), difference
        if difference.computed:
            value = difference.computed()
            assert value in difference.ours or difference.ours.strip("、") in value
            assert value not in difference.published
