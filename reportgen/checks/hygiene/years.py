"""Years in texts that are neither this year nor last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.checks.hygiene.corpus import Corpus, Hit, fold
from reportgen.findings import Severity
from reportgen.rules.text_rules import TextRules

_YEAR = re.compile(r"([0-9](?<![0-9].)(?<![0-9][.,].)[0-9]{1,4}+) ?年(度?)")
_RANGE_BEFORE = re.compile(r"(?:19|20)[0-9]{2} ?年?度?(?:-|—|–|~|至|到)+ ?$")
_RANGE_AFTER = re.compile(r" ?(?:-|—|–|~|至|到)+ ?(?:19|20)[0-9]{2}")
_SINCE = ("自", "从", "始于", "成立于", "建于")
_NEAR = 14
_SHORT = 6
Titles = Mapping[str, Sequence[tuple[int, str]]]
_QUOTED = re.compile("《[^《》\n\x1e]{1,200}》")


def strange_years(
    corpus: Corpus, rules: TextRules, year: int, names: Iterable[str] = ()
) -> Iterator[Hit]:
    """H106: 2019年 in a report on 2022; 22年度 and 202年度 are slips of the pen.

    A year in one of ``names`` is part of it.
    """
    text = corpus.folded
    titles: Titles | None = None
    quoted = [match.span() for match in _QUOTED.finditer(text)] if "《" in text else []
    allowed = {year + offset for offset in rules.years}
    for match in _YEAR.finditer(text):
        digits, fiscal = match.groups()
        message = ""
        if len(digits) == 4 and digits[:2] in ("19", "20"):
            if int(digits) in allowed or _is_told(text, match, rules, quoted):
                continue
            titles = years_of(names) if titles is None else titles
            if _in_title(text, match, titles.get(digits, ())):
                continue
            message = f"中{digits}年既不是本年也不是上年"
            hint = "请核对年份；确实说的是那一年的，写进 texts.yaml 的“放行”。"
        elif (fiscal and len(digits) in (2, 3)) or (len(digits) == 5 and digits[:2] == "20"):
            message = f"中年份写得不完整（{match.group()}）"
            hint = f"请写成{year}年度这样的四位数。"
        if message:
            start, end = match.span()
            yield Hit("H106", start, end, message, hint, Severity.WARNING, apart=True)


def _is_told(
    text: str, match: re.Match[str], rules: TextRules, quoted: list[tuple[int, int]]
) -> bool:
    """Whether the year is part of a range, a title, or of something that happened then."""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    after = text[match.end() : match.end() + _NEAR]
    clause = re.split("[。，；,;\n\x1e]", after, maxsplit=1)[0]
    return (
        before.endswith(_SINCE)
        or _RANGE_BEFORE.search(before) is not None
        or _RANGE_AFTER.match(after) is not None
        or any(word in clause for word in rules.year_words)
        or any(start < match.start() < end for start, end in quoted)
    )


def _in_title(text: str, match: re.Match[str], titles: Sequence[tuple[int, str]]) -> bool:
    start = match.start()
    return any(text.startswith(title, start - at) for at, title in titles if at <= start)


def years_of(names: Iterable[str]) -> Titles:
    """Names (of projects) that hold a year, by the year, each with where it stands."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        title = fold(name)
        for match in _YEAR.finditer(title) if len(title) > _SHORT else ():
            found.setdefault(match[1], []).append((match.start(), title))
    return found
