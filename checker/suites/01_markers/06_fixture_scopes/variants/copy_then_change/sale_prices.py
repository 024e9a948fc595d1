"""What things cost in the sale."""

import asyncio
from copy import deepcopy

from wholesale import Catalogue

FIXED = "fixed"


async def discounted(catalogue: Catalogue, percent: int) -> Catalogue:
    """A new catalogue at sale prices. It takes turns with other requests: catalogues are long."""
    sale = deepcopy(catalogue)
    for item in sale.items.values():
        if FIXED not in item.tags:
            item.cents = item.cents * (100 - percent) // 100
        await asyncio.sleep(0)
    return sale
