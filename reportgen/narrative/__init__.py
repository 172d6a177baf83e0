"""Words from figures: formats, wording, the filters that authors use."""

from reportgen.narrative.filters import FILTERS as FILTERS
from reportgen.narrative.filters import MARKDOWN_FILTERS as MARKDOWN_FILTERS
from reportgen.narrative.filters import TESTS as TESTS
from reportgen.narrative.filters import WORDING as WORDING
from reportgen.narrative.filters import narrative_environment as narrative_environment
from reportgen.narrative.filters import rules_environment as rules_environment
from reportgen.narrative.markdown import escape_markdown as escape_markdown
from reportgen.narrative.sections import Section as Section
from reportgen.narrative.sections import render_sections as render_sections
from reportgen.narrative.wording import Wording as Wording
