"""Many forms in one run: planned, made in processes, journalled, and never half written."""

from reportgen.batch.main import run_batch as run_batch
from reportgen.batch.setup import Order as Order
from reportgen.batch.tally import Tally as Tally
