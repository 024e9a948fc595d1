"""Who may rate what on a small marketplace.

Sanctions and orders belong to other services. Here both live in memory, and a question to either of
them costs one turn of the event loop, as a network call would.
"""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class User:
    """Someone with an account. Two users are the same when all their fields are."""

    name: str
    banned: bool = False

    async def is_banned(self) -> bool:
        """Ask the sanctions service whether this account is banned."""
        await asyncio.sleep(0)
        return self.banned


@dataclass(frozen=True, slots=True)
class Purchase:
    """One sale of an item to `buyer`, perhaps paid back since."""

    buyer: User
    refunded: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Something that `seller` offers, with all its sales so far."""

    title: str
    seller: User
    purchases: tuple[Purchase, ...] = ()

    async def purchases_of(self, user: User) -> list[Purchase]:
        """Ask the order service which sales of this item went to `user`, refunded ones included."""
        await asyncio.sleep(0)
        return [purchase for purchase in self.purchases if purchase.buyer == user]


async def can_rate(user: User, item: Item) -> bool:
    """Tell whether `user` may rate `item` now."""
    if item.seller == user:
        return False
    if await user.is_banned():
        return False
    purchases = await item.purchases_of(user)
    return any(not purchase.refunded for purchase in purchases)
