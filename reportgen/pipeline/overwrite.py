"""Before a document is replaced: was it edited since it was written?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportgen.checks.document.losses import report_losses
from reportgen.findings import Findings, Place
from reportgen.outputs import digest, recorded

ORIGINALS = "原稿"
"""The folder, beside the manifest, for documents as they were written."""


def replaceable(paths: Iterable[Path], office: Path, findings: Findings) -> set[Path]:
    """The documents that may be replaced; for the others findings list what would be lost."""
    return {path for path in paths if not path.exists() or _may_go(path, office, findings)}


def _may_go(path: Path, office: Path, findings: Findings) -> bool:
    """Whether a file is as it was written, or lost nothing."""
    written = recorded(office / "manifest.json", path.name)
    if written is None:
        message = "这个文件没有写出的记录，可能是手工做的或改过名，没有覆盖。"
        hint = "请移走或改名；确实不要的，加 --discard-edits。"
        findings.error("F105", Place(path.name), message, hint)
        return False
    try:
        unchanged = digest(path.read_bytes()) == written
    except OSError:
        return True  # a folder, or no permission: the writing says so
    return unchanged or not report_losses(path, office / ORIGINALS / path.name, findings)
