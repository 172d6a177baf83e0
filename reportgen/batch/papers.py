"""What a run writes at its end: the summary, and for the office manifest, trace and findings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from reportgen.batch.about import Batch
from reportgen.batch.journal import Journal, Record
from reportgen.batch.outcome import Outcome, Status, told
from reportgen.batch.shelf import OFFICE, Shelf
from reportgen.batch.tally import Tally
from reportgen.findings import Place
from reportgen.outputs import digest
from reportgen.outputs.run_findings import finding_blocks, write_run_results
from reportgen.outputs.run_trace import write_run_trace
from reportgen.outputs.trace import Source
from reportgen.version import VERSION

MANIFEST, RESULTS, TRACE = "manifest.json", "检查结果.xlsx", "数据来源底稿.trace.xlsx"
WHOLE = -1
"""The place in the journal under which the files of the whole run are known."""
_TRACED, _FOUND = "批量数据来源底稿", "批量检查结果"
_EDITED = frozenset({"F104", "F105"})
"""What is told of documents with people's own work in them: nobody shall delete those."""
_STALE = (
    "这是上次写出的文件，这次没有写（没有通过、不在名单里，或没有要这种格式），内容可能是旧的。"
)


class Papers:
    """The papers of one run; they are made of the journal's lines, which hold everything.

    ``left`` are documents of earlier runs that still lie in the folder, when they are written.
    """

    def __init__(
        self, batch: Batch, journal: Journal, shelf: Shelf, tally: Tally, formats: Sequence[str]
    ) -> None:
        self._batch, self._journal = batch, journal
        self._shelf, self._tally = shelf, tally
        self._formats = formats
        self.left: Sequence[str] = ()
        self._current: set[str] = set()
        self._edited: set[str] = set()

    def write(self) -> None:
        """Write them all; what can't be written is told, the others don't suffer."""
        self._count()
        files = self._summary()
        self._report_stale(files)
        papers = {TRACE: self._write_trace} if self._batch.kind.is_traced else {}
        papers |= {RESULTS: self._write_results}
        for name, write in papers.items():
            made = self._shelf.paper(name, write, self._batch.findings)
            if made is not None:
                files[f"{OFFICE}/{name}"] = made
        self._journal.add([(Outcome(WHOLE, "", Status.DONE), "", files)])
        self._shelf.record(MANIFEST, partial(self._write_manifest, files))

    def _projects(self) -> Iterator[Record]:
        return (record for record in self._journal.records() if record["序"] != WHOLE)

    def _count(self) -> None:
        """Take in how every project ended, those of earlier runs too, and its files."""
        for record in self._projects():
            self._current.update(record["文件"])
            self._tally.add(record["项目"], Status(record["状态"]), record["明细"])
            for found in record["明细"]:
                self._tally.count(record["项目"], found)
                if found["代码"] in _EDITED:
                    self._edited.add(found["位置"])
        if self._batch.secret:
            self._tally.statuses[Status.SECRET] = len(self._batch.secret)

    def _report_stale(self, files: Collection[str]) -> None:
        """Files of earlier runs that no project of this one has: someone might publish them."""
        self.left = self._shelf.left(self._current.union(files))
        for name in self.left:
            if name not in self._edited:
                self._batch.findings.warning("F132", Place(name), _STALE, "请核对后删去。")

    def _write_manifest(self, files: Mapping[str, str], path: Path) -> None:
        """A project at a time: a run may have tens of thousands."""
        batch = self._batch
        head = {
            "程序版本": VERSION,
            "生成时间": datetime.now(UTC).isoformat(timespec="seconds"),
            **batch.head,
            "输入": {path.name: _digest(path) for path in batch.sources},
            "合计": {str(status): n for status, n in self._tally.statuses.items()},
            "文件": dict(files),
            "检查": [told(finding) for finding in batch.findings.sorted()],
        }
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}"))
            file.write(',\n  "项目": [')
            for number, entry in enumerate(self._entries()):
                file.write(",\n    " if number else "\n    ")
                file.write(json.dumps(entry, ensure_ascii=False))
            file.write("\n  ]\n}\n")

    def _entries(self) -> Iterator[dict[str, Any]]:
        """What the manifest says of each project; of secret ones it has but the names."""
        for record in self._projects():
            yield {**record, "序": record["序"] + 1}
        for index, name in self._batch.secret.items():
            yield {"序": index + 1, "项目": name, "状态": str(Status.SECRET)}

    def _write_trace(self, path: Path) -> None:
        """The numbers of all documents, and the cells they come from."""
        with path.open("wb") as file:
            write_run_trace(
                file, _TRACED, self._journal.traces(), self._sources(), self._findings()
            )

    def _sources(self) -> Iterator[Source]:
        yield from map(Source.of, self._batch.public_sources)
        template = self._batch.head.get("模板")
        if template:
            yield Source(f"模板 {template['名称']}", template["sha256"])
        yield Source("程序版本", VERSION)

    def _write_results(self, path: Path) -> None:
        """Everything that was found, first of the whole, then project by project."""
        with path.open("wb") as file:
            write_run_results(file, _FOUND, self._findings())

    def _summary(self) -> dict[str, str]:
        """The files about all documents together."""
        files: dict[str, str] = {}
        for name, content in self._batch.summary(self._journal, self._formats).items():
            made = self._shelf.put({name: content}, self._batch.findings)
            files |= made or {}
        return files

    def _findings(self) -> Iterator[bytes]:
        """Blocks of all that was found: of the whole as it is known now, then by project."""
        yield from finding_blocks(map(told, self._batch.findings.sorted()))
        yield from self._found

    @cached_property
    def _found(self) -> Sequence[bytes]:
        """Blocks of what was found in projects: it stands in the trace and in the results."""
        if not self._tally.severities:
            return ()
        found = (
            {"项目": record["项目"], **found}
            for record in self._projects()
            for found in record["明细"]
        )
        return list(finding_blocks(found))


def _digest(path: Path) -> str:
    """The sha256 of an input; '' where it is gone."""
    if path.is_file():
        return digest(path.read_bytes())
    return ""
