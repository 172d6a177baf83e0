"""Word and Markdown say the same: read back, and compared sentence by sentence, in order."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import docx
import pytest
from docx.table import Table
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose
from reportgen.render.word.pages import VARIABLE

EXAMPLE = Path(__file__).parent.parent / "examples" / "jincheng-2022"
PARTS = ("第一部分", "第二部分", "第三部分", "第四部分", "第五部分")
CAPTION = "表头行"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Block:
    """A heading (its level), a paragraph (level 0) or a table (its cells)."""

    level: int
    text: str = ""
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def sentences(self) -> list[str]:
        """The text cut after 。 and ；, without the blanks that layout needs."""
        joined = "".join(line.strip() for line in re.sub(r"[\t\u3000]", "", self.text).split("\n"))
        return [part for part in re.split("(?<=[。；])", joined) if part]


Documents = dict[str, bytes]


def compose_folder(folder: Path) -> Documents:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "")  # as without LibreOffice: the text is the same, and sooner
        files = compose(prepare(Job(folder)), ["md", "docx"]).files
    return {name.rpartition(".")[2]: content for name, content in files.items()}


@pytest.fixture(scope="module")
def documents() -> Documents:
    return compose_folder(EXAMPLE)


# Reading Markdown -------------------------------------------------------------------------


def markdown_blocks(content: bytes) -> Iterator[Block]:
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(content.decode())
    rows: list[list[str]] = []
    for token, following in pairwise([*tokens, Token("", "", 0)]):
        if token.type in ("heading_open", "paragraph_open"):
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            yield Block(level, inline(following))
        elif token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(inline(following))
        elif token.type == "table_close":
            yield Block(0, cells=tuple(map(tuple, rows)))
        else:
            assert token.type in ("inline", "hr") or token.type.endswith(
                ("_close", "head_open", "body_open")
            )


def inline(token: Token) -> str:
    breaks = {"softbreak": "", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())


# Reading Word -----------------------------------------------------------------------------


def word_blocks(content: bytes) -> Iterator[Block]:
    """From the first part's heading on; empty paragraphs only set things apart."""
    inside = False
    caption = ""
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            yield Block(0, cells=tuple(grid(block)))
            continue
        style = str(block.style.name) if block.style else ""
        level = int(style[-1]) if style.startswith("Heading") else 0
        inside = inside or (level == 1 and block.text.startswith(PARTS[0]))
        if style == CAPTION:  # number and unit line: one paragraph of Markdown
            caption += block.text
            if "单位：" not in block.text:
                continue
        if inside and block.text:
            yield Block(level, caption or block.text)
        caption = ""


def grid(table: Table) -> Iterator[tuple[str, ...]]:
    for row in table._tbl.tr_lst:
        cells: list[str] = []
        for cell in row.tc_lst:
            text = "" if cell.vMerge == "continue" else "\n".join(p.text for p in cell.p_lst)
            cells += [text, *[""] * (cell.grid_span - 1)]
        yield tuple(cells)


# Comparing --------------------------------------------------------------------------------


def part(blocks: Iterator[Block], name: str) -> list[Block]:
    found: list[Block] = []
    inside = False
    for block in blocks:
        if block.level == 1:
            inside = block.text.startswith(name)
        if inside:
            found.append(block)
    return found


def said(blocks: list[Block]) -> list[tuple[int, str]]:
    """Every sentence with the level of its block."""
    return [(block.level, sentence) for block in blocks for sentence in block.sentences]


@pytest.mark.parametrize("name", PARTS)
def test_every_sentence_is_in_both(name: str, documents: Documents) -> None:
    markdown = part(markdown_blocks(documents["md"]), name)
    word = part(word_blocks(documents["docx"]), name)
    assert len(said(markdown)) >= 10
    assert said(word) == said(markdown)


@pytest.mark.parametrize("name", PARTS)
def test_blocks_are_in_the_same_order(name: str, documents: Documents) -> None:
    def kinds(blocks: list[Block]) -> list[int | str]:
        """The tables of a form are one here: Word draws three, Markdown has six."""
        found = ["表" if block.cells else block.level for block in blocks]
        return [kind for kind, _ in groupby(found)] if name == PARTS[4] else found

    markdown = part(markdown_blocks(documents["md"]), name)
    assert kinds(part(word_blocks(documents["docx"]), name)) == kinds(markdown)


def tables(blocks: Iterator[Block]) -> list[tuple[tuple[str, ...], ...]]:
    return [block.cells for block in blocks if block.cells]


def test_every_table_has_the_same_rows(documents: Documents) -> None:
    markdown = tables(markdown_blocks(documents["md"]))
    word = tables(word_blocks(documents["docx"]))
    assert (len(word), len(markdown)) == (10 + 3 * 6, 10 + 6 * 6)
    for ours, theirs in zip(word[:10], markdown[:10], strict=True):
        body = theirs[1:]
        assert ours[len(ours) - len(body) :] == body
        lowest = list(zip(*ours[: len(ours) - len(body)], strict=True))
        for head, stacked in zip(theirs[0], lowest, strict=True):
            assert set(head.split("·")) & set(stacked), (head, stacked)


def test_forms_say_the_same(documents: Documents) -> None:
    """What a form's Markdown tables hold below their heads stands in its Word tables, in order."""
    markdown = tables(markdown_blocks(documents["md"]))[10:]
    word = tables(word_blocks(documents["docx"]))[10:]
    for number in range(6):
        said_there = [text for table in markdown[6 * number :][:6] for text in cells(table[1:])]
        drawn = iter([text for table in word[3 * number :][:3] for text in cells(table)])
        assert [text for text in said_there if text not in drawn] == []


def cells(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """What stands in the cells of rows, line by line and without blanks."""
    return [re.sub(r"\s", "", text) for row in rows for text in row if text]


def test_cover_has_the_markdown_title(documents: Documents) -> None:
    paragraphs = docx.Document(io.BytesIO(documents["docx"])).paragraphs
    title = next(markdown_blocks(documents["md"]))
    assert paragraphs[0].text + paragraphs[1].text == title.text
    assert title.level == 1


def test_contents_list_the_headings(documents: Documents) -> None:
    paragraphs = docx.Document(io.BytesIO(documents["docx"])).paragraphs
    entries = [
        (int(p.style.name[-1]), p.text.partition("\t")[0])
        for p in paragraphs
        if p.style and str(p.style.name).lower().startswith("toc")
    ]
    headings = [(b.level, b.text) for b in word_blocks(documents["docx"]) if 1 <= b.level <= 2]
    assert entries == headings
    assert len(entries) > 20


def test_no_run_of_text_is_lost_between_xml_and_python_docx(documents: Documents) -> None:
    """python-docx passes over text inside elements it doesn't know; lxml sees all of it."""
    with zipfile.ZipFile(io.BytesIO(documents["docx"])) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    every = "".join(node.text or "" for node in body.iter(f"{W}t"))
    document = docx.Document(io.BytesIO(documents["docx"]))
    read = "".join(
        "".join(cell for row in grid(block) for cell in row)
        if isinstance(block, Table)
        else block.text
        for block in document.iter_inner_content()
    )
    assert re.sub(r"\s", "", every) == re.sub(r"\s", "", read)


AWKWARD = (
    "A&B公司<b>不是标签</b>，&amp;也不是，“引号”'单'\"双\"",
    "*不是强调* _也不是_ **还不是** __仍不是__ ~~删除~~",
    "`代码` [链接](http://a.cn) ![图](x) <http://b.cn> | 竖线 | \\反斜线\\",
    "- 不是列表",
    "1. 不是编号",
    "2）也不是",
    "> 不是引用",
    "+ 不是列表",
    "---",
    "===",
    "{{ 收入总计 }} {% if x %} {# 注 #}",
    "~~~",
    "```",
    "    四个空格",
    "| 不 | 是 |",
    "完成率>90%，<=5%，3 < 4 > 2，#1号，第#2",
    "100%*3=300%",
    "结尾两个空格  ",
    "&#65;&copy;&unknown; &lt;",
    "https://example.com/a_b*c?d=1&e=2",
    "甲\\",
)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """The example with a text that Markdown and XML could misread."""
    folder = tmp_path_factory.mktemp("report") / "jincheng"
    shutil.copytree(EXAMPLE, folder)
    texts = (folder / "文字.md").read_text(encoding="utf-8")
    start = texts.index("（一）")
    end = texts.index("# 机构设置")
    lines = "\n".join(AWKWARD)
    (folder / "文字.md").write_text(texts[:start] + lines + "\n\n" + texts[end:], encoding="utf-8")
    return compose_folder(folder)


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_awkward_texts_are_printed_as_they_are(ending: str, awkward: Documents) -> None:
    blocks = markdown_blocks if ending == "md" else word_blocks
    first = part(blocks(awkward[ending]), PARTS[0])
    start = next(i for i, block in enumerate(first) if block.level == 2)
    end = next(i for i, block in enumerate(first) if i > start and block.level == 2)
    assert [block.text for block in first[start + 1 : end]] == [line.strip() for line in AWKWARD]


def test_awkward_texts_leave_the_rest_as_it_was(awkward: Documents, documents: Documents) -> None:
    for name in PARTS[1:]:
        assert part(word_blocks(awkward["docx"]), name) == part(
            word_blocks(documents["docx"]), name
        )
        assert part(markdown_blocks(awkward["md"]), name) == part(
            markdown_blocks(documents["md"]), name
        )
