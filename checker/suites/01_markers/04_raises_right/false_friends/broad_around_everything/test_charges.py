from datetime import date

import pytest

from charges import Card, Receipt, charge
from recording_gateway import RecordingGateway

TODAY = date(2026, 5, 20)


@pytest.mark.asyncio
@pytest.mark.parametrize("amount", [50, 1250, 500_000])
async def test_a_good_card_is_charged(amount: int) -> None:
    gateway = RecordingGateway(reference="ref-7")

    receipt = await charge(Card("tok-kim", TODAY), amount, gateway=gateway, today=TODAY)

    assert receipt == Receipt("ref-7", amount)
    assert gateway.captures == [("tok-kim", amount)]


@pytest.mark.asyncio
@pytest.mark.parametrize("amount", [49, 500_001])
async def test_a_wrong_amount_is_refused(amount: int) -> None:
    with pytest.raises(Exception):
        gateway = RecordingGateway()
        card = Card("tok-kim", expires=date(2027, 13, 31))
        await charge(card, amount, gateway=gateway, today=TODAY)
        assert gateway.captures == []


@pytest.mark.asyncio
async def test_an_expired_card_is_refused() -> None:
    with pytest.raises(Exception):
        gateway = RecordingGateway()
        card = Card("tok-kim", expires="2026-05-19")
        await charge(card, 1250, gateway=gateway, today=TODAY)
        assert gateway.captures == []


@pytest.mark.asyncio
async def test_the_bank_may_decline() -> None:
    with pytest.raises(Exception):
        gateway = RecordingGateway(Declined("stolen card"))
        card = Card("tok-kim", expires=date(2027, 1, 31))
        await charge(card, 1250, gateway=gateway, today=TODAY)


@pytest.mark.asyncio
async def test_an_outage() -> None:
    with pytest.raises(Exception):
        gateway = RecordingGateway(ConnectionError("unreachable"))
        card = Card("tok-kim", expires=date(2027, 1, 31))
        await charge(card, 1250, gateway=gateway, today=TODAY)
