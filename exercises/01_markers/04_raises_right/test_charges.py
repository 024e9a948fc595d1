from datetime import date

import pytest

from charges import Card, Receipt, charge
from recording_gateway import RecordingGateway

TODAY = date(2026, 5, 20)


@pytest.mark.asyncio
async def test_a_good_card_is_charged() -> None:
    gateway = RecordingGateway(reference="ref-7")
    card = Card("tok-kim", expires=date(2027, 1, 31))

    receipt = await charge(card, 1250, gateway=gateway, today=TODAY)

    assert receipt == Receipt("ref-7", 1250)
    assert gateway.captures == [("tok-kim", 1250)]


@pytest.mark.asyncio
async def test_an_expired_card_is_refused() -> None:
    gateway = RecordingGateway()

    with pytest.raises(Exception):
        card = Card("tok-kim", expires="2026-05-19")
        await charge(card, 1250, gateway=gateway, today=TODAY)
