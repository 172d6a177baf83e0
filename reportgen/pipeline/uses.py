"""Where a bundle names a table: what is to be looked at when its columns or rows change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportgen.bundle import Bundle
from reportgen.findings import Findings
from reportgen.model import Profile
from reportgen.pipeline.removed import lost_figures, lost_rules
from reportgen.rules.derivation import Derivation
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.outline import Heading

_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"|“([^”]*)”")


def table_uses(bundle: Bundle, table: str) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and its lines: figures, rules, headings and templates that name a table."""
    figures = [one for one in bundle.derivations if _names(table, _sources(one))]
    rules = [one for one in bundle.reconciliations if _names(table, _conditions(one))]
    yield "派生：", [f"{one.name} = {one.expression}（{one.place}）" for one in figures]
    yield "勾稽：", [f"{one.code} {one.title}（{one.place}）" for one in rules]
    codes = [one.code for one in rules]
    others = lost_rules(bundle, {*lost_figures(bundle, table)})
    yield "用到这些派生数的勾稽：", [code for code in others if code not in codes]
    yield "提纲：", [f"{one.text}（{one.place}）" for one in _headings(bundle, table)]
    yield "正文和版面：", list(_lines(bundle, table))


def note_dropped(bundle: Bundle, findings: Findings) -> None:
    """Tell once, at the line that takes columns out, which figures and rules go with them."""
    for profile in bundle.profiles:
        if profile.name not in bundle.dropped or not profile.dropped:
            continue
        own, codes = _column_uses(bundle, profile)
        gone = [*own, *lost_figures(bundle, *own)] if own else []
        codes = list(dict.fromkeys([*codes, *lost_rules(bundle, {*gone})]))
        told = [f"勾稽 {'、'.join(codes)} 不再核对（或只核对一部分）"] if codes else []
        told += [f"{'、'.join(dict.fromkeys(gone))}没有数"] if gone else []
        if told:
            heads = "、".join(dict.fromkeys(column.leaf for column in profile.dropped))
            message = f"“{profile.name}”去掉了“{heads}”一栏：{'，'.join(told)}。"
            hint = "还要用这些数的，在 rules.yaml 里另写它们的式子。"
            findings.note("T110", bundle.dropped[profile.name], message, hint)


def _column_uses(bundle: Bundle, profile: Profile) -> tuple[list[str], list[str]]:
    """The derived figures and the codes of rules that name a column taken out of a table."""
    heads, name = {*_heads(profile)}, profile.name
    figures = [one.name for one in bundle.derivations if _asks(name, heads, [one.expression])]
    rules = [one.code for one in bundle.reconciliations if _asks(name, heads, _conditions(one))]
    return figures, rules


def _heads(profile: Profile) -> Iterator[str]:
    """All that the columns taken out are called."""
    for column in profile.dropped:
        yield from (column.leaf, column.key, *profile.column_aliases.get(column.leaf, ()))
        yield from column.own_names(profile.column_aliases)


def _sources(one: Derivation) -> list[str]:
    return [one.expression, *one.relations.values()]


def _conditions(one: Reconciliation) -> list[str]:
    return [one.rows, one.when, one.condition]


def _names(table: str, sources: Iterable[str]) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(table)}(?!\w)")
    return any(pattern.search(source) for source in sources)


def _asks(table: str, heads: set[str], sources: Sequence[str]) -> bool:
    """Whether expressions name a table and, in quotes, one of these heads."""
    if not _names(table, sources):
        return False
    quoted = (text for source in sources for found in _QUOTED.findall(source) for text in found)
    return any(text in heads or text.rpartition("/")[2] in heads for text in quoted if text)


def _headings(bundle: Bundle, table: str) -> Iterator[Heading]:
    found = [heading for headings in bundle.outline.sections.values() for heading in headings]
    while found:
        heading = found.pop(0)
        if _names(table, (heading.table, heading.listed, heading.when, heading.each)):
            yield heading
        found[:0] = heading.below


def _lines(bundle: Bundle, table: str) -> Iterator[str]:
    """The lines of Markdown templates that name the table, the bundle's own first."""
    for folder in bundle.folders:
        for path in sorted(folder.glob("*.md")):
            lines = path.read_text(encoding="utf-8").splitlines()
            found = [str(n) for n, line in enumerate(lines, start=1) if _names(table, [line])]
            if found:
                yield f"{folder.parent.name}/{folder.name}/{path.name}：第{'、'.join(found)}行"
