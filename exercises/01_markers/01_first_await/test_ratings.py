import pytest

from ratings import Item, Purchase, User, can_rate

SELLER = User("seller")
BUYER = User("buyer")
BANNED = User("banned buyer", banned=True)
VISITOR = User("visitor")
LAMP = Item("desk lamp", SELLER, (Purchase(BUYER), Purchase(BANNED), Purchase(SELLER)))


@pytest.mark.asyncio
async def test_a_buyer_can_rate() -> None:
    assert can_rate(BUYER, LAMP)


@pytest.mark.asyncio
async def test_a_banned_buyer_cannot_rate() -> None:
    allowed = can_rate(BANNED, LAMP)

    assert allowed is not True


@pytest.mark.asyncio
async def test_a_seller_cannot_rate_their_own_item() -> None:
    allowed = can_rate(SELLER, LAMP)

    assert allowed is not True


@pytest.mark.asyncio
async def test_a_visitor_cannot_rate() -> None:
    assert can_rate(VISITOR, LAMP) != True  # noqa: E712


@pytest.mark.asyncio
async def test_a_refunded_buyer_cannot_rate() -> None:
    refunded_lamp = Item("desk lamp", SELLER, (Purchase(BUYER, refunded=True),))

    assert can_rate(BUYER, refunded_lamp) is not True
