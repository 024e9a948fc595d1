from dataclasses import replace

import pytest

from ratings import Item, Purchase, User, can_rate

BUYER = User("buyer")


async def rating_allowed(
    user: User, *, seller: User | None = None, refunded: bool = False, bought: bool = True
) -> bool:
    """Ask for one user, who bought the lamp unless told otherwise, among other buyers."""
    others = (Purchase(User("one")), Purchase(User("two")))
    own = (Purchase(user, refunded=refunded),) if bought else ()
    lamp = Item("desk lamp", seller or User("seller"), others + own)
    return await can_rate(user, lamp)


@pytest.mark.asyncio
async def test_a_buyer_can_rate() -> None:
    assert await rating_allowed(BUYER) is True


@pytest.mark.asyncio
async def test_a_banned_buyer_cannot_rate() -> None:
    assert await rating_allowed(replace(BUYER, banned=True)) is False


@pytest.mark.asyncio
async def test_a_seller_cannot_rate_their_own_item() -> None:
    assert await rating_allowed(BUYER, seller=BUYER) is False


@pytest.mark.asyncio
async def test_a_visitor_cannot_rate() -> None:
    assert await rating_allowed(BUYER, bought=False) is False


@pytest.mark.asyncio
async def test_a_refunded_buyer_cannot_rate() -> None:
    assert await rating_allowed(BUYER, refunded=True) is False
