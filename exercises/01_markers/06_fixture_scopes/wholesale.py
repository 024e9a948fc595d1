"""The wholesaler's catalogue, as a shop sees it. Loading and printing are slow, copying is not."""

import asyncio
from dataclasses import dataclass, field

SUPPLY: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("desk lamp", 3995, ("light",)),
    ("field guide", 2400, ("book", "fixed")),
    ("kettle", 2500, ("kitchen",)),
    ("tea towel", 799, ("kitchen", "cotton")),
)

log: list[str] = []
"""What was done in this process, in order: `load`, or `print` and a branch."""


@dataclass
class Item:
    """Something for sale. A price tagged `fixed` is set by law."""

    cents: int
    tags: list[str] = field(default_factory=list)


@dataclass
class Catalogue:
    """All items by name. Two catalogues are equal when all their items are."""

    items: dict[str, Item]


async def load_catalogue() -> Catalogue:
    """Fetch the catalogue. The real one takes most of a minute."""
    items: dict[str, Item] = {}
    for name, cents, tags in SUPPLY:
        await asyncio.sleep(0)
        items[name] = Item(cents, list(tags))
    log.append("load")
    return Catalogue(items)


async def print_price_list(catalogue: Catalogue, branch: str) -> tuple[str, ...]:
    """The lines of a branch's price list. The real one takes some seconds."""
    lines = [f"Prices at {branch}"]
    for name, item in sorted(catalogue.items.items()):
        await asyncio.sleep(0)
        lines.append(f"{name}: {item.cents / 100:.2f}")
    log.append(f"print {branch}")
    return tuple(lines)
