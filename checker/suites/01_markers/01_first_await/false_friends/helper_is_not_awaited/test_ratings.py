import pytest

from ratings import Item, Purchase, User, can_rate

SELLER = User("seller")
BUYER = User("buyer")
BANNED = User("banned buyer", banned=True)
LAMP = Item("desk lamp", SELLER, (Purchase(BUYER), Purchase(BANNED), Purchase(SELLER)))
REFUNDED = Item("desk lamp", SELLER, (Purchase(BUYER, refunded=True),))


async def expect_rating(user: User, item: Item, expected: bool) -> None:
    allowed = await can_rate(user, item)
    assert allowed is expected


@pytest.mark.asyncio
async def test_a_buyer_can_rate() -> None:
    expect_rating(BUYER, LAMP, True)


@pytest.mark.asyncio
async def test_a_banned_buyer_cannot_rate() -> None:
    expect_rating(BANNED, LAMP, False)


@pytest.mark.asyncio
async def test_a_seller_cannot_rate_their_own_item() -> None:
    expect_rating(SELLER, LAMP, False)


@pytest.mark.asyncio
async def test_a_visitor_cannot_rate() -> None:
    expect_rating(User("visitor"), LAMP, False)


@pytest.mark.asyncio
async def test_a_refunded_buyer_cannot_rate() -> None:
    expect_rating(BUYER, REFUNDED, False)
