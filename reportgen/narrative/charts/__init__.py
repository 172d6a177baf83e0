"""Charts of the narrative: declared by name, their data as expressions."""

from reportgen.narrative.charts.captions import CAPTIONS as CAPTIONS
from reportgen.narrative.charts.captions import Captions as Captions
from reportgen.narrative.charts.captions import Filling as Filling
from reportgen.narrative.charts.declare import chart as chart
from reportgen.narrative.charts.plot import CHART_FUNCTION as CHART_FUNCTION
