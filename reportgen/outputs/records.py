"""Findings for machines: one JSON array of objects."""

from __future__ import annotations

import json
from typing import Any

from reportgen.findings import Finding
from reportgen.outputs.result import Result


def json_text(result: Result) -> str:
    """The array, errors first; an empty one where nothing was found."""
    records = [_record(finding, result) for finding in result.findings.sorted()]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def json_bytes(result: Result) -> bytes:
    """The array in UTF-8; half of a surrogate pair stays what it is, escaped."""
    return json_text(result).encode("utf-8", "backslashreplace")


def _record(finding: Finding, result: Result) -> dict[str, Any]:
    """Keys that are always there; what a place doesn't have is ``null``."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "file": place.file,
        "place": str(place),
        "hint": finding.hint,
        "title": result.title(finding.code),
        "waived": finding.waiver or None,
        "sheet": place.sheet or None,
        "cell": place.address or None,
        "line": place.row or None,
        "column": place.column or None,
    }
