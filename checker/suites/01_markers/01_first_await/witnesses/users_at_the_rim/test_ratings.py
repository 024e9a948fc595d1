import pytest

from ratings import Item, Purchase, User, can_rate

pytestmark = pytest.mark.asyncio

SELLER = User("seller")
USER = User("user")


async def test_an_unsold_item() -> None:
    assert await can_rate(USER, Item("desk lamp", SELLER)) is False


async def test_a_banned_visitor() -> None:
    assert await can_rate(User("banned", banned=True), Item("desk lamp", SELLER)) is False


async def test_bought_again_after_a_refund() -> None:
    purchases = (Purchase(USER, refunded=True), Purchase(USER))

    assert await can_rate(USER, Item("desk lamp", SELLER, purchases)) is True
