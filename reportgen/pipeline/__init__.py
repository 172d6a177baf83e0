"""The one corridor that passes every room: prepare a report up to a gate."""

from reportgen.pipeline.job import Gate as Gate
from reportgen.pipeline.job import Job as Job
from reportgen.pipeline.job import Prepared as Prepared
from reportgen.pipeline.prepare import prepare as prepare
