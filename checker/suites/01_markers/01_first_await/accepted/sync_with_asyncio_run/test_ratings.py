import asyncio

from ratings import Item, Purchase, User, can_rate

ALICE = User("a")
BOB = User("b")


def rate(user: User, *purchases: Purchase, seller: User = BOB) -> bool:
    return asyncio.run(can_rate(user, Item("book", seller, tuple(purchases))))


def test_buyer() -> None:
    assert rate(ALICE, Purchase(ALICE)) is True


def test_nobody_bought_it() -> None:
    assert rate(ALICE) is False


def test_another_user_bought_it() -> None:
    assert rate(ALICE, Purchase(User("c"))) is False


def test_refund() -> None:
    assert rate(ALICE, Purchase(ALICE, refunded=True)) is False


def test_ban() -> None:
    banned = User("d", banned=True)
    assert rate(banned, Purchase(banned)) is False


def test_own_item() -> None:
    assert rate(ALICE, Purchase(ALICE), seller=ALICE) is False
