"""Running text is set as Chinese: quotation marks of the Chinese font, stops at the foot."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from reportgen.render.scaffold import draw

LAYOUTS = sorted((Path(__file__).parents[2] / "templates").glob("*/*/report.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = ("heading 1", "heading 2", "heading 3", "Body Text", "toc 2")


@pytest.mark.parametrize("path", [*LAYOUTS, None], ids=lambda p: p.parent.name if p else "scaffold")
def test_styles_are_chinese(path: Path | None) -> None:
    content = path.read_bytes() if path else draw([], ["说明"], "", [])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        styles = etree.fromstring(parts.read("word/styles.xml"))
    for name in TEXTS:
        [style] = [s for s in styles.iter(f"{W}style") if named(s) == name.lower()]
        hints = [fonts.get(f"{W}hint") for fonts in style.iter(f"{W}rFonts")]
        languages = [language.get(f"{W}eastAsia") for language in style.iter(f"{W}lang")]
        assert (name, hints, languages) == (name, ["eastAsia"], ["zh-CN"])


def named(style: etree._Element) -> str:
    return "".join(name.get(f"{W}val", "") for name in style.iter(f"{W}name")).lower()
