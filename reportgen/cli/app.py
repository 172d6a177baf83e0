"""The commands and their options."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportgen.cli.batch_options import (
    AllowErrors,
    BatchOut,
    BatchOverwrite,
    DiscardEdits,
    DryRun,
    FormTemplate,
    Jobs,
    Resume,
    RetryFailed,
    Scheduler,
    Source,
    Unit,
    Year,
)
from reportgen.cli.chinese import ChineseCommand, ChineseGroup, option_of, usage_message
from reportgen.cli.console import ready_console
from reportgen.cli.options import (
    Colour,
    Folder,
    Form,
    Ignore,
    OutputFile,
    OutputFormat,
    OverwriteResult,
    Select,
    Statistics,
    Strict,
    TemplateName,
    Templates,
)
from reportgen.errors import ReportgenError
from reportgen.version import VERSION

if TYPE_CHECKING:
    from reportgen.cli.output import Output

OK, FOUND, USAGE, INTERRUPTED = 0, 1, 2, 130
_TYPER_ERROR: type[Exception] = typer.BadParameter.__mro__[2]  # the root of typer's errors

app = typer.Typer(
    name="reportgen",
    cls=ChineseGroup,
    help="由数据、表格和模板生成部门决算公开和绩效自评文件。\n\n"
    "退出码：0 没有错误；1 有错误级的问题；2 用法或设置不对。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
templates_app = typer.Typer(
    cls=ChineseGroup, help="列出模板；生成 Word 版面。", rich_markup_mode=None
)
app.add_typer(templates_app, name="templates")


class Format(StrEnum):
    """A document format."""

    DOCX = "docx"
    MD = "md"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reportgen {VERSION}")
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """由数据、表格和模板生成部门决算公开和绩效自评文件。

    退出码：0 没有错误；1 有错误级的问题；2 用法或设置不对。
    """


def _output(form: Form | None, file: Path | None, **options: Any) -> Output:
    """The options of the output; what they need is imported where a command runs."""
    from reportgen.cli.output import Output

    return Output.of(form, file, **options)


@app.command(cls=ChineseCommand)
def init(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="模板名称，如 reportgen templates 所列。")
    ] = "",
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="要新建的报告文件夹；已有的须是空的。")
    ] = None,
    templates: Templates = None,
) -> None:
    """新建报告文件夹：report.yaml、空白的决算表、补充数据、项目和文字.md，供填写。"""
    from reportgen.cli.start import init_folder

    raise typer.Exit(init_folder(name, folder, templates=templates))


@app.command(cls=ChineseCommand)
def render(
    folder: Folder,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="输出文件夹。")] = Path(
        "out"
    ),
    formats: Annotated[
        list[Format] | None, typer.Option("-f", "--format", help="输出格式，可写多个。")
    ] = None,
    templates: Templates = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="覆盖已有的输出文件。")] = False,
    discard_edits: Annotated[
        bool,
        typer.Option("--discard-edits", help="与 --overwrite 同用：手工改过的文件也覆盖。"),
    ] = False,
    allow_errors: Annotated[
        bool, typer.Option("--allow-errors", help="有错误也输出（只供内部核对）。")
    ] = False,
    output_format: OutputFormat = None,
    output_file: OutputFile = None,
    statistics: Statistics = False,
    strict: Strict = False,
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate", help="另写一份带批注的 Word 文件，注明每个数的来源（只供内部核对）。"
        ),
    ] = False,
    color: Colour = True,
) -> None:
    """生成文件：Word 和 Markdown；数据来源底稿写在“内部”文件夹里。"""
    from reportgen.cli.commands import render_folder

    endings = [str(item) for item in formats or (Format.DOCX, Format.MD)]
    code = render_folder(
        folder,
        out,
        endings,
        templates=templates,
        overwrite=overwrite,
        discard_edits=discard_edits,
        allow_errors=allow_errors,
        annotated=annotate,
        output=_output(
            output_format,
            output_file,
            overwrite=overwrite,
            statistics=statistics,
            strict=strict,
            colour=color,
        ),
    )
    raise typer.Exit(code)


@app.command(cls=ChineseCommand)
def preview(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="写入这个文件。")
    ] = None,
    templates: Templates = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="覆盖已有的文件。")] = False,
    color: Colour = True,
) -> None:
    """预览：以 Markdown 显示全文，没有填写的地方标出来。"""
    from reportgen.cli.commands import preview_folder

    raise typer.Exit(
        preview_folder(folder, out, templates=templates, overwrite=overwrite, colour=color)
    )


@app.command(cls=ChineseCommand)
def check(
    folder: Folder,
    reasons: Annotated[
        bool, typer.Option("--reasons", help="写出或更新原因.xlsx，填好的内容保留。")
    ] = False,
    document: Annotated[
        Path | None,
        typer.Option(
            "--document", metavar="FILE", help="核对手工改过的定稿（.docx 或 .md）与数据。"
        ),
    ] = None,
    templates: Templates = None,
    output_format: OutputFormat = None,
    output_file: OutputFile = None,
    overwrite: OverwriteResult = False,
    select: Select = None,
    ignore: Ignore = None,
    statistics: Statistics = False,
    strict: Strict = False,
    color: Colour = True,
) -> None:
    """检查：列出数据、文字和模板的全部问题；不加 --reasons 时不改任何输入。"""
    from reportgen.cli.commands import check_folder

    output = _output(
        output_format,
        output_file,
        select=select or (),
        ignore=ignore or (),
        overwrite=overwrite,
        statistics=statistics,
        strict=strict,
        colour=color,
    )
    code = check_folder(
        folder, templates=templates, output=output, reasons=reasons, document=document
    )
    raise typer.Exit(code)


@app.command(cls=ChineseCommand)
def batch(
    source: Source,
    template: FormTemplate = "",
    out: BatchOut = Path("out"),
    formats: Annotated[
        list[Format] | None,
        typer.Option("-f", "--format", help="输出格式，默认 docx；两种都要，写 -f docx -f md。"),
    ] = None,
    year: Year = None,
    unit: Unit = "",
    jobs: Jobs = None,
    scheduler: Scheduler = "",
    resume: Resume = False,
    retry_failed: RetryFailed = False,
    templates: Templates = None,
    overwrite: BatchOverwrite = False,
    discard_edits: DiscardEdits = False,
    allow_errors: AllowErrors = False,
    dry_run: DryRun = False,
    strict: Strict = False,
    color: Colour = True,
) -> None:
    """批量：每个项目一张自评表，另写汇总表；一个项目有错，不影响其他项目。"""
    import os

    from reportgen.batch.setup import Order
    from reportgen.cli.batch import run_order

    order = Order(
        source=source,
        template=template,
        out=out,
        templates=templates,
        year=year,
        unit=unit,
        formats=tuple(dict.fromkeys(str(item) for item in formats or (Format.DOCX,))),
        jobs=jobs or os.cpu_count() or 1,
        scheduler=scheduler,
        resume=resume,
        retry_failed=retry_failed,
        overwrite=overwrite,
        discard_edits=discard_edits,
        allow_errors=allow_errors,
        dry_run=dry_run,
    )
    raise typer.Exit(run_order(order, colour=color, strict=strict))


@app.command(cls=ChineseCommand)
def explain(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="代码，如 D302；写开头则列出这一类；不写则列出全部。"),
    ] = None,
    name: Annotated[
        str | None, typer.Option("-t", "--template", metavar="NAME", help="看这个模板的勾稽。")
    ] = None,
    templates: Templates = None,
) -> None:
    """说明一个代码：是什么，为什么重要，例子，怎样处理。"""
    from reportgen.cli.explain import explain_code

    raise typer.Exit(explain_code(code or "", name, templates=templates))


@templates_app.callback(invoke_without_command=True)
def templates_list(context: typer.Context, templates: Templates = None) -> None:
    """列出可用的模板。"""
    if context.invoked_subcommand is None:
        from reportgen.cli.commands import list_templates

        raise typer.Exit(list_templates(templates))


@templates_app.command(cls=ChineseCommand)
def scaffold(
    name: TemplateName,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="写到哪里；默认是模板的 report.docx。"),
    ] = None,
    templates: Templates = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="覆盖已有的文件。")] = False,
) -> None:
    """按 tables.yaml 和正文的章节画出 Word 版面。"""
    from reportgen.cli.commands import scaffold_template

    raise typer.Exit(scaffold_template(name, out, templates=templates, overwrite=overwrite))


@templates_app.command(cls=ChineseCommand)
def lint(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Word 模板（.docx）。")],
    name: Annotated[
        str | None, typer.Option("-t", "--template", metavar="NAME", help="用这个模板的名称核对。")
    ] = None,
    templates: Templates = None,
    output_format: OutputFormat = None,
    output_file: OutputFile = None,
    overwrite: OverwriteResult = False,
    select: Select = None,
    ignore: Ignore = None,
    statistics: Statistics = False,
    strict: Strict = False,
    color: Colour = True,
) -> None:
    """检查一个 Word 模板：标签、名称、过滤器，以及与 docxtpl 的读法是否一致。"""
    from reportgen.cli.commands import lint_template

    output = _output(
        output_format,
        output_file,
        select=select or (),
        ignore=ignore or (),
        overwrite=overwrite,
        statistics=statistics,
        strict=strict,
        colour=color,
    )
    raise typer.Exit(lint_template(file, name, templates=templates, output=output))


@templates_app.command(cls=ChineseCommand)
def fields(
    name: TemplateName,
    table: Annotated[
        str | None,
        typer.Option("--表", "--table", metavar="表05", help="只列用到这张表的派生、勾稽和正文。"),
    ] = None,
    templates: Templates = None,
) -> None:
    """列出模板里可用的名称、过滤器和判断。"""
    from reportgen.cli.commands import list_fields

    raise typer.Exit(list_fields(name, table or "", templates=templates))


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; nothing here ends in a traceback."""
    ready_console()
    try:
        result = app(args=list(arguments), prog_name="reportgen", standalone_mode=False)
    except KeyboardInterrupt:
        return INTERRUPTED
    except ReportgenError as error:
        typer.echo(f"错误 {error}", err=True)
        return USAGE
    except _TYPER_ERROR as error:
        text = usage_message(getattr(error, "message", "") or str(error))
        help_text = getattr(error, "ctx", None)
        if type(error).__name__ == "NoArgsIsHelpError" and help_text is not None:
            typer.echo(text)
            return USAGE
        option = option_of(error)
        text = f"{option}：{text}" if option else text
        ended = text if text.endswith("。") else f"{text}。"
        typer.echo(f"错误 {ended}用 reportgen --help 查看用法。", err=True)
        return USAGE
    return result if isinstance(result, int) else OK
