"""Bundles: one kind of document in one jurisdiction, as data with inheritance."""

from reportgen.bundle.fitting import fitted as fitted
from reportgen.bundle.load import Bundle as Bundle
from reportgen.bundle.load import load_bundle as load_bundle
from reportgen.bundle.search import available as available
from reportgen.bundle.search import search_path as search_path
