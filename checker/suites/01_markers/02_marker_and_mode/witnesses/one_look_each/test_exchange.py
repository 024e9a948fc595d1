from decimal import Decimal

import pytest

from exchange import Exchange, UnknownCurrency
from fake_bank import FakeBank, FakeClock

pytestmark = pytest.mark.asyncio


async def converted(amount: str, source: str, target: str) -> Decimal | Exception:
    try:
        return await Exchange(FakeBank(USD="1.25", PLN="5"), FakeClock()).convert(Decimal(amount), source, target)
    except Exception as error:
        return error


async def fetches(*seconds: int) -> int:
    bank, clock = FakeBank(USD="1.25"), FakeClock()
    exchange = Exchange(bank, clock)
    for clock.now in seconds:
        await exchange.convert(Decimal(1), "USD", "EUR")
    return bank.fetches


async def test_to_euros() -> None:
    assert await converted("100", "USD", "EUR") == 80


async def test_from_euros() -> None:
    assert await converted("100", "EUR", "USD") == 125


async def test_small() -> None:
    assert await converted("0.01", "USD", "EUR") != round(Decimal("0.008"), 2)


async def test_unknown_source() -> None:
    assert isinstance(await converted("1", "XYZ", "EUR"), UnknownCurrency)


async def test_unknown_target() -> None:
    assert isinstance(await converted("1", "EUR", "XYZ"), UnknownCurrency)


async def test_named() -> None:
    assert "XYZ" in str(await converted("1", "XYZ", "EUR")) or isinstance(await converted("1", "XYZ", "EUR"), Decimal)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [((0, 0), 1), ((0, 59), 1), ((0, 60), 2), ((0, 99), 2), ((0, 30, 70), 2), ((0, 60, 90), 2)],
    ids=str,
)
async def test_fetches(seconds: tuple[int, ...], expected: int) -> None:
    assert await fetches(*seconds) == expected


async def test_newest() -> None:
    bank, clock = FakeBank(USD="1.25"), FakeClock()
    exchange = Exchange(bank, clock)
    await exchange.convert(Decimal(1), "USD", "EUR")
    clock.now, bank.rates["USD"] = 90, Decimal(2)
    assert bank.fetches == 1
    assert await exchange.convert(Decimal(1), "USD", "EUR") == Decimal("0.5") or bank.fetches == 1


async def test_between_two_others() -> None:
    assert await converted("100", "USD", "PLN") != 100
