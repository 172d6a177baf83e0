"""A bundle and its parents: their folders, and each file of theirs in layers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.bundle.merge import Layered
from reportgen.bundle.search import available, find
from reportgen.errors import UsageError
from reportgen.findings import Findings, Place, nearest
from reportgen.sources.yaml import Document, read_yaml

_DEEPEST = 8
Read = dict[Path, Document | None]


def chain_of(name: str, folders: Sequence[Path], findings: Findings) -> tuple[list[Path], Read]:
    """The bundle's folder and those of its parents, child first, and each bundle.yaml."""
    chain: list[Path] = []
    read: Read = {}
    names: list[str] = []
    current: str | None = name
    asked = Place(name)  # where the parent's name is written
    while current:
        folder = find(current, folders)
        names.append(current)
        fault = _parent_fault(names, folder, chain, folders)
        if fault and not chain:
            raise UsageError("".join(fault))
        if fault or folder is None:
            findings.error("C108", asked, *fault)
            break
        chain.append(folder)
        file = folder / "bundle.yaml"
        document = read[file] = read_yaml(file, findings, _shown(folder, file.name))
        parent = document.data.get("上级") if document else None
        current = str(parent) if parent else None
        asked = document.place(("上级",)) if document else asked
    return chain, read


def _parent_fault(
    names: Sequence[str], folder: Path | None, chain: Sequence[Path], folders: Sequence[Path]
) -> tuple[str, ...]:
    """What is wrong with the last of ``names``, a bundle or its parent: message and hint."""
    if folder is None:
        known = [found for found, _ in available(folders)]
        hint = nearest(names[-1], known) or f"可用的模板：{'、'.join(known) or '无'}。"
        return f"找不到{'上级' if chain else ''}模板“{names[-1]}”。", hint
    if folder in chain:
        return f"模板的上级互相引用：{'→'.join(names)}。", "请改正 bundle.yaml 的“上级”。"
    if len(chain) >= _DEEPEST:
        return f"模板的上级超过{_DEEPEST}层：{'→'.join(names)}。", "请减少层次。"
    return ()


def _shown(folder: Path, file: str) -> str:
    """A file's name in findings: several bundles have files of one name."""
    return f"{folder.parent.name}/{folder.name}/{file}"


def layers_of(chain: Sequence[Path], file: str, read: Read, findings: Findings) -> Layered:
    """A file of a bundle over those of its parents."""
    documents: list[Document] = []
    for folder in chain:
        path = folder / file
        if path.is_file():
            known = path in read
            document = read[path] if known else read_yaml(path, findings, _shown(folder, file))
            if document:
                documents.append(document)
    layered = Layered.of(file, documents, findings)
    if file == "bundle.yaml" and "仅供继承" not in (documents[0].data if documents else {}):
        layered.data.pop("仅供继承", None)
    return layered
