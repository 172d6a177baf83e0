"""The forms of a narrative as body elements: those of another bundle's report.docx."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.findings import Place
from reportgen.language import Page, PlacedForm
from reportgen.language.location import FAILURES, report_failure
from reportgen.narrative.charts import CAPTIONS
from reportgen.narrative.forms import FormLayout
from reportgen.render.word import merge
from reportgen.render.word.part import Part
from reportgen.render.word.press import WordTemplate
from reportgen.render.word.sections import of_width
from reportgen.render.word.styles import Styles
from reportgen.sources.word_charts import BODY

_INSIDE = re.compile(r"<w:body>(.*)<w:sectPr\b", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_STYLE = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]*)(")')
_WIDTH = re.compile(r'(<w:(?:tblW|tcW|gridCol) w:w=")(\d+)(")')
_HEIGHT = re.compile(r'(<w:trHeight w:val=")(\d+)(")')
_OTHERS = re.compile(r' (?!w:|xml:|r:)\w+:\w+="[^"]*"(?=[^<>]*>)')
_FOREIGN = re.compile(r'<(?!/?w:)\w+:|\br:(?:id|embed|link)="')
_TITLES = ("title", "标题")
_TABLE = "<w:tbl>"
_OF_TEMPLATES = "T"  # findings of data were told where the narrative printed the form
_STANDS_OUT = 1134  # twips, a centimetre on each side
_LOW = 65  # hundredths of its least height that a row keeps: a page of a report has less room


@dataclass(frozen=True)
class FormBodies:
    """Draws the forms of one document; ``page`` is that of its narrative."""

    template: WordTemplate
    layout: FormLayout
    page: Page

    def body(self, number: int, styles: Styles) -> str | None:
        """A form in the styles of the document; ``None`` where it can't stand in another file.

        Its title is left out: the narrative has a heading for it.
        """
        part = next((part for part in self.template.parts if part.name == BODY), None)
        form = next((form for form in self.page.forms if form.number == number), None)
        if part is None or form is None:
            return None
        xml = self._printed(part, form)
        found = _INSIDE.search(xml) if xml else None
        if found is None:
            return None
        inside = _OTHERS.sub("", found[1])
        if _FOREIGN.search(inside):
            return None  # drawings and the like belong to the other file
        return self._fitted(self._untitled(inside), styles)

    def _printed(self, part: Part, form: PlacedForm) -> str:
        """The body of the form with all its marks; '' with a finding where a tag fails."""
        again = self.page.again(form)
        names = {**self.layout.names_of(form.project, again), CAPTIONS: {}, merge.STATES: {}}
        again.place = Place(self.template.name)
        try:
            xml = part.press(names).quoted().decode("utf-8")
        except FAILURES as error:
            report_failure(error, again.place, self.page.findings)
            return ""
        faults = (found for found in again.findings if found.code.startswith(_OF_TEMPLATES))
        self.page.findings.extend(faults)
        return xml

    def _untitled(self, inside: str) -> str:
        """What stands in the body, but for the title above the first table."""
        above, table, rest = inside.partition(_TABLE)
        title = self.template.styles.id(*_TITLES)
        kept = [p for p in _PARAGRAPH.findall(above) if f'w:pStyle w:val="{title}"' not in p]
        return "".join(kept) + table + rest

    def _fitted(self, inside: str, styles: Styles) -> str:
        """The form with the document's ids of styles, as wide as it may be there.

        A form has narrower margins than a report: its tables may stand out on both sides.
        """
        names = {key: name for name, key in self.template.styles.ids.items()}
        ids = _ids(names, styles)
        width = max(styles.width, self.template.styles.width - _STANDS_OUT)
        inside = _HEIGHT.sub(lambda m: f"{m[1]}{int(m[2]) * _LOW // 100}{m[3]}", inside)
        inside = _STYLE.sub(lambda m: f"{m[1]}{ids.get(m[2], m[2])}{m[3]}", inside)
        return _WIDTH.sub(lambda m: f"{m[1]}{of_width(int(m[2]), width)}{m[3]}", inside)


def _ids(names: Mapping[str, str], styles: Styles) -> dict[str, str]:
    """The ids of one file's styles beside those of the other; body text where it has none."""
    others: Sequence[str] = ("表格文字", "body text")
    return {key: styles.id(name, *others) for key, name in names.items()}
