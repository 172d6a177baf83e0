"""manifest.json: what a run read, with which template, what it wrote and found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from reportgen.findings import Findings, Severity


def manifest(
    *,
    version: str,
    template: str,
    template_digest: str,
    inputs: Iterable[Path],
    outputs: Mapping[str, bytes],
    findings: Findings,
    figures: int,
) -> bytes:
    """Return the record of a run as JSON; ``figures`` is how many numbers were cited."""
    record = {
        "程序版本": version,
        "生成时间": datetime.now(UTC).isoformat(timespec="seconds"),
        "模板": {"名称": template, "sha256": template_digest},
        "输入": {path.name: _digest(path.read_bytes()) for path in inputs if path.is_file()},
        "输出": {name: _digest(content) for name, content in outputs.items()},
        "数字": figures,
        "检查": {str(severity): findings.count(severity) for severity in Severity},
        "明细": [
            {"代码": f.code, "级别": str(f.severity), "位置": str(f.place), "说明": f.message}
            for f in findings.sorted()
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
