"""From a prepared report through the document gate to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate, check_markdown
from reportgen.checks.document.numerals import Allowed
from reportgen.findings import Findings, Place
from reportgen.language.marks import strip
from reportgen.narrative.phrases import fill
from reportgen.outputs import manifest, record, safe_name, unchanged, write_all
from reportgen.pipeline.annex import form_drawing
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.layouts import LAYOUTS, template_environment
from reportgen.pipeline.overwrite import ORIGINALS, replaceable
from reportgen.pipeline.papers import working_papers
from reportgen.pipeline.publication import Publication
from reportgen.render.markdown import press_markdown
from reportgen.version import VERSION

if TYPE_CHECKING:  # the press is imported only where a Word file is made
    from reportgen.render.word.press import Pressed

OFFICE = "内部"
PAGES_FILLED = "目录页码已按 LibreOffice 的排版填入。"
PAGES_LEFT = "没有找到 LibreOffice，目录页码留待 Word 打开文件时更新。"


def compose(
    prepared: Prepared, formats: Sequence[str], *, allow_errors: bool = False
) -> Publication:
    """Render every format and pass it through the document gate; nothing is written.

    A document that fails stays out, the others don't suffer.
    """
    settings, bundle = prepared.settings, prepared.bundle
    assert settings
    assert bundle
    made = Publication(_name(prepared), {})
    if "docx" in formats:
        made = _with_word(prepared, made, allow_errors=allow_errors)
    if "md" in formats:
        made = _with_markdown(prepared, made, allow_errors=allow_errors)
    return made


def _with_word(prepared: Prepared, made: Publication, *, allow_errors: bool) -> Publication:
    """The publication with its Word file, unless that fails at the gate."""
    file, remarks, before = f"{made.name}.docx", list(made.remarks), Findings(prepared.findings)
    pressed = word(prepared, remarks)
    if pressed is None:
        return made
    found = WordGate().check(file, pressed.content, pressed.marked, expected(prepared))
    prepared.findings.extend(found)
    if _failed(prepared, before) and not allow_errors:
        return made
    files = {**made.files, file: pressed.content}
    return replace(made, files=files, remarks=tuple(remarks), pressed=pressed)


def _with_markdown(prepared: Prepared, made: Publication, *, allow_errors: bool) -> Publication:
    """The publication with its Markdown, unless that fails at the gate."""
    file, before = f"{made.name}.md", Findings(prepared.findings)
    marked = markdown(prepared)
    if marked is None:
        return made
    content = strip(marked).encode("utf-8")
    prepared.findings.extend(check_markdown(file, content, marked, expected(prepared)))
    if _failed(prepared, before) and not allow_errors:
        return made
    return replace(made, files={**made.files, file: content}, marked=marked)


def _failed(prepared: Prepared, before: Findings) -> bool:
    """Whether an error was found that was not known before."""
    known = set(before)
    new = Findings(finding for finding in prepared.findings if finding not in known)
    return new.waived(prepared.waivers).has_errors


def expected(prepared: Prepared) -> Expected:
    """What the gate holds a document of this report against."""
    settings, bundle, page = prepared.settings, prepared.bundle, prepared.page
    assert settings
    assert bundle
    assert page
    allowed = Allowed(settings.year, prepared.numerals)
    sections = {name: section.markdown for name, section in prepared.sections.items()}
    return Expected(page.citations, allowed, sections, page.charts)


def publish(
    prepared: Prepared,
    publication: Publication,
    folder: Path,
    *,
    overwrite: bool,
    annotated: bool = False,
    discard_edits: bool = False,
) -> list[Path]:
    """Write the documents, and for the office trace and manifest; return what was written.

    ``annotated`` adds a copy of the Word file with comments. Where a document was edited since
    it was written, nothing is written, unless ``discard_edits``: a new trace beside an old
    document would speak of other figures. A working paper that someone edited is kept.
    """
    bundle = prepared.bundle
    assert bundle
    office = folder / OFFICE
    documents = {folder / name: content for name, content in publication.files.items()}
    if overwrite and not discard_edits:
        free = replaceable(documents, office, prepared.findings)
        if len(free) < len(documents):
            return []
    if not documents:
        return []
    papers = working_papers(prepared, publication, office, annotated=annotated)
    made = record(
        version=VERSION,
        template=bundle.name,
        template_digest=prepared.template_digest,
        inputs=prepared.inputs,
        outputs={path.name: content for path, content in documents.items()},
        office=papers,
        findings=prepared.judged,
        figures=len(prepared.page.citations) if prepared.page else 0,
    )
    listing = office / "manifest.json"
    shown = documents | {office / name: content for name, content in papers.items()}
    own = unchanged(listing, publication.name, [office / name for name in papers])
    if overwrite and not discard_edits:
        for path in [office / name for name in papers]:
            if path.exists() and path not in own:
                _keep_paper(path, prepared.findings)
                del shown[path]
    shown[listing] = manifest(listing, publication.name, made)
    originals = {office / ORIGINALS / path.name: content for path, content in documents.items()}
    records = {listing, *own, *originals}
    files = {**shown, **originals}
    done = write_all(files, prepared.findings, overwrite=overwrite, records=records)
    return list(shown) if done else []


def _keep_paper(path: Path, findings: Findings) -> None:
    """A working paper with a reviewer's marks is not replaced."""
    message = "底稿写出后改动过，没有覆盖。"
    findings.error("F104", Place(path.name), message, "请另存；确实不要的，加 --discard-edits。")


def _name(prepared: Prepared) -> str:
    settings, bundle = prepared.settings, prepared.bundle
    assert settings
    assert bundle
    slots = {"单位": settings.unit, "年度": str(settings.year), "层级": settings.level}
    wanted = fill(bundle.settings.output, slots)
    name = safe_name(wanted)
    if name != wanted:
        message = f"“{wanted}”不能用作文件名，已改为“{name}”。"
        prepared.findings.note("F102", Place("report.yaml"), message)
    return name


def markdown(prepared: Prepared) -> str | None:
    """The Markdown document with its marks."""
    bundle, page = prepared.bundle, prepared.page
    assert bundle
    assert page
    layout = bundle.template_name(LAYOUTS["md"])
    environment = template_environment(bundle)
    return press_markdown(
        environment, layout, prepared.context, prepared.sections, bundle.wording, page
    )


def word(prepared: Prepared, remarks: list[str] | None = None) -> Pressed | None:
    """The Word document; its contents get page numbers where ``remarks`` can say how."""
    # the press is imported only where a Word file is made
    from reportgen.render.word.pages import page_numbers
    from reportgen.render.word.press import no_form, open_template

    def paginate(probe: bytes) -> Mapping[int, int] | None:
        if remarks is None:
            return None
        numbers = page_numbers(probe)
        remarks.append(PAGES_FILLED if numbers else PAGES_LEFT)
        return numbers

    bundle, page = prepared.bundle, prepared.page
    assert bundle
    assert page
    path = bundle.file(LAYOUTS["docx"])
    if path is None:
        message = "模板没有 report.docx。"
        hint = f"请用 reportgen templates scaffold {bundle.name} 生成。"
        prepared.findings.error("D101", Place(bundle.name), message, hint)
        return None
    template = open_template(path, prepared.findings)
    if template is None:
        return None
    return template.press(
        prepared.context,
        prepared.sections,
        bundle.wording,
        page,
        paginate,
        form_drawing(prepared) or no_form,
    )
