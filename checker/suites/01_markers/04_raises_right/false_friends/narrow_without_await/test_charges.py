from datetime import date, timedelta

import pytest

from charges import Card, CardExpired, InvalidAmount, Receipt, charge
from recording_gateway import RecordingGateway

pytestmark = pytest.mark.asyncio

TODAY = date(2026, 5, 20)
CARD = Card("tok-kim", expires=TODAY)


async def test_a_good_card_is_charged() -> None:
    gateway = RecordingGateway(reference="ref-7")

    receipt = await charge(CARD, 1250, gateway=gateway, today=TODAY)

    assert receipt == Receipt("ref-7", 1250)
    assert gateway.captures == [("tok-kim", 1250)]


async def test_a_wrong_amount_is_refused() -> None:
    gateway = RecordingGateway()

    with pytest.raises(InvalidAmount, match=r"0\.49 EUR"):
        charge(CARD, 49, gateway=gateway, today=TODAY)

    assert gateway.captures == []


async def test_an_expired_card_is_refused() -> None:
    gateway = RecordingGateway()

    with pytest.raises(CardExpired, match=r"12\.50 EUR"):
        charge(CARD, 1250, gateway=gateway, today=TODAY + timedelta(days=1))

    assert gateway.captures == []
