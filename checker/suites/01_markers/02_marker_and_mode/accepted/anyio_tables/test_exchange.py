from decimal import Decimal as D

import pytest

from exchange import Exchange, UnknownCurrency
from fake_bank import FakeBank, FakeClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [
        (D(100), "USD", "EUR", D(80)),
        (D(100), "EUR", "USD", D(125)),
        (D(100), "USD", "PLN", D(400)),
        (D(100), "PLN", "USD", D(25)),
        (D("0.03"), "USD", "EUR", D("0.024")),
        (D(0), "USD", "EUR", D(0)),
    ],
)
async def test_converts(amount: D, source: str, target: str, expected: D) -> None:
    exchange = Exchange(FakeBank(USD="1.25", PLN="5"), FakeClock())
    assert await exchange.convert(amount, source, target) == expected


@pytest.mark.parametrize("pair", [("NOK", "USD"), ("USD", "NOK"), ("NOK", "NOK")])
async def test_unknown(pair: tuple[str, str]) -> None:
    exchange = Exchange(FakeBank(USD="1.25"), FakeClock())
    with pytest.raises(UnknownCurrency, match="NOK"):
        await exchange.convert(D(1), *pair)


@pytest.mark.parametrize(
    ("seconds", "fetches"),
    [((0,), 1), ((0, 59), 1), ((0, 60), 2), ((0, 30, 60), 2), ((5, 65, 124), 2), ((5, 65, 125), 3)],
)
async def test_fetches(seconds: tuple[int, ...], fetches: int) -> None:
    bank, clock = FakeBank(USD="1.25"), FakeClock()
    exchange = Exchange(bank, clock)
    for second in seconds:
        clock.now = second
        await exchange.convert(D(1), "USD", "EUR")
    assert bank.fetches == fetches


async def test_one_list_for_all_pairs() -> None:
    bank = FakeBank(USD="1.25", PLN="5")
    exchange = Exchange(bank, FakeClock())
    for pair in (("USD", "EUR"), ("EUR", "PLN"), ("PLN", "USD")):
        await exchange.convert(D(1), *pair)
    assert bank.fetches == 1


async def test_latest_rates_win() -> None:
    bank, clock = FakeBank(USD="1.25"), FakeClock()
    exchange = Exchange(bank, clock)
    results = []
    for clock.now, bank.rates["USD"] in ((0, D(4)), (59, D(5)), (61, D(8))):
        results.append(await exchange.convert(D(40), "USD", "EUR"))
    assert results == [10, 10, 5]
