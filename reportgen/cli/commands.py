"""What the commands do: prepare, show findings, write, return an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from reportgen.bundle import available, load_bundle, search_path
from reportgen.bundle.search import find
from reportgen.checks.word import check_word_template
from reportgen.cli.show import show_findings
from reportgen.errors import UsageError
from reportgen.findings import Findings
from reportgen.narrative import narrative_environment
from reportgen.outputs import write_all
from reportgen.pipeline import Gate, Job, Prepared, prepare
from reportgen.pipeline.fields import field_lists, template_names
from reportgen.pipeline.prepare import template_environment

OK, FOUND = 0, 1


def _prepared(folder: Path, templates: Path | None, gate: Gate = Gate.NARRATIVE) -> Prepared:
    if folder.is_file():
        raise UsageError(f"“{folder}”是文件，请给它所在的文件夹。")
    if not folder.is_dir():
        raise UsageError(f"找不到文件夹“{folder}”。")
    if templates is not None and not templates.is_dir():
        raise UsageError(f"找不到模板文件夹“{templates}”。")
    return prepare(Job(folder, templates), gate, layouts=("report.md",))


def check_folder(
    folder: Path, *, document: Path | None = None, templates: Path | None, colour: bool
) -> int:
    """Show every finding of a report folder, and of a document that was edited by hand."""
    if document is not None and not document.is_file():
        raise UsageError(f"找不到文件“{document}”。")
    prepared = _prepared(folder, templates)
    if document is not None:
        # the press imports docxtpl; check does without it
        from reportgen.pipeline.compare import compare_document

        compare_document(prepared, document)
    show_findings(prepared.judged, colour=colour)
    return FOUND if prepared.judged.has_errors else OK


def render_folder(
    folder: Path,
    out: Path,
    formats: Sequence[str],
    *,
    templates: Path | None,
    overwrite: bool,
    discard_edits: bool,
    allow_errors: bool,
    colour: bool,
) -> int:
    """Render a report folder; errors stop the write unless they are allowed."""
    prepared = _prepared(folder, templates)
    stopped = prepared.page is None or (prepared.judged.has_errors and not allow_errors)
    written: list[Path] = []
    remarks: tuple[str, ...] = ()
    if not stopped:
        # the press imports docxtpl; check and preview do without it
        from reportgen.pipeline.publish import compose, publish

        publication = compose(prepared, formats, allow_errors=allow_errors)
        remarks = publication.remarks
        if publication.files:
            written = publish(
                prepared, publication, out, overwrite=overwrite, discard_edits=discard_edits
            )
    show_findings(prepared.judged, colour=colour)
    for path in written:
        typer.echo(f"已写入 {path}")
    for remark in remarks if written else ():
        typer.echo(remark)
    if not written:
        typer.echo("没有写入任何文件。", err=True)
    return FOUND if prepared.judged.has_errors else OK


def preview_folder(
    folder: Path, out: Path | None, *, templates: Path | None, overwrite: bool, colour: bool
) -> int:
    """Show a report as Markdown; what is not filled in yet is marked in place."""
    from reportgen.preview import markdown_preview

    prepared = _prepared(folder, templates)
    text = markdown_preview(prepared)
    if text and out:
        if write_all({out: text.encode("utf-8")}, prepared.findings, overwrite=overwrite):
            typer.echo(f"已写入 {out}")
    elif text:
        _print_markdown(text, colour=colour)
    show_findings(prepared.judged, colour=colour)
    return FOUND if prepared.judged.has_errors else OK


def _print_markdown(text: str, *, colour: bool) -> None:
    if not sys.stdout.isatty():
        typer.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(no_color=not colour).print(Markdown(text))


def list_templates(templates: Path | None) -> int:
    """List the bundles that can be used."""
    findings = Findings()
    folders = search_path(templates)
    for name, _ in available(folders):
        bundle = load_bundle(name, folders, findings)
        if bundle is not None and not bundle.settings.abstract:
            typer.echo(f"{name}  {bundle.settings.title}")
    show_findings(findings, colour=True) if len(findings) else None
    return FOUND if findings.has_errors else OK


def scaffold_template(
    name: str, out: Path | None, *, templates: Path | None, overwrite: bool
) -> int:
    """Draw report.docx for a bundle."""
    findings = Findings()
    folders = search_path(templates)
    bundle = load_bundle(name, folders, findings)
    folder = find(name, folders)
    if bundle is not None and folder is not None:
        from reportgen.render.scaffold import draw

        target = out or folder / "report.docx"
        content = draw(bundle.profiles, bundle.settings.sections)
        if write_all({target: content}, findings, overwrite=overwrite):
            typer.echo(f"已写入 {target}")
    if len(findings):
        show_findings(findings, colour=True)
    return FOUND if findings.has_errors else OK


def lint_template(file: Path, name: str | None, *, templates: Path | None, colour: bool) -> int:
    """Check a Word template by itself, or against the names of a bundle."""
    if not file.is_file():
        raise UsageError(f"找不到文件“{file}”。")
    findings = Findings()
    bundle = load_bundle(name, search_path(templates), findings) if name else None
    environment = template_environment(bundle) if bundle else narrative_environment()
    names = {**template_names(bundle), "目录": ""} if bundle else None
    check_word_template(file, environment, names, findings)
    if not findings.has_errors:
        from reportgen.render.word.lint import compare_with_docxtpl

        compare_with_docxtpl(file, findings)
    show_findings(findings, colour=colour)
    return FOUND if findings.has_errors else OK


def list_fields(name: str, *, templates: Path | None) -> int:
    """List the names, filters and tests that the templates of a bundle may use."""
    findings = Findings()
    bundle = load_bundle(name, search_path(templates), findings)
    if bundle is not None:
        for title, lines in field_lists(bundle):
            typer.echo(title)
            for line in lines:
                typer.echo(f"  {line}")
    if len(findings):
        show_findings(findings, colour=True)
    return FOUND if findings.has_errors else OK
