import pytest

from ratings import Item, Purchase, User, can_rate

SELLER = User("seller")
BUYER = User("buyer")
LAMP = Item("desk lamp", SELLER, (Purchase(BUYER),))


@pytest.mark.asyncio
async def test_a_buyer_can_rate() -> None:
    assert await can_rate(BUYER, LAMP) is True


@pytest.mark.asyncio
async def test_a_second_buyer_can_rate() -> None:
    other = User("second buyer")

    assert await can_rate(other, Item("desk lamp", SELLER, (Purchase(other), Purchase(BUYER)))) is True
