"""Small pieces of WordprocessingML as text; every value is escaped here."""

from __future__ import annotations

import re

from reportgen.language.printable import check_printable, printable
from reportgen.render.word.tabs import TAB
from reportgen.sources.texts import UNPRINTABLE

is_special = re.compile(f"[&<>\n\t\r{UNPRINTABLE}]").search
"""Whether a text holds what can't stand in XML as it is."""
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def escape_text(text: str) -> str:
    """Escape a value inside ``w:t``; line ends and tabs become breaks and tabs.

    Raises UnprintableError for what no XML may hold.

    >>> escape_text("A&B<5%")
    'A&amp;B&lt;5%'
    """
    if not is_special(text):
        return text
    check_printable(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(lines).replace("\n", _BREAK).replace("\t", _TAB)


def escape(text: str) -> str:
    """Escape what XML has a use for; xml.sax.saxutils imports all of urllib for this.

    >>> escape("A&B<5%>")
    'A&amp;B&lt;5%&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_value(text: str) -> str:
    """Escape a value of a template; its tabs are put in runs when the part is finished."""
    return escape_text(text.replace("\t", TAB)) if "\t" in text else escape_text(text)


def escape_property(text: str) -> str:
    """Escape a value inside a document property, where nothing but text may stand."""
    check_printable(text)
    return escape(text)


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """A run of text; what no XML may hold is left out.

    >>> run("甲<乙", bold=True)
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">甲&lt;乙</w:t></w:r>'
    """
    properties = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{escape_text(printable(text))}</w:t></w:r>'


def paragraph(runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of ready-made runs in a style (by its id)."""
    named = f'<w:pStyle w:val="{escape(style)}"/>' if style else ""
    both = named + properties
    return f"<w:p>{f'<w:pPr>{both}</w:pPr>' if both else ''}{runs}</w:p>"
