import pytest
from hypothesis import given

from holiday_kitty import Kitty
from kitty_strategies import cents


@pytest.mark.asyncio
@given(amount=cents)
async def test_two_travellers_share(amount: int) -> None:
    kitty = Kitty()
    await kitty.pay("ferry", 2 * amount)

    shares = await kitty.shares(["Kim", "Robin"])

    assert shares == {"Kim": amount, "Robin": amount}


@pytest.mark.asyncio
async def test_the_first_page() -> None:
    kitty = Kitty()
    for name in ("bread", "cheese", "ferry"):
        await kitty.pay(name, 500)

    page = await kitty.page(2)

    assert page.expenses == [("bread", 500), ("cheese", 500)]


# Which totals cannot be split evenly? What do all pages together hold, whatever the names are?
