"""Which workplace an order asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.batch.setup import Order
from reportgen.batch.workplaces import Workplace, here


@contextmanager
def workplace(order: Order) -> Iterator[Workplace]:
    """Where an order is carried out; UsageError where that place can't be reached."""
    if not order.scheduler:
        yield here(order.jobs)
        return
    # dask.distributed is an extra, and takes a second to import
    from reportgen.batch.cluster import cluster

    with cluster(order.scheduler) as place:
        yield place
