"""Who may rate an item, one point of the contract a test."""

import pytest

from ratings import Item, Purchase, User, can_rate

pytestmark = pytest.mark.asyncio

SELLER = User("seller")
BUYER = User("buyer")
BANNED = User("banned buyer", banned=True)
VISITOR = User("visitor")
LAMP = Item("desk lamp", SELLER, (Purchase(BUYER), Purchase(BANNED), Purchase(SELLER)))


async def test_a_buyer_can_rate() -> None:
    allowed = await can_rate(BUYER, LAMP)

    assert allowed is True


async def test_a_banned_buyer_cannot_rate() -> None:
    allowed = await can_rate(BANNED, LAMP)

    assert allowed is False


async def test_a_seller_cannot_rate_their_own_item() -> None:
    allowed = await can_rate(SELLER, LAMP)

    assert allowed is False


async def test_a_visitor_cannot_rate() -> None:
    allowed = await can_rate(VISITOR, LAMP)

    assert allowed is False


async def test_a_refunded_buyer_cannot_rate() -> None:
    refunded_lamp = Item("desk lamp", SELLER, (Purchase(BUYER, refunded=True),))

    allowed = await can_rate(BUYER, refunded_lamp)

    assert allowed is False
