"""One finding, and the list that collects them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from reportgen.findings.codes import CODES
from reportgen.findings.place import Place
from reportgen.findings.quotes import told_apart


class Severity(StrEnum):
    """How much a finding weighs; the values are what users read."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in what the user gave: where, what, and how to mend it.

    ``waiver`` is the reason for which the user accepts it; it is then a note.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    waiver: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", told_apart(self.message))
        object.__setattr__(self, "hint", told_apart(self.hint))

    @property
    def told(self) -> str:
        """The message, and the reason for which the user accepts it."""
        return f"{self.message}（已豁免：{self.waiver}）" if self.waiver else self.message

    @property
    def is_waivable(self) -> bool:
        """Whether a user may accept it with a reason."""
        code = CODES.get(self.code)
        return self.severity is not Severity.ERROR or code is None or code.waivable

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.told}{self.hint}"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A code that the user accepts, with the reason; it then shows as a note.

    With ``spot`` only what stands at that place is accepted, with ``difference`` only what is
    off by that much: another fault of the same code is told as before.
    """

    code: str
    reason: str
    place: Place
    spot: str = ""
    difference: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether this is a finding that the waiver speaks of."""
        return (
            finding.code == self.code
            and self.spot in ("", str(finding.place))
            and (not self.difference or f"相差{self.difference}。" in finding.message)
        )


class Findings:
    """Findings of one run, in the order found; the same one is kept once."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._items: dict[Finding, None] = dict.fromkeys(findings)

    def add(
        self, code: str, severity: Severity, place: Place, message: str, hint: str = ""
    ) -> None:
        """Record a finding."""
        self._items[Finding(code, severity, place, message, hint)] = None

    def error(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Record what would make the page wrong."""
        self.add(code, Severity.ERROR, place, message, hint)

    def warning(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Record what a reader would ask about."""
        self.add(code, Severity.WARNING, place, message, hint)

    def note(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Record what is worth knowing and needs no action."""
        self.add(code, Severity.NOTE, place, message, hint)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Take over findings from elsewhere."""
        self._items.update(dict.fromkeys(findings))

    def swap(self, old: Iterable[Finding], new: Iterable[Finding]) -> None:
        """Put ``new`` findings where the first of the ``old`` ones stood."""
        gone, kept = set(old), list(self._items)
        first = next((n for n, finding in enumerate(kept) if finding in gone), len(kept))
        after = [finding for finding in kept[first:] if finding not in gone]
        self._items = dict.fromkeys([*kept[:first], *new, *after])

    def sorted(self) -> list[Finding]:
        """Errors first; within a severity in the order found."""
        return sorted(self._items, key=lambda finding: _ORDER[finding.severity])

    def waived(self, waivers: Iterable[Waiver]) -> Findings:
        """Turn findings with a waived code into notes that carry the reason.

        What is missing or can't be read is no matter of opinion: errors that the program
        itself reports (CODES) are never waived, those of a bundle's rules are.
        """
        known = tuple(waivers)
        judged = Findings()
        for finding in self._items:
            waiver = next((waiver for waiver in known if waiver.covers(finding)), None)
            if waiver is not None and finding.is_waivable:
                reason = waiver.reason
                finding = replace(finding, severity=Severity.NOTE, hint="", waiver=reason)  # noqa: PLW2901
            judged.extend([finding])
        return judged

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity is severity for finding in self._items)

    @property
    def accepted(self) -> list[Finding]:
        """The findings that a waiver turned into notes."""
        return [finding for finding in self._items if finding.waiver]

    @property
    def has_errors(self) -> bool:
        """Whether anything would make the page wrong."""
        return self.count(Severity.ERROR) > 0

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)
