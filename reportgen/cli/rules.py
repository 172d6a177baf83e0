"""The reconciliations of all bundles, for explaining their codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.bundle import Bundle, available, load_bundle, search_path
from reportgen.cli.explanation import explanation
from reportgen.errors import ReportgenError, UsageError
from reportgen.findings import Findings
from reportgen.rules.lacking import Reconciliation


@dataclass(frozen=True)
class Rules:
    """Bundles whose rules are looked at, in this order: first those that reports use."""

    bundles: tuple[Bundle, ...]

    @classmethod
    def available(cls, name: str | None, templates: Path | None, findings: Findings) -> Rules:
        """The bundle ``name``, or all; a faulty one is passed over unless it was asked for."""
        if templates is not None and not templates.is_dir():
            raise UsageError(f"找不到模板文件夹“{templates}”。")
        folders = search_path(templates)
        if name:
            bundle = load_bundle(name, folders, findings)
            return cls((bundle,) if bundle else ())
        found = [_loaded(each, folders) for each, _ in available(folders)]
        bundles = [bundle for bundle in found if bundle is not None]
        return cls(tuple(sorted(bundles, key=lambda bundle: bundle.settings.abstract)))

    def find(self, code: str) -> str | None:
        """The explanation of the rule with this code, as the bundle says it that wrote it.

        A parent comes before those that say it anew.
        """
        found = [
            (bundle, rule)
            for bundle in self.bundles
            for rule in bundle.reconciliations
            if code and rule.code.upper() == code
        ]
        own = [(b, rule) for b, rule in found if rule.place.file.startswith(f"{b.name}/")]
        parents = [pair for pair in own if pair[0].settings.abstract]
        for bundle, rule in (*parents, *own, *found):
            return _rule_text(rule, bundle.name)
        return None

    def codes(self) -> list[str]:
        """Every code of every bundle."""
        return [rule.code for bundle in self.bundles for rule in bundle.reconciliations]

    def titles(self) -> list[tuple[str, dict[str, str]]]:
        """Codes and titles by bundle; what an earlier bundle says the same way is left out."""
        return list(self._new_titles())

    def _new_titles(self) -> Iterator[tuple[str, dict[str, str]]]:
        told: set[tuple[str, str]] = set()
        for bundle in self.bundles:
            own = [(rule.code, rule.title) for rule in bundle.reconciliations]
            yield f"勾稽（{bundle.name}）", dict(pair for pair in own if pair not in told)
            told.update(own)


def _loaded(name: str, folders: tuple[Path, ...]) -> Bundle | None:
    try:
        return load_bundle(name, folders, Findings())
    except ReportgenError:
        return None


def _rule_text(rule: Reconciliation, bundle: str) -> str:
    return explanation(
        f"{rule.code}  {rule.title}",
        (
            ("为什么重要", rule.why),
            ("例", rule.example),
            ("处理", rule.hint or "请核对两边的数；确实照公开稿保留的，可以写明理由豁免。"),
            ("式子", _expression(rule)),
            ("级别", str(rule.severity)),
            ("出处", f"模板 {bundle}（{rule.place}）"),
        ),
    )


def _expression(rule: Reconciliation) -> str:
    """The rule as its author wrote it, with the rows and the condition it is asked for."""
    rows = f"每行：{rule.rows}\n" if rule.rows else ""
    when = f"当：{rule.when}\n" if rule.when else ""
    return f"{rows}{when}{rule.condition}"
