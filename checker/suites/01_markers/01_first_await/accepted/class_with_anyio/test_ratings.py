import pytest

from ratings import Item, Purchase, User, can_rate


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def seller() -> User:
    return User("shop")


@pytest.fixture
def guest() -> User:
    return User("guest")


@pytest.mark.anyio
class TestCanRate:
    async def test_yes_after_a_purchase(self, seller: User, guest: User) -> None:
        assert await can_rate(guest, Item("kettle", seller, (Purchase(guest),)))

    async def test_no_without_a_purchase(self, seller: User, guest: User) -> None:
        item = Item("kettle", seller, (Purchase(User("somebody else")),))
        assert not await can_rate(guest, item)

    async def test_no_after_a_refund(self, seller: User, guest: User) -> None:
        item = Item("kettle", seller, (Purchase(guest, refunded=True), Purchase(User("x"))))
        assert not await can_rate(guest, item)

    async def test_no_when_banned(self, seller: User) -> None:
        troll = User("troll", banned=True)
        assert not await can_rate(troll, Item("kettle", seller, (Purchase(troll),)))

    async def test_no_for_the_seller(self, seller: User) -> None:
        assert not await can_rate(seller, Item("kettle", seller, (Purchase(seller),)))
