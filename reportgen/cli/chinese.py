"""typer's own words in Chinese: headings of the help, and messages about usage."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_MESSAGES = (
    (re.compile(r"No such option: (?P<name>\S+).*"), "没有“{name}”这个选项。"),
    (re.compile(r"No such command '(?P<name>[^']*)'.*", re.DOTALL), "没有“{name}”这个命令。"),
    (re.compile(r"Missing parameter: (?P<name>.*)", re.DOTALL), "缺少参数 {name}。"),
    (
        re.compile(
            r"(?P<name>.*?)(?:Value error, )?'(?P<why>.*)' is not one of (?P<list>.*?)[.]?",
            re.DOTALL,
        ),
        "“{why}”不在可选范围内：{list}。",
    ),
    (re.compile(r"Missing argument '?(?P<name>[^'.]*)'?\..*", re.DOTALL), "缺少参数 {name}。"),
    (re.compile(r"Missing option '?(?P<name>[^'.]*)'?\..*", re.DOTALL), "缺少选项 {name}。"),
    (re.compile(r"Missing command\."), "缺少命令。"),
    (
        re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)"),
        "多余的参数：{name}。",
    ),
    (re.compile(r"Option '(?P<name>[^']*)' requires an argument\."), "选项 {name} 后面缺少值。"),
    (re.compile(r"Input should be greater than or equal to (?P<least>\S+)"), "不能小于{least}。"),
    (re.compile(r"Input should be less than or equal to (?P<most>\S+)"), "不能大于{most}。"),
    (re.compile(r"Input should be a valid integer.*"), "要写整数。"),
    (
        re.compile(r"Invalid value for (?P<name>.*?): (?P<why>.*)", re.DOTALL),
        "{name} 的值不对：{why}",
    ),
)
_HEADINGS = (
    (re.compile(r"^Usage:", re.MULTILINE), "用法："),
    (re.compile(r"^Options:", re.MULTILINE), "选项："),
    (re.compile(r"^Commands:", re.MULTILINE), "命令："),
    (re.compile(r"^Arguments:", re.MULTILINE), "参数："),
    (re.compile(r"\[required\]"), "［必填］"),
    (re.compile(r"\[default: ([^\]]*)\]"), r"［默认：\1］"),
    (re.compile(r"Show this message and exit\."), "显示帮助后退出。"),
)


def usage_message(text: str) -> str:
    """A usage error of typer in Chinese; an unknown one as it is.

    >>> usage_message("No such option: --foo")
    '没有“--foo”这个选项。'
    >>> usage_message("Missing argument 'FOLDER'.")
    '缺少参数 FOLDER。'
    >>> usage_message("Input should be greater than or equal to 1949")
    '不能小于1949。'
    """
    for pattern, chinese in _MESSAGES:
        match = pattern.fullmatch(text)
        if match:
            return chinese.format_map(match.groupdict())
    return text


def option_of(error: Exception) -> str:
    """The option whose value a usage error is about, as people write it; '' for another error."""
    if not isinstance(error, typer.BadParameter) or not str(error.message):
        return ""
    names = getattr(error.param, "opts", [])
    return next((name for name in reversed(names) if name.startswith("-")), "")


def _translate(text: str) -> str:
    for pattern, chinese in _HEADINGS:
        text = pattern.sub(chinese, text)
    return text


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text with Chinese headings."""
        return _translate(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text with Chinese headings."""
        return _translate(super().get_help(ctx))
