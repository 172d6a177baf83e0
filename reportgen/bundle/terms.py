"""terms.yaml: the terms that a document explains, and what the codes of subjects stand for."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from reportgen.bundle.merge import Layered
from reportgen.bundle.words import Words
from reportgen.findings import Findings, nearest
from reportgen.model import Term
from reportgen.rules.added import is_code


class TermsFile(BaseModel):
    """The content of terms.yaml; ``order`` says which terms are printed, one after another."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    terms: dict[str, str] = Field({}, alias="名词")
    order: Words = Field([], alias="次序")
    subjects: dict[str | int, str] = Field({}, alias="科目")


def check_terms(file: TermsFile, layered: Layered, findings: Findings) -> None:
    """Every term of the order is explained, every subject is a code."""
    for number, name in enumerate(file.order):
        if name not in file.terms:
            place = layered.place(("次序", number))
            hint = nearest(name, file.terms) or "请在“名词”里补上它的解释。"
            findings.error("C104", place, f"terms.yaml 没有“{name}”的解释。", hint)
    for code in file.subjects:
        if not is_code(str(code)):
            message = f"terms.yaml 的“{code}”不是科目编码。"
            hint = "编码为3位（类）、5位（款）或7位（项）数字。"
            findings.error("C104", layered.place(("科目", code)), message, hint)


def ordered_terms(file: TermsFile) -> tuple[Term, ...]:
    """The terms in the order in which they are printed."""
    return tuple(Term(name, file.terms[name]) for name in file.order)


def subjects(file: TermsFile) -> dict[str, str]:
    """What the codes stand for."""
    return {str(code): text for code, text in file.subjects.items()}
