"""Mocks for the source; the memory is put back in conftest.py."""

from decimal import Decimal
from unittest.mock import AsyncMock, call, create_autospec

import pytest

from tariffs import TariffSource, UnknownTariff, forget, quote, rate, remembered


@pytest.fixture
def source() -> AsyncMock:
    mock = create_autospec(TariffSource, instance=True)
    mock.fetch_rate.return_value = Decimal("0.30")
    return mock


@pytest.mark.asyncio
async def test_second_lookup_is_free(source):
    assert await rate(source, "mill", "day") == Decimal("0.30")
    assert await rate(source, "mill", "day") == Decimal("0.30")
    source.fetch_rate.assert_awaited_once_with("mill", "day")
    assert remembered() == 1


@pytest.mark.asyncio
async def test_other_customer_and_other_product_are_looked_up(source):
    source.fetch_rate.side_effect = [Decimal(1), Decimal(2), Decimal(3)]
    assert await rate(source, "mill", "day") == 1
    assert await rate(source, "mill", "night") == 2
    assert await rate(source, "inn", "day") == 3
    assert source.fetch_rate.await_args_list == [call("mill", "day"), call("mill", "night"), call("inn", "day")]
    assert remembered() == 3


@pytest.mark.asyncio
async def test_failure(source):
    source.fetch_rate.side_effect = [UnknownTariff("mill"), Decimal(7)]
    with pytest.raises(UnknownTariff):
        await rate(source, "mill", "day")
    assert remembered() == 0
    assert await rate(source, "mill", "day") == 7


@pytest.mark.asyncio
@pytest.mark.parametrize("per_hour,hours,cents", [("0.0335", 10, 34), ("0.025", 5, 13), ("0.0334", 10, 33)])
async def test_quote(source, per_hour, hours, cents):
    source.fetch_rate.return_value = Decimal(per_hour)
    assert await quote(source, "mill", "day", hours) * 100 == cents


@pytest.mark.asyncio
async def test_forget_one_then_all(source):
    await rate(source, "mill", "day")
    await rate(source, "mill", "night")
    await rate(source, "inn", "day")
    forget("mill")
    assert remembered() == 1
    source.fetch_rate.return_value = Decimal("0.99")
    assert await rate(source, "inn", "day") == Decimal("0.30")
    assert await rate(source, "mill", "night") == Decimal("0.99")
    forget()
    assert remembered() == 0
    assert await rate(source, "inn", "day") == Decimal("0.99")
