"""The press beside the plain docxtpl loop: same template, same context, autoescape on."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.parsers import expat

import docx
import pytest
from docxtpl import DocxTemplate

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate
from reportgen.checks.document.numerals import Allowed
from reportgen.findings import Place
from reportgen.language import Page
from reportgen.narrative import Wording
from reportgen.packing.deflate import zlib_deflate
from reportgen.render.word.press import WordTemplate

pytestmark = pytest.mark.speed
Compare = Callable[..., float]
WORDING = Wording()
TEXT = "落实人才新政，吸引高层次人才来本市工作，按时兑现奖补资金。"


def table(rows: list[list[str]]) -> str:
    """A table as XML, one text a cell."""
    grid = "<w:tblGrid>" + '<w:gridCol w:w="900"/>' * len(rows[-1]) + "</w:tblGrid>"
    cell = (
        '<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p>'
        '<w:pPr><w:jc w:val="right"/><w:rPr><w:sz w:val="18"/></w:rPr></w:pPr><w:r><w:rPr>'
        '<w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="18"/></w:rPr>'
        '<w:t xml:space="preserve">{}</w:t></w:r></w:p></w:tc>'
    )
    body = "".join("<w:tr>" + "".join(map(cell.format, row)) + "</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{grid}{body}</w:tbl><w:p/>'


def looped(name: str, columns: int) -> list[list[str]]:
    """Three rows: the loop's start, one row of tags, its end."""
    blank = [""] * (columns - 1)
    tags = [f"{{{{ r.c{number} }}}}" for number in range(columns)]
    return [[f"{{%tr for r in {name} %}}", *blank], tags, ["{%tr endfor %}", *blank]]


def file(body: str, tmp: Path, name: str) -> Path:
    """A Word file with this body."""
    document = docx.Document()
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp / name
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "word/document.xml":
                data = data.decode().replace("<w:body>", f"<w:body>{body}", 1).encode()
            target.writestr(info, data, zipfile.ZIP_DEFLATED)
    return path


def record(columns: int, number: int) -> dict[str, str]:
    return {f"c{column}": f"{number * 37 + column}.{column:02}" for column in range(columns)}


def form(tmp: Path) -> tuple[Path, dict[str, Any]]:
    """A self-evaluation form with 10 indicators."""
    fixed = [
        [f"{{{{ f{row * 8 + c} }}}}" if c % 2 else f"栏{c}" for c in range(8)] for row in range(8)
    ]
    texts = "".join(f"<w:p><w:r><w:t>{{{{ t{n} }}}}</w:t></w:r></w:p>" for n in range(8))
    body = table(fixed) + table(looped("rows", 8)) + texts
    context: dict[str, Any] = {f"f{number}": f"值{number}" for number in range(64)}
    context |= {f"t{number}": TEXT * 4 for number in range(8)}
    context["rows"] = [record(8, number) for number in range(10)]
    return file(body, tmp, "form.docx"), context


def big(tmp: Path) -> tuple[Path, dict[str, Any]]:
    """A disclosure: ten looped tables of 60 rows and 12 columns."""
    body = "".join(table(looped(f"t{number}", 12)) for number in range(10))
    context = {f"t{number}": [record(12, row) for row in range(60)] for number in range(10)}
    return file(body, tmp, "big.docx"), context


def static(tmp: Path) -> tuple[Path, dict[str, Any]]:
    """The same tables with every row drawn and a tag in every cell."""
    body = ""
    context: dict[str, Any] = {}
    for number in range(10):
        rows = [[f"{{{{ v{number}_{r}_{c} }}}}" for c in range(12)] for r in range(60)]
        body += table(rows)
        context |= {f"v{number}_{r}_{c}": f"{r}.{c:02}" for r in range(60) for c in range(12)}
    return file(body, tmp, "static.docx"), context


def press(word: WordTemplate, context: dict[str, Any]) -> bytes:
    content = word.render(context, {}, WORDING, Page(Place("")))
    assert content is not None
    return content


GATE, ALLOWED = WordGate(), Allowed(2022, ["栏#"])


def gated(word: WordTemplate, context: dict[str, Any]) -> None:
    """A form rendered, and read back."""
    page = Page(Place(""))
    pressed = word.press(context, {}, WORDING, page)
    assert pressed is not None
    expected = Expected(page.citations, ALLOWED)
    assert not GATE.read_back("表.docx", pressed, expected)


def plain(path: Path, context: dict[str, Any]) -> bytes:
    template = DocxTemplate(path)
    template.render(context, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def test_form(tmp_path: Path, compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    path, context = form(tmp_path)
    word = WordTemplate(path)
    floor = "docxtpl, open, render, save"
    with monkeypatch.context() as patch:
        patch.setattr("reportgen.render.word.package.deflate", lambda: zlib_deflate)
        slow = compare(
            "form, zlib", lambda: press(word, context), floor, lambda: plain(path, context)
        )
    fast = compare("form", lambda: press(word, context), floor, lambda: plain(path, context))
    content = press(word, context)

    def fast_form() -> bytes:
        return press(word, context)

    compare(
        "parse check of a form", lambda: _parse(content), "form", lambda: press(word, context), 21
    )
    checked = compare("form and document gate", lambda: gated(word, context), "form", fast_form, 21)
    assert checked < 15
    assert slow < 1 / 60
    assert fast < 1 / 100


def _parse(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                expat.ParserCreate().Parse(archive.read(name), True)


def test_big(tmp_path: Path, compare: Compare) -> None:
    path, context = big(tmp_path)
    word = WordTemplate(path)
    ratio = compare(
        "disclosure, ten looped tables",
        lambda: press(word, context),
        "docxtpl, open, render, save",
        lambda: plain(path, context),
        5,
    )
    assert ratio < 1 / 60


def test_static(tmp_path: Path, compare: Compare) -> None:
    path, context = static(tmp_path)
    word = WordTemplate(path)
    theirs = "docxtpl, every cell tagged"
    compiled = compare(
        "compile, every cell tagged",
        lambda: WordTemplate(path).parts,
        theirs,
        lambda: plain(path, context),
        1,
    )
    rendered = compare(
        "render, every cell tagged",
        lambda: press(word, context),
        theirs,
        lambda: plain(path, context),
        1,
    )
    assert compiled < 1 / 15
    assert rendered < 1 / 400


def test_docxtemplater(tmp_path: Path, compare: Compare) -> None:
    """Against docxtemplater with its compiled template reused."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no node")
    path, context = form(tmp_path)
    word = WordTemplate(path)
    done = subprocess.run(
        ["npm", "install", "--silent", "docxtemplater", "pizzip"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("docxtemplater can't be fetched here")
    theirs = _for_docxtemplater(path, tmp_path)
    (tmp_path / "context.json").write_text(json.dumps(context), encoding="utf-8")
    script = tmp_path / "run.js"
    script.write_text(_SCRIPT, encoding="utf-8")
    shown = subprocess.run(
        ["node", str(script), str(theirs)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    seconds = float(shown.stdout) / 1000
    ratio = compare(
        "form",
        lambda: press(word, context),
        "docxtemplater, compiled",
        lambda: time.sleep(seconds),
        9,
    )
    assert ratio < 1 / 8


def _for_docxtemplater(path: Path, tmp: Path) -> Path:
    """The same form in docxtemplater's own tags."""
    target = tmp / "theirs.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                text = text.replace("{%tr for r in rows %}", "").replace("{%tr endfor %}", "")
                text = text.replace("{{ r.c0 }}", "{#rows}{c0}").replace(
                    "{{ r.c7 }}", "{c7}{/rows}"
                )
                for number in range(8):
                    text = text.replace(f"{{{{ r.c{number} }}}}", f"{{c{number}}}")
                data = text.replace("{{ ", "{").replace(" }}", "}").encode()
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return target


_SCRIPT = """
const fs = require('fs'), PizZip = require('pizzip'), Docx = require('docxtemplater');
const data = fs.readFileSync(process.argv[2]);
const context = JSON.parse(fs.readFileSync('context.json'));
const template = new Docx(new PizZip(data), {paragraphLoop: true, linebreaks: true});
const times = [];
for (let i = 0; i < 60; i++) {
  const start = performance.now();
  template.rendered = false;  // or it refuses a second time
  template.render(context);
  template.getZip().generate({type: 'nodebuffer', compression: 'DEFLATE'});
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
console.log(times[30]);
"""


def test_memory_is_flat(tmp_path: Path) -> None:
    """Peak memory of 10,000 renders is at most 1.1 times that of 1,000."""
    path, context = form(tmp_path)
    (tmp_path / "context.json").write_text(json.dumps(context), encoding="utf-8")
    peaks = [_peak(path, tmp_path / "context.json", count) for count in (1_000, 10_000)]
    assert peaks[1] <= 1.1 * peaks[0]


def _peak(path: Path, context: Path, count: int) -> int:
    code = (
        "import json,resource,sys;from pathlib import Path;"
        "from reportgen.render.word.press import WordTemplate;"
        "from reportgen.narrative import Wording;from reportgen.language import Page;"
        "from reportgen.findings import Place;"
        "w=WordTemplate(Path(sys.argv[1]));c=json.loads(Path(sys.argv[2]).read_text());o=Wording();"
        "[w.render(c,{},o,Page(Place(''))) and None for _ in range(int(sys.argv[3]))];"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, str(path), str(context), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)
