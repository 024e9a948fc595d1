from datetime import date, timedelta

import pytest

from charges import Card, Declined, Receipt, charge
from recording_gateway import RecordingGateway

pytestmark = pytest.mark.asyncio

TODAY = date(2026, 5, 20)
CARD = Card("tok-kim", expires=TODAY)


@pytest.mark.parametrize("amount", [50, 1250, 500_000])
async def test_a_good_card_is_charged(amount: int) -> None:
    gateway = RecordingGateway(reference="ref-7")

    receipt = await charge(CARD, amount, gateway=gateway, today=TODAY)

    assert receipt == Receipt("ref-7", amount)
    assert gateway.captures == [("tok-kim", amount)]


@pytest.mark.parametrize("amount", [49, 500_001])
async def test_a_wrong_amount_is_refused(amount: int) -> None:
    gateway = RecordingGateway()

    with pytest.raises(Exception):
        refused = charge(CARD, amount, gateway=gateway, today=TODAY)
        assert refused.status_code == 422

    assert gateway.captures == []


async def test_an_expired_card_is_refused() -> None:
    gateway = RecordingGateway()

    with pytest.raises(Exception):
        refused = charge(CARD, 1250, gateway=gateway, today=TODAY + timedelta(days=1))
        assert refused.status_code == 402

    assert gateway.captures == []


async def test_the_bank_may_decline() -> None:
    gateway = RecordingGateway(Declined("stolen card"))

    with pytest.raises(Exception):
        refused = charge(CARD, 1250, gateway=gateway, today=TODAY)
        assert refused.status_code == 409


async def test_an_outage() -> None:
    gateway = RecordingGateway(ConnectionError("unreachable"))

    with pytest.raises(Exception):
        outage = charge(CARD, 1250, gateway=gateway, today=TODAY)
        assert str(outage) == "unreachable"
