from datetime import date
from unittest.mock import AsyncMock

import pytest

from charges import Card, CardDeclined, CardExpired, Declined, InvalidAmount, charge


@pytest.fixture
def gateway() -> AsyncMock:
    mock = AsyncMock()
    mock.capture.return_value = "abc"
    return mock


@pytest.fixture
def card() -> Card:
    return Card("visa", date(2026, 6, 30))


@pytest.mark.asyncio
@pytest.mark.parametrize("amount", [50, 99, 500_000])
async def test_ok(gateway: AsyncMock, card: Card, amount: int) -> None:
    receipt = await charge(card, amount, gateway=gateway, today=date(2026, 6, 30))
    gateway.capture.assert_awaited_once_with("visa", amount)
    assert receipt.reference == "abc"
    assert receipt.amount == amount


@pytest.mark.asyncio
@pytest.mark.parametrize(("amount", "said"), [(49, r"0\.49 EUR"), (500_001, r"5000\.01 EUR")])
async def test_invalid(gateway: AsyncMock, card: Card, amount: int, said: str) -> None:
    with pytest.raises(InvalidAmount, match=said, check=lambda error: error.status_code == 422):
        await charge(card, amount, gateway=gateway, today=date(2026, 6, 1))
    gateway.capture.assert_not_called()


@pytest.mark.asyncio
async def test_expired(gateway: AsyncMock, card: Card) -> None:
    with pytest.raises(CardExpired, match=r"0\.99 EUR") as error:
        await charge(card, 99, gateway=gateway, today=date(2026, 7, 1))
    assert error.value.status_code == 402
    gateway.capture.assert_not_called()


@pytest.mark.asyncio
async def test_declined(gateway: AsyncMock, card: Card) -> None:
    gateway.capture.side_effect = Declined("no funds")
    with pytest.raises(CardDeclined, match="no funds") as error:
        await charge(card, 99, gateway=gateway, today=date(2026, 6, 1))
    assert "0.99 EUR" in str(error.value)
    assert error.value.status_code == 409
    assert error.value.__cause__ is gateway.capture.side_effect
    gateway.capture.assert_awaited_once()


@pytest.mark.asyncio
async def test_down(gateway: AsyncMock, card: Card) -> None:
    for down in ConnectionError("no route"), TimeoutError("no reply"):
        gateway.capture.side_effect = down
        with pytest.raises((ConnectionError, TimeoutError), check=lambda error: error is down):
            await charge(card, 99, gateway=gateway, today=date(2026, 6, 1))
