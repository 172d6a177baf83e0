"""Texts of 文字.md that no template prints: each is told, for it would be lost without a word."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.bundle import Bundle
from reportgen.checks.questions import Text
from reportgen.checks.wanted import wanted
from reportgen.findings import Place
from reportgen.language import ReportEnvironment
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.subjects import SubjectTexts
from reportgen.pipeline.vocabulary import Texts


def report_unused(
    prepared: Prepared, environment: ReportEnvironment, templates: Sequence[str]
) -> None:
    """D125 for each text that was not asked for, and for each subject that nobody prints."""
    texts, subjects = prepared.context.get("文字"), prepared.context.get("科目说明")
    settings, bundle = prepared.settings, prepared.bundle
    if not (isinstance(texts, Texts) and settings and settings.files.texts and bundle):
        return
    unused = dict(texts.unused())
    asked = _asked(bundle, environment, templates) if unused else {}
    for heading in filter(unused.get, texts):  # in the order of the file
        message = f"“# {heading}”下面的文字没有用到。"
        hint = _left_out(asked[heading]) if heading in asked else unused[heading]
        prepared.findings.warning("D125", Place(settings.files.texts), message, hint)
    faulty = {passage.text for passage in prepared.faulty}  # "（请填写……）" is told already
    if isinstance(subjects, SubjectTexts):
        for part, hint in subjects.unused():
            if part.name in faulty:
                continue
            message = f"“## {part.name}”下面的说明没有用到。"
            prepared.findings.warning("D125", part.places[0], message, hint)


def _asked(
    bundle: Bundle, environment: ReportEnvironment, templates: Sequence[str]
) -> dict[str, Text]:
    """The texts that the templates have a place for, printed this time or not."""
    tables = [profile.name for profile in bundle.profiles]
    return wanted(environment, templates, tables).texts


def _left_out(text: Text) -> str:
    """Why a text that the templates have a place for is not printed this time."""
    if text.when:
        return f"“{text.when}”里没有内容，这次不印它；应当印的，请补填“{text.when}”。"
    return "这次正文没有印到它；确实不用的，不必处理。"
