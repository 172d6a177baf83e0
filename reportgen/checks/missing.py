"""A folder that is hardly filled in: what is missing is told in a few sentences, not in fifty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.model import RELATIONS

_MANY = 10
_NAMED = 40
_MISSING = re.compile(r"缺少[“‘](?P<name>.+)[”’]（[^（）]*）。")
_RELATED = re.compile(rf"(?P<owner>.+)的(?P<relation>{'|'.join(RELATIONS)})数?")
_RULES = re.compile(r"[A-Z]\d{3}(?=[“‘])")
_SHEETS = {"上年": "上年数", "年初预算": "年初预算", "全年预算": "年初预算"}


def gather_missing(findings: Findings) -> None:
    """Put many missing figures of one place (N102) together, and the rules they keep (D200)."""
    places = dict.fromkeys(finding.place for finding in findings if finding.code == "N102")
    gathered = False
    for place in places:
        missing = [f for f in findings if (f.code, f.place) == ("N102", place)]
        missing = [f for f in missing if _MISSING.fullmatch(f.message)]
        if len(missing) >= _MANY:
            gathered = True
            findings.swap(missing, _grouped(missing))
    unchecked = [f for f in findings if f.code == "D200"]
    if gathered and len(unchecked) >= _MANY:
        findings.swap(unchecked, [_unchecked(unchecked)])


def _grouped(missing: Sequence[Finding]) -> list[Finding]:
    groups: dict[str, list[Finding]] = {}
    for finding in missing:
        groups.setdefault(_relation(finding), []).append(finding)
    return [_group(relation, found) for relation, found in groups.items()]


def _name(finding: Finding) -> str:
    match = _MISSING.fullmatch(finding.message)
    assert match
    return match["name"]


def _owner(finding: Finding) -> str:
    match = _RELATED.fullmatch(_name(finding))
    return match["owner"] if match else _name(finding)


def _relation(finding: Finding) -> str:
    match = _RELATED.fullmatch(_name(finding))
    return match["relation"] if match else ""


def _group(relation: str, found: Sequence[Finding]) -> Finding:
    if len(found) == 1:
        return found[0]
    names = _listed(_owner(finding) for finding in found)
    kind = f"{relation}数" if relation else "正文要用的数"
    sheet = f"“{_SHEETS[relation]}”表" if relation else "各张表或决算表"
    hint = f"请在补充数据的{sheet}里补填；数确实是零的，填0。"
    message = f"还缺{len(found)}个{kind}：{names}。"
    return Finding("N102", Severity.ERROR, found[0].place, message, hint)


def _listed(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    more = "等" if len(known) > _NAMED else ""
    return "、".join(known[:_NAMED]) + more


def _unchecked(notes: Sequence[Finding]) -> Finding:
    codes = sorted({code for note in notes for code in _RULES.findall(note.message)})
    message = f"数还没有填齐，{len(codes)}项勾稽没有核对：{'、'.join(codes)}。"
    place = Place(notes[0].place.file)
    return Finding("D200", Severity.NOTE, place, message, "补上以后再检查。")
