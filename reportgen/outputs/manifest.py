"""manifest.json: what each document was made of, with which template, and what was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
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
) -> dict[str, Any]:
    """Return the record of one document; ``figures`` is how many numbers were cited."""
    return {
        "程序版本": version,
        "生成时间": datetime.now(UTC).isoformat(timespec="seconds"),
        "模板": {"名称": template, "sha256": template_digest},
        "输入": {path.name: digest(path.read_bytes()) for path in inputs if path.is_file()},
        "输出": {name: digest(content) for name, content in outputs.items()},
        "数字": figures,
        "检查": {str(severity): findings.count(severity) for severity in Severity},
        "明细": [
            {"代码": f.code, "级别": str(f.severity), "位置": str(f.place), "说明": f.message}
            for f in findings.sorted()
        ],
    }


def manifest(path: Path, name: str, made: Mapping[str, Any]) -> bytes:
    """The manifest of a folder with the record of document ``name`` brought up to date.

    Records of other documents stay, and so do other formats of this one.
    """
    documents = _documents(path)
    before = documents.get(name)
    others = before.get("输出", {}) if isinstance(before, dict) else {}
    documents[name] = {**made, "输出": {**others, **made["输出"]}}
    text = json.dumps({_DOCUMENTS: documents}, ensure_ascii=False, indent=2)
    return text.encode("utf-8") + b"\n"


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
