"""Laws: what holds for every number, figure, text and name."""

from __future__ import annotations

import re
import string
from decimal import Decimal
from pathlib import PurePosixPath, PureWindowsPath

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from reportgen.findings import Place
from reportgen.language.marks import mark, read, strip
from reportgen.model import Absent, Figure, Kind, Value, Verdict, agree, half_up, total
from reportgen.narrative import Wording, escape_markdown
from reportgen.narrative.numerals import numeral, percent
from reportgen.narrative.phrases import SCALES, amount
from reportgen.narrative.wording import AmountStyle
from reportgen.outputs import safe_name
from reportgen.render.word.xml import escape_property, escape_text
from reportgen.sources.numerals import parse_number

settings.register_profile("laws", deadline=None, derandomize=True)
settings.load_profile("laws")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

numbers = st.decimals(min_value=-(10**13), max_value=10**13, places=6)
cents = st.integers(min_value=-(10**14), max_value=10**14).map(lambda n: Decimal(n).scaleb(-2))
places = st.integers(min_value=0, max_value=6)


def half(digits: int) -> Decimal:
    """Half a unit of the last place."""
    return Decimal(5).scaleb(-digits - 1)


def back(text: str) -> Decimal:
    value = parse_number(text)
    assert value is not None, f"{text!r} 读不回来"
    return value


# Number → text → number -------------------------------------------------------------------


@given(numbers, places, st.booleans(), st.booleans())
def test_a_numeral_reads_back_within_half_a_unit(
    value: Decimal, digits: int, grouping: bool, trim: bool
) -> None:
    text = numeral(value, digits, grouping=grouping, trim=trim)
    assert abs(back(text) - value) <= half(digits)
    assert back(text) == half_up(value, digits)
    assert text != "-0"
    assert not re.fullmatch(r"-0(\.0*)?", text)


@given(numbers, places)
def test_a_numeral_has_its_decimals_and_groups_of_three(value: Decimal, digits: int) -> None:
    text = numeral(value, digits)
    whole, _, decimals = text.lstrip("-").partition(".")
    assert len(decimals) == digits
    assert re.fullmatch(r"\d{1,3}(,\d{3})*", whole)
    assert numeral(value, digits, grouping=False) == text.replace(",", "")


@given(numbers, places)
def test_trimming_drops_zeros_of_the_decimals_only(value: Decimal, digits: int) -> None:
    full, trimmed = numeral(value, digits), numeral(value, digits, trim=True)
    assert back(trimmed) == back(full)
    assert not ("." in trimmed and trimmed.endswith(("0", ".")))
    assert full.startswith(trimmed)
    assert set(full.removeprefix(trimmed)) <= set("0.")


@given(st.integers(min_value=-(10**15), max_value=10**15), st.integers(0, 4))
def test_a_tie_goes_away_from_zero(count: int, digits: int) -> None:
    tie = Decimal(count * 10 + (5 if count >= 0 else -5)).scaleb(-digits - 1)
    assert abs(half_up(tie, digits)) == abs(tie) + half(digits)
    assert back(numeral(tie, digits)) == half_up(tie, digits)


@given(st.decimals(min_value=-1000, max_value=1000, places=10), st.integers(0, 4), st.booleans())
def test_a_percentage_reads_back_within_half_a_unit(
    ratio: Decimal, digits: int, trim: bool
) -> None:
    text = percent(ratio, digits, trim=trim)
    assert text.endswith("%")
    assert abs(back(text) - ratio) <= half(digits + 2)


@given(cents, st.sampled_from(["元", "万元", "亿元"]), places, st.booleans(), st.booleans())
def test_an_amount_reads_back_in_its_unit(
    value: Decimal, unit: str, digits: int, grouping: bool, trim: bool
) -> None:
    options = {"单位": unit, "小数": digits, "千分位": grouping, "去零": trim}
    text = amount(Figure("", value), AmountStyle.model_validate(options))
    assert text.endswith(unit)
    read_back = back(text.removesuffix(unit)) * SCALES[unit]
    assert abs(read_back - value) <= half(digits) * SCALES[unit]


@given(st.text(max_size=12))
def test_reading_a_number_never_fails_and_never_guesses(text: str) -> None:
    value = parse_number(text)
    assert value is None or value.is_finite()
    if value is not None:
        assert any(character.isnumeric() for character in text)


# Agreement --------------------------------------------------------------------------------


def figures(value: Decimal, digits: int | None) -> Figure:
    """A figure stated to so many decimals, or exact."""
    return Figure("", value, slack=Decimal(0) if digits is None else half(digits))


stated = st.builds(figures, cents, st.none() | st.integers(-4, 4))


@given(stated, stated)
def test_agreement_is_symmetric(left: Figure, right: Figure) -> None:
    assert agree(left, right) is agree(right, left)


@given(stated)
def test_a_figure_agrees_with_itself(one: Figure) -> None:
    assert agree(one, one) is Verdict.EQUAL


@given(st.lists(cents, min_size=1, max_size=12), st.integers(-4, 1))
def test_a_correctly_rounded_sum_is_never_called_different(
    exact: list[Decimal], digits: int
) -> None:
    parts = [figures(half_up(value, digits), digits) for value in exact]
    whole = figures(half_up(sum(exact, Decimal(0)), digits), digits)
    added = total(parts, "和")
    assert isinstance(added, Figure)
    assert agree(whole, added) is not Verdict.DIFFERENT
    assert agree(added, whole) is not Verdict.DIFFERENT


@given(cents, cents)
def test_exact_figures_agree_only_when_equal(left: Decimal, right: Decimal) -> None:
    verdict = agree(Figure("", left), Figure("", right))
    assert verdict is (Verdict.EQUAL if left == right else Verdict.DIFFERENT)


@given(cents, st.integers(-2, 4), st.integers(3, 100))
def test_beyond_the_rounding_of_both_is_different(value: Decimal, digits: int, steps: int) -> None:
    other = value + half(digits) * steps
    assert agree(figures(value, digits), figures(other, digits)) is Verdict.DIFFERENT


# Lineage ----------------------------------------------------------------------------------


def sourced(number: int, value: Decimal) -> Figure:
    address = f"{string.ascii_uppercase[number % 26]}{number + 1}"
    place = Place.cell("决算表.xlsx", "公开01表", address)
    before = Figure(f"f{number}的上年", value / 2, places=(Place.cell("上年.xlsx", "1", address),))
    return Figure(f"f{number}", value, places=(place,)).related(上年=before)


operations = st.lists(st.tuples(st.sampled_from("+-*/"), cents), max_size=8)


@given(cents, operations)
def test_arithmetic_loses_no_source(first: Decimal, following: list[tuple[str, Decimal]]) -> None:
    result: Value = sourced(0, first)
    used = [result]
    for number, (sign, value) in enumerate(following, start=1):
        operand = sourced(number, value)
        applied: dict[str, Value] = {
            "+": result + operand,
            "-": result - operand,
            "*": result * operand,
            "/": result / operand,
        }
        result = applied[sign]
        used.append(operand)
        if isinstance(result, Absent):
            assert sign == "/"
            assert value == 0
            return
    assert isinstance(result, Figure)
    expected = [place for figure in used if isinstance(figure, Figure) for place in figure.places]
    assert list(result.places) == expected


@given(cents, cents, cents)
def test_the_last_year_of_a_sum_is_the_sum_of_last_years(
    a: Decimal, b: Decimal, c: Decimal
) -> None:
    result = sourced(0, a) + sourced(1, b) - sourced(2, c)
    assert isinstance(result, Figure)
    before = result.lookup("上年")
    assert isinstance(before, Figure)
    assert before.value == a / 2 + b / 2 - c / 2
    assert [place.address for place in before.places] == ["A1", "B2", "C3"]


@given(st.lists(cents, max_size=10))
def test_adding_is_exact(values: list[Decimal]) -> None:
    added = total([Figure("", value) for value in values], "和")
    assert isinstance(added, Figure)
    assert added.value == sum(values, Decimal(0))


# Texts ------------------------------------------------------------------------------------

PRIVATE = {chr(code) for code in range(0xE000, 0xF900)}
lines = st.text(
    st.one_of(
        st.sampled_from("*_`~[]()<>&|\\#+-=!.:/{}0123456789 \"'"),
        st.sampled_from("收入支出决算（类），。；“”《》％"),
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"]),
    ),
    max_size=40,
)


def normal(text: str) -> list[str]:
    """Blanks around lines, and empty lines around the text, are layout: not kept."""
    return [line.strip() for line in text.strip("\n").split("\n")]


@given(lines)
def test_an_escaped_line_parses_back_to_the_same_text(text: str) -> None:
    assert shown(f"前文{escape_markdown(text)}后文") == f"前文{text.strip()}后文"


@given(lines)
def test_an_escaped_line_alone_is_a_paragraph(text: str) -> None:
    assert shown(escape_markdown(text)) == text.strip()


@given(lines, lines)
def test_escaped_lines_stay_lines(first: str, second: str) -> None:
    text = f"{first.strip() or '甲'}\n{second.strip() or '乙'}"
    assert shown(escape_markdown(text)).split("\n") == normal(text)


@given(lines)
def test_an_escaped_cell_is_one_cell(text: str) -> None:
    content = f"| 甲 | 乙 |\n|---|---|\n| {escape_markdown(' '.join(text.split()))} | 尾 |\n"
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(content)
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert "".join(child.content for child in cells[2].children or []) == " ".join(text.split())


def shown(markdown: str) -> str:
    """The plain text of a Markdown document that must be one paragraph."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    if not tokens:
        return ""
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special", "hardbreak"}, children
    return "".join("\n" if child.type == "hardbreak" else child.content for child in children)


xml_text = st.text(
    st.one_of(
        st.sampled_from("&<>\"'\n\t]]>;#"),
        st.characters(exclude_categories=["Cc", "Cs", "Co"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=40,
)


@given(xml_text)
def test_an_escaped_text_parses_back_through_lxml(text: str) -> None:
    xml = f'<w:r xmlns:w="{W}"><w:t xml:space="preserve">{escape_text(text)}</w:t></w:r>'
    run = etree.fromstring(xml)
    said = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    assert not any(set(child.text or "") & set("\n\t") for child in run)
    assert "".join(said.get(str(child.tag), child.text or "") for child in run) == text


@given(xml_text)
def test_an_escaped_property_parses_back_through_lxml(text: str) -> None:
    element = etree.fromstring(f"<title>{escape_property(text)}</title>")
    assert (element.text or "") == text


# Marks ------------------------------------------------------------------------------------

unmarked = st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=20)


@given(st.integers(min_value=0, max_value=10**9), unmarked)
def test_marks_go_without_a_trace(number: int, text: str) -> None:
    assert strip(mark(number, text)) == text
    assert read(mark(number, text))[0] == text


@given(st.lists(st.tuples(unmarked, st.integers(0, 10**6), unmarked), max_size=6))
def test_marks_say_where_each_citation_stands(pieces: list[tuple[str, int, str]]) -> None:
    text = "".join(before + mark(number, inside) for before, number, inside in pieces)
    stripped, spans = read(text)
    assert stripped == strip(text) == "".join(before + inside for before, _, inside in pieces)
    assert [(span.number, stripped[span.start : span.end]) for span in spans] == [
        (number, inside) for _, number, inside in pieces
    ]


@given(unmarked, st.integers(0, 99), st.integers(0, 99))
def test_marks_inside_marks(text: str, outer: int, inner: int) -> None:
    stripped, spans = read(mark(outer, "甲" + mark(inner, text) + "乙"))
    assert stripped == f"甲{text}乙"
    assert [(span.number, span.start, span.end) for span in spans] == [
        (inner, 1, 1 + len(text)),
        (outer, 0, 2 + len(text)),
    ]


# File names -------------------------------------------------------------------------------


@given(
    st.text(max_size=120) | st.sampled_from(["CON", "nul.txt", "..", ".", "a/b", "C:\\x", "com¹"])
)
def test_a_safe_name_is_one_segment_everywhere(text: str) -> None:
    name = safe_name(text)
    assert name
    assert name not in (".", "..")
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert not PureWindowsPath(name).drive
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(ord(character) < 32 or ord(character) == 127 for character in name)
    assert not name.endswith((" ", "."))
    assert len(name.encode("utf-8")) <= 180


@given(st.text(max_size=120) | st.text("Co Nn.m1¹/", max_size=8))
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


def test_the_wording_has_a_default_for_every_setting() -> None:
    assert Wording().amounts("万元").unit == "万元"
    assert Figure("", Decimal(1), Kind.COUNT).kind is Kind.COUNT
