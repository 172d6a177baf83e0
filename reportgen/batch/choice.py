"""Which workplace an order asks for."""

from __future__ import annotations

from reportgen.batch.setup import Order
from reportgen.batch.workplaces import Workplace, here


def workplace(order: Order) -> Workplace:
    """Where an order is carried out; UsageError where that place can't be reached."""
    if order.scheduler:
        # dask.distributed is an extra, and takes a second to import
        from reportgen.batch.cluster import cluster

        return cluster(order.scheduler)
    return here(order.jobs)
