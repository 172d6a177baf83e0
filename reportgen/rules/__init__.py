"""Figures from figures: totals, related figures, derived figures, reconciliations."""

from reportgen.rules.derive import Derivation as Derivation
from reportgen.rules.derive import derive as derive
from reportgen.rules.functions import FUNCTIONS as FUNCTIONS
from reportgen.rules.given import given_figures as given_figures
from reportgen.rules.given import given_tables as given_tables
from reportgen.rules.lacking import Reconciliation as Reconciliation
from reportgen.rules.outline import Forms as Forms
from reportgen.rules.outline import Heading as Heading
from reportgen.rules.outline import Outline as Outline
from reportgen.rules.reconcile import reconcile as reconcile
from reportgen.rules.relate import Relations as Relations
from reportgen.rules.relate import relate as relate
from reportgen.rules.report import report as report
from reportgen.rules.sums import check_sums as check_sums
from reportgen.rules.sums import complete as complete
from reportgen.rules.text_rules import TextRules as TextRules
from reportgen.rules.transfers import Transfers as Transfers
