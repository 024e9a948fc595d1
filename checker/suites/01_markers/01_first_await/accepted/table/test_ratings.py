import pytest

from ratings import Item, Purchase, User, can_rate

owner = User("owner")
customer = User("customer")
rude = User("rude customer", banned=True)
passer_by = User("passer-by")


def bike(*purchases: Purchase) -> Item:
    return Item("city bike", owner, purchases)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("user", "item", "expected"),
    [
        pytest.param(customer, bike(Purchase(customer)), True, id="bought"),
        pytest.param(customer, bike(Purchase(passer_by), Purchase(customer)), True, id="bought-later"),
        pytest.param(rude, bike(Purchase(rude)), False, id="banned"),
        pytest.param(owner, bike(Purchase(owner)), False, id="own-item-bought-back"),
        pytest.param(owner, bike(), False, id="own-item"),
        pytest.param(passer_by, bike(), False, id="unsold"),
        pytest.param(passer_by, bike(Purchase(customer)), False, id="bought-by-another"),
        pytest.param(customer, bike(Purchase(customer, refunded=True)), False, id="refunded"),
    ],
)
async def test_can_rate(user: User, item: Item, expected: bool) -> None:
    assert await can_rate(user, item) == expected
