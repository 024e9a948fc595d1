import pytest

from ratings import Item, Purchase, User, can_rate

pytestmark = pytest.mark.asyncio

SELLER = User("seller")
BUYER = User("buyer")
BANNED = User("banned buyer", banned=True)
LAMP = Item("desk lamp", SELLER, (Purchase(BUYER), Purchase(BANNED), Purchase(SELLER)))


async def test_a_buyer_can_rate() -> None:
    assert can_rate(BUYER, LAMP)


@pytest.mark.parametrize("user", [BANNED, SELLER, User("visitor")])
async def test_others_cannot_rate(user: User) -> None:
    assert can_rate(user, LAMP) is not True


async def test_a_refunded_buyer_cannot_rate() -> None:
    item = Item("desk lamp", SELLER, (Purchase(BUYER, refunded=True),))

    assert can_rate(BUYER, item) is not True
