"""A sandboxed Jinja environment in which only our names and filters exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from types import CodeType
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.findings import Findings, nearest
from reportgen.language.awaited import Awaited
from reportgen.language.citations import PAGE, Page
from reportgen.language.compiler import COMPOSED, CountingGenerator, keep_composed
from reportgen.language.equality import EQUALITY_TESTS, compared
from reportgen.language.firsts import FIRSTS
from reportgen.language.limits import CALL, SHORT, bounded_range, made, spend, tick
from reportgen.language.location import current_line, report_bare
from reportgen.language.marks import CLOSE, QUOTE, strip
from reportgen.language.operators import (
    BOUNDED_FILTERS,
    OPERATORS,
    Notes,
    Typed,
    calculated,
    is_callable,
    joined,
)
from reportgen.language.printable import UnprintableError, cleaned
from reportgen.language.questions import Question
from reportgen.language.unknown import Unknown
from reportgen.model import BUDGET, BUDGETS, Absent, Blank, Figure, Reason, Row

_TAG = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)", re.DOTALL)  # in linear time
_PIECE = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|[，（）｜：]", re.DOTALL)
_NARROW = str.maketrans("，（）｜：", ",()|:")
_TRIMMED = re.compile(r"^(.*)(?<![-+])%\}(?=\n[ \t]*(?:\n|\Z))", re.MULTILINE)
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_OPAQUE = (LoopContext, Notes, BlockReference)
KEPT_FILTERS = ("default", "first", "join", "last", "length", "list", "reverse", "slice", "trim")
_KEPT_TESTS = ("defined", "undefined", "none", "string", "sameas", "even", "odd")


class Safe(str):
    """Text that is already in the target's language and must not be escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """Strict, sandboxed, with ``escape`` applied to every text that is printed.

    Objects are reached only through their ``lookup`` method and plain maps and lists
    through brackets; no attribute of a Python object is reachable, only our own functions
    are called, and all that a template makes is paid for (limits.py).
    """

    code_generator_class = CountingGenerator
    intercepted_binops = frozenset(OPERATORS)
    tick = staticmethod(tick)
    made = staticmethod(made)
    joined = staticmethod(joined)
    compared = staticmethod(compared)
    typed = Typed

    def __init__(self, escape: Callable[[str], str], **options: Any) -> None:
        super().__init__(
            undefined=Unknown,
            finalize=finalizer(escape),
            keep_trailing_newline=True,
            trim_blocks=options.pop("trim_blocks", False),
            lstrip_blocks=options.pop("lstrip_blocks", False),
            cache_size=-1,
            **options,
        )
        kept = {name: self.filters[name] for name in KEPT_FILTERS}
        self.filters = {**kept, **FIRSTS, **BOUNDED_FILTERS}
        self.filters[COMPOSED] = Safe
        self.tests = {**{name: self.tests[name] for name in _KEPT_TESTS}, **EQUALITY_TESTS}
        self.globals = {"range": bounded_range, "namespace": Notes}

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Read full-width ，（）｜ and curly quotes inside tags as their ASCII forms.

        Where tags take their line's end with them, a paragraph still ends at an empty line.
        """
        source = _TAG.sub(_narrow, str(source))
        if self.trim_blocks:
            source = _TRIMMED.sub(_ended, source)
        return super().preprocess(source, name, filename)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute`` for template objects and maps, else an unknown name."""
        try:
            if type(obj) is dict:
                return obj[attribute]
            if hasattr(type(obj), "lookup"):
                return obj.lookup(attribute)
            if isinstance(obj, Mapping):
                return obj[attribute]
        except (KeyError, IndexError):
            return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, _OPAQUE) and not attribute.startswith("_"):
            return getattr(obj, attribute, self.undefined(obj=obj, name=attribute))
        return self.undefined(obj=obj, name=attribute)

    def budgeted(self, context: Context, obj: Any, attribute: str) -> Any:
        """``.预算`` or ``.预算原因``: of a figure, the budget that the report speaks of."""
        budget = context.get(BUDGET)
        if isinstance(obj, Figure | Absent | Row) and budget in BUDGETS:
            attribute = attribute.replace(BUDGET, budget)
        return self.getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]`` for tables, rows, maps and lists, else an unknown name."""
        if isinstance(obj, Unknown | Absent):
            return obj
        if isinstance(obj, str) or not hasattr(type(obj), "__getitem__"):
            return self.undefined(obj=obj, name=str(argument))
        try:
            return obj[argument]
        except (KeyError, IndexError, TypeError):
            return self.undefined(obj=obj, name=_shown(argument))

    def call(self, context: Context, function: Any, *arguments: Any, **options: Any) -> Any:
        """Call a function of ours; what an unknown one returns is unknown too."""
        if isinstance(function, Unknown):
            return function
        if not is_callable(function):
            raise TypeError("模板里不能这样调用，只能用 templates fields 列出的函数")
        tick(0, CALL)
        result = super().call(context, function, *arguments, **options)
        return Safe(result) if isinstance(function, Macro | BlockReference) else result

    def call_binop(self, _context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, measured before where the result could be too big."""
        return calculated(operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        with as_syntax_error(name):
            tree = super()._parse(source, name, filename)
            for node in tree.find_all(nodes.FromImport):
                node.with_context = True  # sentences of another file speak of the same figures
        return tree

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        with as_syntax_error(name):
            keep_composed(source)
            return super()._generate(source, name, filename, defer_init)

    def _compile(self, source: str, filename: str) -> CodeType:
        with as_syntax_error(None):
            return super()._compile(source, filename)


@contextmanager
def as_syntax_error(name: str | None) -> Iterator[None]:
    """A template too deeply nested for Python's own compiler is a fault of the template."""
    try:
        yield
    except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
        message = "括号、标签或循环嵌套太深，或数字太长"
        raise TemplateSyntaxError(message, 1, name, name) from error


def _shown(argument: Any) -> str:
    if isinstance(argument, tuple):
        return "，".join(str(part) for part in argument)
    return str(argument)


def _narrow(match: re.Match[str]) -> str:
    return _PIECE.sub(_narrow_piece, match.group())


def _ended(match: re.Match[str]) -> str:
    """A line before an empty one: it keeps its end if it holds more than statements."""
    line = match.group()
    return f"{match[1]}+%}}" if _STATEMENT.sub("", line).strip() else line


def _narrow_piece(match: re.Match[str]) -> str:
    piece = match.group()
    if piece[0] in "\"'":
        return piece
    if piece[0] == "“":
        return f'"{piece[1:-1]}"'
    return piece.translate(_NARROW)


def finalizer(escape: Callable[[str], str]) -> Callable[[Context, Any], Any]:
    """Return what every printed value passes: texts escaped, bare figures refused."""

    @pass_context
    def finalize(context: Context, value: Any) -> Any:
        if type(value) is not str:
            if isinstance(value, int) and not isinstance(value, bool):
                return f"{QUOTE}{int.__int__(value)}{CLOSE}"
            if type(value) is Typed:
                return strip(escape(str.__str__(value)))
            value = _text(context, value)
            if isinstance(value, Safe):
                return value
        try:
            text = escape(value)
        except UnprintableError:
            page: Page = context[PAGE]
            text = escape(cleaned(value, current_line(page.place), page.findings))
        if len(text) > SHORT:
            spend(len(text))
        return text

    return finalize


def _text(context: Context, value: Any) -> str:
    """A value that is no plain text as one: Safe stays, dates are written, the rest explained."""
    if isinstance(value, Safe):
        spend(len(value))
        return value
    if isinstance(value, Reason | Blank):
        return _asked(context, value)
    if isinstance(value, str):
        if isinstance(value, Awaited):
            page: Page = context[PAGE]
            page.awaited.setdefault(value.name, current_line(page.place))
        return str.__str__(value)
    if isinstance(value, date) and value == value:  # noqa: PLR0124 - not so for pandas' NaT
        return written_date(value)
    if type(value) is Undefined:  # {{ 甲 if 乙 }} without an else
        return ""
    return explain(context, value)


def _asked(context: Context, value: Reason | Blank) -> str:
    """A reason that a template prints without the filter is a question as well."""
    reason = value if isinstance(value, Reason) else value.asked
    text = str.__str__(value) if isinstance(value, Reason) else explain(context, value)
    question = Question.of(reason) if reason is not None else None
    page: Page = context[PAGE]
    return page.questions.ask(question, text) if question else text


def written_date(day: date) -> str:
    """A date as documents have it; a time only where there is one.

    >>> written_date(date(2024, 1, 5)), written_date(datetime(2024, 1, 5, 9, 5))
    ('2024年1月5日', '2024年1月5日9时5分')
    """
    text = f"{day.year}年{day.month}月{day.day}日"
    if isinstance(day, datetime) and (day.hour or day.minute):
        text += f"{day.hour}时{day.minute}分"
    return text


def explain(context: Context, value: Any) -> str:
    """Record why a value can't be printed and return what stands in its place."""
    page: Page = context[PAGE]
    if isinstance(value, Blank):
        value.report(page.findings, page.place)
        return str(value)
    if isinstance(value, Unknown) and value.is_nothing:
        hint = "请在补充数据或项目中补填。"
        place = current_line(page.place)
        which = f"“{value.list_name}”" if value.list_name else ""
        page.findings.error("N102", place, f"这里要用的清单{which}没有数据。", hint)
        return str(value)
    if isinstance(value, Unknown):
        known = names_of(value.owner) if value.owner is not None else tuple(context.get_all())
        hint = nearest(value.name, known)
        if not _is_reported(value, page.findings):
            message = f"未知的名称“{value.name}”。"
            place = current_line(page.place)
            page.findings.error("T101", place, message, hint or "请用 templates fields 查名称。")
        return str(value)
    if isinstance(value, Figure | Absent):
        report_bare(value.name, current_line(page.place), page.findings)
        return f"【没有格式：{value.name}】"
    kind = kind_of(value)
    place = current_line(page.place)
    page.findings.error("T103", place, f"模板直接输出了一个{kind}。", "请加格式过滤器。")
    return f"【没有格式：{kind}】"


def kind_of(value: object) -> str:
    """What a value that can't be printed is called."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return "空值"
    if isinstance(value, bool):
        return "是非值"
    if isinstance(value, Decimal | float):
        return "数字"
    return "列表" if isinstance(value, list | tuple | Mapping | range) else "对象"


def _is_reported(value: Unknown, findings: Findings) -> bool:
    """Whether the template gate has named this name already."""
    return any(f.code == "T101" and f"“{value.name}”" in f.message for f in findings)


def names_of(value: object) -> tuple[str, ...]:
    """The names that a template object answers to, for hints."""
    names = getattr(value, "names", None)
    if names is not None and not isinstance(value, Mapping):
        return tuple(names())
    return tuple(str(key) for key in value) if isinstance(value, Mapping) else ()


def compile_source(environment: Environment, source: str, name: str) -> Any:
    """Compile a template from its source under a name that errors will show."""
    code = environment.compile(source, name=name, filename=name)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))
