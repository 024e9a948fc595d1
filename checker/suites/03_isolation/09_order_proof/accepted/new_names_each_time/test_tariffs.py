"""No resetting: every test talks about customers that nobody has used before, and never will again."""

from decimal import Decimal
from uuid import uuid4

import pytest

import tariffs

pytestmark = pytest.mark.asyncio


class Source:
    def __init__(self, **rates):
        self.rates = {name: Decimal(value) for name, value in rates.items()}
        self.questions = 0

    async def fetch_rate(self, customer, product):
        self.questions += 1
        name = f"{customer[:1]}_{product}"
        if name in self.rates:
            return self.rates[name]
        raise tariffs.UnknownTariff(name)


@pytest.fixture
def a():
    return f"a{uuid4()}"


@pytest.fixture
def b():
    return f"b{uuid4()}"


async def test_asked_once(a):
    source = Source(a_day="0.31")
    for _ in range(3):
        assert await tariffs.rate(source, a, "day") == Decimal("0.31")
    assert source.questions == 1


async def test_rates_by_customer_and_product(a, b):
    source = Source(a_day="1", a_night="2", b_day="3", b_night="4")
    found = [await tariffs.rate(source, who, what) for who in (a, b) for what in ("day", "night")]
    assert found == [1, 2, 3, 4]
    again = [await tariffs.rate(source, who, what) for who in (a, b) for what in ("day", "night")]
    assert again == found


async def test_failure(a):
    source = Source()
    with pytest.raises(tariffs.UnknownTariff):
        await tariffs.rate(source, a, "day")
    with pytest.raises(tariffs.UnknownTariff):
        await tariffs.rate(source, a, "day")
    source.rates["a_day"] = Decimal("0.5")
    assert await tariffs.rate(source, a, "day") == Decimal("0.5")


@pytest.mark.parametrize("per_hour, hours, price", [("0.0335", 10, "0.34"), ("0.025", 5, "0.13"), ("0.0334", 10, "0.33")])
async def test_quote(a, per_hour, hours, price):
    assert await tariffs.quote(Source(a_day=per_hour), a, "day", hours) == Decimal(price)


async def test_forget_all(a, b):
    old, new = Source(a_day="1", b_day="2"), Source(a_day="3", b_day="4")
    assert [await tariffs.rate(old, who, "day") for who in (a, b)] == [1, 2]
    tariffs.forget()
    assert [await tariffs.rate(new, who, "day") for who in (a, b)] == [3, 4]


async def test_forget_one(a, b):
    old = Source(a_day="1", a_night="2", b_day="3")
    new = Source(a_day="4", a_night="5", b_day="6")
    for who, what in [(a, "day"), (a, "night"), (b, "day")]:
        await tariffs.rate(old, who, what)
    tariffs.forget(a)
    assert await tariffs.rate(new, a, "day") == 4
    assert await tariffs.rate(new, a, "night") == 5
    assert await tariffs.rate(new, b, "day") == 3


async def test_remembered_grows_by_what_is_new(a, b):
    source = Source(a_day="1", a_night="2", b_day="3")
    before = tariffs.remembered()
    for who, what in [(a, "day"), (a, "night"), (b, "day"), (a, "day")]:
        await tariffs.rate(source, who, what)
    assert tariffs.remembered() - before == 3
