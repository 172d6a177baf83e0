"""Scores of performance indicators: targets, methods, settings, and how each came about."""

from reportgen.rules.scoring.methods import METHODS as METHODS
from reportgen.rules.scoring.methods import Method as Method
from reportgen.rules.scoring.project import ScoredProject as ScoredProject
from reportgen.rules.scoring.project import score_project as score_project
from reportgen.rules.scoring.score import Score as Score
from reportgen.rules.scoring.score import score_indicator as score_indicator
from reportgen.rules.scoring.settings import ScoringSettings as ScoringSettings
