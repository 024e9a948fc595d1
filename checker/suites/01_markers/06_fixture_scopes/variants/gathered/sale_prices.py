"""What things cost in the sale."""

import asyncio
from math import floor
from fractions import Fraction

from wholesale import Catalogue, Item

FIXED = "fixed"


async def _priced(item: Item, factor: Fraction) -> Item:
    await asyncio.sleep(0)
    if FIXED in item.tags:
        factor = Fraction(1)
    return Item(tags=item.tags.copy(), cents=floor(item.cents * factor))


async def discounted(catalogue: Catalogue, percent: int) -> Catalogue:
    """A new catalogue at sale prices. It takes turns with other requests: catalogues are long."""
    factor = 1 - Fraction(percent, 100)
    items = await asyncio.gather(*(_priced(item, factor) for item in catalogue.items.values()))
    return Catalogue(dict(zip(catalogue.items, items, strict=True)))
