"""The one strict Jinja environment: names, marks, and what an unknown name does."""

from reportgen.language.citations import PAGE as PAGE
from reportgen.language.citations import Citation as Citation
from reportgen.language.citations import Number as Number
from reportgen.language.citations import Page as Page
from reportgen.language.citations import PlacedForm as PlacedForm
from reportgen.language.environment import ReportEnvironment as ReportEnvironment
from reportgen.language.environment import Safe as Safe
from reportgen.language.expressions import Comparison as Comparison
from reportgen.language.expressions import Expression as Expression
from reportgen.language.expressions import compile_expression as compile_expression
from reportgen.language.expressions import compile_rule as compile_rule
from reportgen.language.questions import Question as Question
from reportgen.language.unknown import Unknown as Unknown
