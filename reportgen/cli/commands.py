"""What the commands do: prepare, show findings, write, return an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from reportgen.bundle import Bundle, available, load_bundle, search_path
from reportgen.bundle.search import find
from reportgen.checks.completeness.layout import Printed
from reportgen.checks.word import check_word_template
from reportgen.cli.options import Form
from reportgen.cli.output import Output
from reportgen.cli.show import show_findings
from reportgen.errors import UsageError
from reportgen.findings import Findings, nearest
from reportgen.model import plain
from reportgen.model.profile import table_names
from reportgen.narrative import narrative_environment
from reportgen.outputs import Result, write_all
from reportgen.pipeline.fields import field_lists, template_names
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.layouts import template_environment
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.proof import prove_layout
from reportgen.pipeline.removed import note_removed
from reportgen.pipeline.uses import note_dropped, table_uses

OK, FOUND = 0, 1


def _prepared(folder: Path, templates: Path | None, gate: Gate = Gate.NARRATIVE) -> Prepared:
    if folder.is_file():
        raise UsageError(f"“{folder}”是文件，请给它所在的文件夹。")
    if not folder.is_dir():
        raise UsageError(f"找不到文件夹“{folder}”。")
    if templates is not None and not templates.is_dir():
        raise UsageError(f"找不到模板文件夹“{templates}”。")
    return prepare(Job(folder, templates), gate, layouts=("report.md",))


def _result(prepared: Prepared) -> Result:
    """What was found, with what its formats need."""
    rules = prepared.bundle.reconciliations if prepared.bundle else ()
    return Result(
        prepared.judged,
        titles={rule.code: rule.title for rule in rules},
        waivers=prepared.waivers,
        roots=(prepared.job.folder, *search_path(prepared.job.templates)),
    )


def _accept(output: Output, prepared: Prepared) -> None:
    """UsageError where the options of the output don't fit this report."""
    if prepared.bundle is not None:
        output.check_codes([rule.code for rule in prepared.bundle.reconciliations])
    output.keep_inputs(prepared.inputs)


def check_folder(
    folder: Path,
    *,
    templates: Path | None,
    output: Output,
    reasons: bool = False,
    document: Path | None = None,
) -> int:
    """Show every finding of a report folder, and of a ``document`` that was edited by hand.

    With ``reasons`` 原因.xlsx is brought up to date first.
    """
    if document is not None and not document.is_file():
        raise UsageError(f"找不到文件“{document}”。")
    prepared = _prepared(folder, templates)
    _accept(output, prepared)
    if reasons:
        prepared = _with_reasons(prepared, aside=_is_aside(output))
    if document is not None:
        # the press imports docxtpl; check does without it
        from reportgen.pipeline.compare import compare_document

        compare_document(prepared, document)
    return output.deliver(_result(prepared))


def _is_aside(output: Output) -> bool:
    """Whether remarks go to stderr: stdout holds the array of findings alone."""
    return output.form is Form.JSON and output.file is None


def _with_reasons(prepared: Prepared, *, aside: bool) -> Prepared:
    """Write 原因.xlsx; what is reported then is the folder as it is after that."""
    from reportgen.pipeline.reasons import write_reasons

    outcome = write_reasons(prepared)
    if outcome is None:
        typer.echo("没有写入原因表。", err=True)
        return prepared
    if outcome.is_written:
        typer.echo(f"已写入 {outcome.path}", err=aside)
        prepared = _prepared(prepared.job.folder, prepared.job.templates)
    for remark in outcome.remarks:
        typer.echo(remark, err=aside)
    return prepared


def render_folder(
    folder: Path,
    out: Path,
    formats: Sequence[str],
    *,
    templates: Path | None,
    overwrite: bool,
    discard_edits: bool,
    allow_errors: bool,
    output: Output,
    annotated: bool = False,
) -> int:
    """Render a report folder; what makes the command fail stops the write unless allowed."""
    if annotated and "docx" not in formats:
        raise UsageError("批注写在 Word 文件里，请加 -f docx，或去掉 --annotate。")
    prepared = _prepared(folder, templates)
    _accept(output, prepared)
    stopped = prepared.page is None or (output.fails(prepared.judged) and not allow_errors)
    written: list[Path] = []
    remarks: tuple[str, ...] = ()
    if not stopped:
        # the press imports docxtpl; check and preview do without it
        from reportgen.pipeline.publish import compose, publish

        publication = compose(prepared, formats, allow_errors=allow_errors)
        remarks = publication.remarks
        if publication.files:
            written = publish(
                prepared,
                publication,
                out,
                overwrite=overwrite,
                discard_edits=discard_edits,
                annotated=annotated,
            )
    code = output.deliver(_result(prepared), err=True)
    aside = _is_aside(output)
    for line in (*(f"已写入 {path}" for path in written), *(remarks if written else ())):
        typer.echo(line, err=aside)
    if not written:
        typer.echo("没有写入任何文件。", err=True)
    return code


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
    return Output(colour=colour).deliver(_result(prepared), err=True)


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
    show_findings(findings, colour=True, roots=folders) if len(findings) else None
    return FOUND if findings.has_errors else OK


def scaffold_template(
    name: str, out: Path | None, *, templates: Path | None, overwrite: bool
) -> int:
    """Draw report.docx for a bundle."""
    findings = Findings()
    folders = search_path(templates)
    bundle = load_bundle(name, folders, findings)
    folder = find(name, folders)
    if bundle is not None and bundle.settings.subject == "项目":
        raise UsageError(f"“{bundle.name}”是自评表的模板，版面请照别省的 report.docx 改，不用画。")
    if bundle is not None and folder is not None:
        from reportgen.render.scaffold import draw

        target = out or folder / "report.docx"
        settings = bundle.settings
        content = draw(
            bundle.profiles,
            settings.sections,
            settings.tables_heading,
            settings.table_caption,
            after=bundle.tables_after,
            titles_only=settings.printed != "全部",
        )
        if write_all({target: content}, findings, overwrite=overwrite):
            typer.echo(f"已写入 {target}")
    if len(findings):
        show_findings(findings, colour=True, roots=folders)
    return FOUND if findings.has_errors else OK


def lint_template(file: Path, name: str | None, *, templates: Path | None, output: Output) -> int:
    """Check a Word template by itself, or against the names of a bundle."""
    if not file.is_file():
        raise UsageError(f"找不到文件“{file}”。")
    output.keep_inputs([file])
    findings = Findings()
    bundle = load_bundle(name, search_path(templates), findings) if name else None
    output.check_codes([rule.code for rule in bundle.reconciliations] if bundle else [])
    environment = template_environment(bundle) if bundle else narrative_environment()
    names = {**template_names(bundle, file.name), "目录": ""} if bundle else None
    printed = Printed()
    check_word_template(file, environment, names, findings, printed)
    if bundle:
        note_removed(bundle, findings)
        note_dropped(bundle, findings)
    if bundle and not findings.has_errors:
        prove_layout(bundle, environment, "report.docx", findings, printed)
    if not findings.has_errors:
        from reportgen.render.word.lint import compare_with_docxtpl

        compare_with_docxtpl(file, findings)
    return output.deliver(Result(findings, roots=search_path(templates)))


def _known_table(bundle: Bundle, name: str) -> str:
    """A table by its name, its number or its title."""
    names = [one.name for one in bundle.profiles]
    found = name if name in names else table_names(bundle.profiles).get(plain(name))
    if found is None:
        hint = nearest(name, names) or f"可写：{'、'.join(names)}。"
        raise UsageError(f"模板“{bundle.name}”没有“{name}”这张表。{hint}")
    return found


def list_fields(name: str, table: str, *, templates: Path | None) -> int:
    """List the names, filters and tests that the templates of a bundle may use.

    Of a ``table`` the list is of what names it.
    """
    findings = Findings()
    folders = search_path(templates)
    bundle = load_bundle(name, folders, findings)
    if bundle is not None:
        lists = table_uses(bundle, _known_table(bundle, table)) if table else field_lists(bundle)
        for title, lines in lists:
            typer.echo(title)
            for line in lines:
                typer.echo(f"  {line}")
    if len(findings):
        show_findings(findings, colour=True, roots=folders)
    return FOUND if findings.has_errors else OK
