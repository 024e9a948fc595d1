from datetime import date

import pytest

from charges import Card, CardDeclined, CardExpired, ChargeRefused, Declined, InvalidAmount, charge
from recording_gateway import RecordingGateway

JANUARY_31 = date(2027, 1, 31)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def gateway() -> RecordingGateway:
    return RecordingGateway(reference="R/1")


async def refusal(amount: int, gateway: RecordingGateway, today: date = JANUARY_31) -> ChargeRefused:
    """The refusal that a charge ends in; fails the test when there is none."""
    card = Card("card-9", JANUARY_31)
    with pytest.raises(ChargeRefused) as caught:
        await charge(card, amount, gateway=gateway, today=today)
    return caught.value


@pytest.mark.anyio
class TestCharge:
    async def test_smallest(self, gateway: RecordingGateway) -> None:
        receipt = await charge(Card("card-9", JANUARY_31), 50, gateway=gateway, today=JANUARY_31)
        assert receipt.reference == "R/1"
        assert receipt.amount == 50
        assert gateway.captures == [("card-9", 50)]

    async def test_largest(self, gateway: RecordingGateway) -> None:
        receipt = await charge(Card("card-9", JANUARY_31), 500_000, gateway=gateway, today=date(2020, 1, 1))
        assert receipt.amount == 500_000
        assert gateway.captures == [("card-9", 500_000)]

    async def test_too_small(self, gateway: RecordingGateway) -> None:
        error = await refusal(49, gateway)
        assert type(error) is InvalidAmount
        assert error.status_code == 422
        assert "0.49 EUR" in str(error)
        assert not gateway.captures

    async def test_too_large(self, gateway: RecordingGateway) -> None:
        error = await refusal(500_001, gateway)
        assert isinstance(error, InvalidAmount)
        assert error.status_code == 422
        assert "5000.01 EUR" in str(error)
        assert not gateway.captures

    async def test_expired(self, gateway: RecordingGateway) -> None:
        error = await refusal(199, gateway, today=date(2027, 2, 1))
        assert isinstance(error, CardExpired)
        assert error.status_code == 402
        assert "1.99 EUR" in str(error)
        assert not gateway.captures

    async def test_declined(self, gateway: RecordingGateway) -> None:
        gateway.error = Declined("limit reached")
        error = await refusal(199, gateway)
        assert isinstance(error, CardDeclined)
        assert error.status_code == 409
        assert "1.99 EUR" in str(error)
        assert "limit reached" in str(error)
        assert isinstance(error.__cause__, Declined)
        assert gateway.captures == [("card-9", 199)]

    async def test_timeout(self, gateway: RecordingGateway) -> None:
        gateway.error = TimeoutError()
        with pytest.raises(TimeoutError) as caught:
            await charge(Card("card-9", JANUARY_31), 199, gateway=gateway, today=JANUARY_31)
        assert caught.value is gateway.error

    async def test_outage(self, gateway: RecordingGateway) -> None:
        gateway.error = ConnectionError()
        with pytest.raises(ConnectionError) as caught:
            await charge(Card("card-9", JANUARY_31), 199, gateway=gateway, today=JANUARY_31)
        assert caught.value is gateway.error
