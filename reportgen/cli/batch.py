"""`reportgen batch`: a run, and what is said of it on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import typer

from reportgen.batch import Order, Tally, run_batch
from reportgen.batch.progress import progress
from reportgen.batch.tally import RESULTS
from reportgen.bundle import search_path
from reportgen.cli.options import Form
from reportgen.cli.show import show_text
from reportgen.errors import UsageError
from reportgen.outputs import Result, one_line

OK, FOUND, INTERRUPTED = 0, 1, 130


def run_order(order: Order, *, colour: bool, strict: bool) -> int:
    """Carry out an order, say what came of it, and return the exit code."""
    _accept(order)
    try:
        tally = run_batch(order, partial(progress, wanted=colour))
    except KeyboardInterrupt:
        typer.echo("已停止。已写出的文件都是完整的；接着做，请加 --resume。", err=True)
        return INTERRUPTED
    _say(tally, order, colour=colour)
    return FOUND if tally.has_errors or (strict and tally.has_warnings) else OK


def _accept(order: Order) -> None:
    """UsageError where the command can't be acted on."""
    if not order.source.exists():
        raise UsageError(f"找不到“{order.source}”。")
    if order.templates is not None and not order.templates.is_dir():
        raise UsageError(f"找不到模板文件夹“{order.templates}”。")
    if order.out.exists() and not order.out.is_dir():
        raise UsageError(f"“{order.out}”是文件，请换一个输出文件夹。")
    if order.overwrite and order.resumes:
        raise UsageError("--overwrite 是全部重做，--resume 是接着做，请只写一个。")


def _say(tally: Tally, order: Order, *, colour: bool) -> None:
    """First what is wrong with the whole, then with projects, then the numbers."""
    roots = search_path(order.templates)
    if len(tally.findings):
        show_text(Result(tally.findings, roots=roots), Form.FULL, colour=colour, err=True)
    for project, found in tally.faults:
        typer.echo(_line(f"{tally.kind.word}“{project}”", found), err=True)
    if tally.unshown:
        typer.echo(f"另有{tally.unshown}项没有列出，见{RESULTS}。", err=True)
    if not tally.is_complete:
        stopped = (
            "没有做完；改正后加 --resume 接着做。" if tally.has_begun else "没有写入任何文件。"
        )
        typer.echo(stopped, err=True)
        return
    for line in (*tally.told, tally.said()):
        typer.echo(one_line(line))
    if order.dry_run:
        typer.echo("这是试运行，没有写入任何文件。", err=True)
        return
    papers = (
        "检查结果和底稿在" if tally.kind.is_traced else "检查结果在“内部”文件夹，底稿在各报告的"
    )
    typer.echo(f"已写入 {order.out}，{papers}“内部”文件夹。")


def _line(whose: str, found: Mapping[str, str]) -> str:
    """One line a fault, the place first."""
    head = f"{found['位置']}: {found['代码']} [{found['级别']}]"
    told = found["说明"] if whose in found["说明"] else f"{whose}：{found['说明']}"
    return one_line(f"{head} {told}{found['处理']}")
