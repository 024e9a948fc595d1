"""What things cost in the sale."""

import asyncio
from dataclasses import replace

from wholesale import Catalogue, Item

FIXED = "fixed"


async def discounted(catalogue: Catalogue, percent: int) -> Catalogue:
    """A new catalogue at sale prices. It takes turns with other requests: catalogues are long."""
    items: dict[str, Item] = {}
    for name, item in catalogue.items.items():
        await asyncio.sleep(0)
        cents = item.cents * (100 - percent) // 100
        if FIXED in item.tags:
            cents = item.cents
        items[name] = replace(item, cents=cents)
    return Catalogue(items)
