"""manifest.json: what each document was made of, with which template, and what was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reportgen.findings import Findings, Severity

_DOCUMENTS = "文件"


def record(
    *,
    version: str,
    template: str,
    template_digest: str,
    inputs: Iterable[Path],
    outputs: Mapping[str, bytes],
    findings: Findings,
    figures: int,
    office: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the record of one document; ``figures`` is how many numbers were cited.

    ``office`` are the working papers beside the record; they are no documents for the public.
    """
    return {
        "程序版本": version,
        "生成时间": datetime.now(UTC).isoformat(timespec="seconds"),
        "模板": {"名称": template, "sha256": template_digest},
        "输入": {path.name: digest(path.read_bytes()) for path in inputs if path.is_file()},
        "输出": {name: digest(content) for name, content in outputs.items()},
        "内部": {name: digest(content) for name, content in office.items()},
        "数字": figures,
        "检查": {str(severity): findings.count(severity) for severity in Severity},
        "明细": [
            {"代码": f.code, "级别": str(f.severity), "位置": str(f.place), "说明": f.told}
            for f in findings.sorted()
        ],
    }


def manifest(path: Path, name: str, made: Mapping[str, Any]) -> bytes:
    """The manifest of a folder with the record of document ``name`` brought up to date.

    Records of other documents stay, and so do other formats of this one.
    """
    documents = _documents(path)
    before = documents.get(name)
    kept = before if isinstance(before, dict) else {}
    merged = {kind: {**_recorded(kept, kind), **made[kind]} for kind in ("输出", "内部")}
    documents[name] = {**made, **merged}
    text = json.dumps({_DOCUMENTS: documents}, ensure_ascii=False, indent=2)
    return text.encode("utf-8") + b"\n"


def unchanged(path: Path, name: str, papers: Iterable[Path]) -> set[Path]:
    """The working papers that nobody has edited since document ``name`` was recorded."""
    before = _documents(path).get(name)
    known = _recorded(before, "内部") if isinstance(before, dict) else {}
    return {
        paper
        for paper in papers
        if paper.is_file() and known.get(paper.name) == digest(paper.read_bytes())
    }


def _recorded(entry: Mapping[str, Any], kind: str) -> Mapping[str, str]:
    found = entry.get(kind)
    return found if isinstance(found, dict) else {}


def recorded(path: Path, file: str) -> str | None:
    """The sha256 under which a manifest knows a file; ``None`` where it doesn't."""
    for made in _documents(path).values():
        written = made.get("输出") if isinstance(made, dict) else None
        found = written.get(file) if isinstance(written, dict) else None
        if isinstance(found, str):
            return found
    return None


def _documents(path: Path) -> dict[str, Any]:
    """The records that stand in the file; none where it isn't there or isn't ours."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    documents = found.get(_DOCUMENTS) if isinstance(found, dict) else None
    return documents if isinstance(documents, dict) else {}


def digest(content: bytes) -> str:
    """The sha256 by which a file is known."""
    return hashlib.sha256(content).hexdigest()
