import pytest

from ratings import Item, Purchase, User, can_rate

SELLER = User("seller")
BUYER = User("buyer")
BANNED = User("banned buyer", banned=True)
LAMP = Item("desk lamp", SELLER, (Purchase(BUYER), Purchase(BANNED), Purchase(SELLER)))


@pytest.mark.asyncio
async def test_a_buyer_can_rate() -> None:
    result = await can_rate(BUYER, LAMP)

    assert result is not None


@pytest.mark.asyncio
async def test_a_banned_buyer_cannot_rate() -> None:
    result = await can_rate(BANNED, LAMP)

    assert result is False


@pytest.mark.asyncio
async def test_a_seller_cannot_rate_their_own_item() -> None:
    result = await can_rate(SELLER, LAMP)

    assert result is False
