"""reportgen explain: what a code stands for, why it matters, an example, the repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from reportgen.cli.explanation import explanation
from reportgen.cli.show import show_findings
from reportgen.errors import UsageError
from reportgen.findings import CODES, FAMILIES, Code, Findings, codes_in, nearest_code

_LIST = "用 reportgen explain 列出全部代码。"


def explain_code(word: str, name: str | None, *, templates: Path | None) -> int:
    """Explain a code; list the codes of a family, or all where no code is given."""
    asked = (codes_in([word]) or ("",))[0]
    if asked in CODES:
        typer.echo(code_text(asked, CODES[asked]))
        return 0
    # bundles are loaded only for codes that their rules may have
    from reportgen.cli.rules import Rules

    findings = Findings()
    rules = Rules.available(name, templates, findings)
    if name and len(findings):
        show_findings(findings, colour=True)
        return 1
    rule = rules.find(asked)
    if rule is not None:
        typer.echo(rule)
        return 0
    lines = list(_listed(asked, rules.titles()))
    if asked and not lines:
        raise UsageError(_unknown(word, rules.codes(), name))
    for line in lines:
        typer.echo(line)
    return 0


def code_text(name: str, code: Code) -> str:
    """The explanation of a code that the program itself reports."""
    waiving = "可以写明理由豁免。" if code.waivable else "错误级的不能豁免。"
    return explanation(
        f"{name}  {code.title}",
        (
            ("为什么重要", code.why),
            ("例", code.example),
            ("处理", code.repair),
            ("豁免", waiving),
        ),
    )


def _listed(prefix: str, rules: Sequence[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """Codes with their titles under the heading of their family or bundle."""
    families = [(heading, {c: CODES[c].title for c in codes}) for heading, codes in FAMILIES]
    first = True
    for heading, titles in (*families, *rules):
        found = {code: title for code, title in titles.items() if code.upper().startswith(prefix)}
        if found:
            yield heading if first else f"\n{heading}"
            yield from (f"  {code}  {title}" for code, title in sorted(found.items()))
            first = False


def _unknown(word: str, rules: Sequence[str], name: str | None) -> str:
    where = f"模板“{name}”和程序" if name else "程序和各模板"
    return f"{where}都没有代码“{word}”。{nearest_code(word, [*CODES, *rules])}{_LIST}"
