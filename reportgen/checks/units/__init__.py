"""A department's tables against the sums of its units' tables."""

from reportgen.checks.units.check import check_units as check_units
