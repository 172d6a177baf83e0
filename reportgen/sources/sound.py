"""Whether a file of cells is what its name says, by its first bytes."""

from __future__ import annotations

from pathlib import Path

from reportgen.findings import Findings, Place
from reportgen.sources.guard import OLE, is_small

_OTHERS = frozenset({".xls", ".csv"})  # every other file of cells is a .xlsx
_BEGINNING = 256
_ZIP = b"PK\3\4"
_MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_PAGES = (b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<?xml", b"mime-version")


def is_sound(path: Path, findings: Findings) -> bool:
    """Whether a file is there and, by its first bytes, what its name says; else a finding."""
    if not path.is_file():
        message = "这是文件夹，不是文件。" if path.is_dir() else "找不到这个文件。"
        findings.error("D101", Place(path.name), message, "请核对 report.yaml 的“文件”。")
        return False
    suffix = path.suffix.lower()
    if suffix not in _OTHERS:
        return True
    if not is_small(path, findings):
        return False
    try:
        with path.open("rb") as file:
            disguise = _disguise(file.read(_BEGINNING), suffix)
    except OSError:
        disguise = "这个文件打不开。", "请核对它有没有被别的程序占用，有没有读取的权限。"
    if disguise:
        findings.error("D102", Place(path.name), *disguise)
    return not disguise


def _disguise(data: bytes, suffix: str) -> tuple[str, str] | None:
    """What a file is whose name says something else, and what to do."""
    if data.startswith(_ZIP):
        kind, hint = ".xlsx 工作簿", "请把后缀改为 .xlsx，并改正 report.yaml 里的文件名。"
    elif data.startswith(OLE) and suffix != ".xls":
        kind, hint = ".xls 工作簿", "请把后缀改为 .xls，并改正 report.yaml 里的文件名。"
    elif data.lstrip(_MARKS).replace(b"\0", b"").lower().startswith(_PAGES):
        kind, hint = "网页", "请用 Excel 或 WPS 打开，另存为 .xlsx。"
    else:
        return None
    return f"这个文件的后缀是 {suffix}，内容其实是{kind}。", hint
