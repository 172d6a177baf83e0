"""Hygiene: what must not stand in texts that are published."""

from reportgen.checks.hygiene.agreement import project_amounts as project_amounts
from reportgen.checks.hygiene.agreement import vocabulary_amounts as vocabulary_amounts
from reportgen.checks.hygiene.projects import project_passages as project_passages
from reportgen.checks.hygiene.report import check_layout_words as check_layout_words
from reportgen.checks.hygiene.report import check_narrative as check_narrative
from reportgen.checks.hygiene.report import check_texts as check_texts
