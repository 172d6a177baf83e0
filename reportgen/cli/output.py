"""Findings on their way out: chosen, counted, in the form that was asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

import typer

from reportgen.cli.forms import concise
from reportgen.cli.options import Form
from reportgen.cli.show import (
    pointer,
    show_json,
    show_text,
    statistics,
    summary,
    texts,
)
from reportgen.errors import UsageError
from reportgen.findings import CODES, Findings, Selection, Severity, codes_in, nearest_code
from reportgen.outputs import Result, json_bytes, results_workbook, write_all

OK, FOUND = 0, 1
_BY_SUFFIX = {".json": Form.JSON, ".xlsx": Form.XLSX}


@dataclass(frozen=True)
class Output:
    """How findings are shown and judged; the same for every command that checks."""

    form: Form = Form.FULL
    file: Path | None = None
    overwrite: bool = False
    selection: Selection = field(default_factory=Selection)
    statistics: bool = False
    strict: bool = False
    colour: bool = True

    @classmethod
    def of(
        cls,
        form: Form | None,
        file: Path | None,
        *,
        select: Collection[str] = (),
        ignore: Collection[str] = (),
        **switches: bool,
    ) -> Output:
        """Options as given; without a form the ending of the file says which.

        Raises UsageError where form and file don't go together.
        """
        if file is not None and not file.name:
            raise UsageError("--output-file 后面请写文件名。")
        suffix = file.suffix.lower() if file else ""
        chosen = form or _BY_SUFFIX.get(suffix, Form.FULL)
        if chosen is Form.XLSX and file is None:
            raise UsageError("--output-format xlsx 要与 --output-file 文件名.xlsx 一起用。")
        if (chosen is Form.XLSX) != (suffix == ".xlsx") and file is not None:
            raise UsageError(f"{chosen} 格式不能写入“{file.name}”，请改文件名的后缀。")
        selection = Selection(codes_in(select), codes_in(ignore))
        return cls(chosen, file, selection=selection, **switches)

    def fails(self, findings: Findings) -> bool:
        """Whether findings make the command fail: errors, and warnings where it is strict."""
        warned = self.strict and findings.count(Severity.WARNING) > 0
        return findings.has_errors or warned

    def check_codes(self, rules: Collection[str]) -> None:
        """UsageError where a chosen code is neither the program's nor one of the rules'."""
        known = [*CODES, *rules]
        unknown = self.selection.unknown(known)
        if unknown:
            raise UsageError(f"没有代码或代码开头“{unknown}”。{_near(unknown, known)}")

    def keep_inputs(self, inputs: Collection[Path]) -> None:
        """UsageError where the file to be written is one that is read."""
        file = self.file.resolve() if self.file else None
        if file is not None and file in {path.resolve() for path in inputs}:
            raise UsageError(f"“{file.name}”是输入文件，请换一个输出文件名。")

    def deliver(self, result: Result, *, err: bool = False) -> int:
        """Show the chosen findings and return the exit code; ``err`` keeps stdout for others."""
        shown = replace(result, findings=self.selection.of(result.findings))
        hidden = Findings(f for f in result.findings if not self.selection.shows(f))
        written = self._write(shown) if self.file else self._print(shown, err=err)
        if self.statistics:
            for line in statistics(shown):
                typer.echo(line, err=True)
        typer.echo(summary(shown.findings, hidden), err=True)
        more = pointer(shown.findings) if self.form is Form.FULL and not self.file else ""
        typer.echo(more, err=True) if more else None
        return FOUND if self.fails(shown.findings) or not written else OK

    def _print(self, result: Result, *, err: bool) -> bool:
        if self.form is Form.JSON:
            show_json(result)
        else:
            show_text(result, self.form, colour=self.colour, err=err)
        return True

    def _write(self, result: Result) -> bool:
        """Write the file, or say why not."""
        assert self.file
        faults = Findings()
        done = write_all({self.file: self._content(result)}, faults, overwrite=self.overwrite)
        for fault in faults:
            typer.echo(concise(fault), err=True)
        if done:
            typer.echo(f"已写入 {self.file}", err=True)
        return done

    def _content(self, result: Result) -> bytes:
        if self.form is Form.XLSX:
            return results_workbook(result)
        if self.form is Form.JSON:
            return json_bytes(result)
        return "".join(f"{text}\n" for text in texts(result, self.form)).encode("utf-8", "replace")


def _near(word: str, known: Collection[str]) -> str:
    """The nearest code to a whole one; the openings there are for a shorter word."""
    if len(word) < len(min(known)):
        return f"可用的开头：{'、'.join(sorted({code[:2] for code in known}))}。"
    return f"{nearest_code(word, known)}用 reportgen explain 列出全部代码。"
