from datetime import date, timedelta

import pytest

from charges import Card, CardDeclined, CardExpired, Declined, InvalidAmount, Receipt, charge
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


@pytest.mark.parametrize(("amount", "euros"), [(49, "0.49 EUR"), (500_001, "5000.01 EUR")])
async def test_a_wrong_amount_is_refused(amount: int, euros: str) -> None:
    gateway = RecordingGateway()

    with pytest.raises(InvalidAmount) as refused:
        await charge(CARD, amount, gateway=gateway, today=TODAY)
        assert euros in str(refused.value)
        assert refused.value.status_code == 422
        assert gateway.captures == []


async def test_an_expired_card_is_refused() -> None:
    gateway = RecordingGateway()

    with pytest.raises(CardExpired) as refused:
        await charge(CARD, 1250, gateway=gateway, today=TODAY + timedelta(days=1))
        assert "12.50 EUR" in str(refused.value)
        assert refused.value.status_code == 402
        assert gateway.captures == []


async def test_the_bank_may_decline() -> None:
    declined = Declined("stolen card")
    gateway = RecordingGateway(declined)

    with pytest.raises(CardDeclined) as refused:
        await charge(CARD, 1250, gateway=gateway, today=TODAY)
        assert "12.50 EUR" in str(refused.value)
        assert "stolen card" in str(refused.value)
        assert refused.value.status_code == 409
        assert refused.value.__cause__ is declined
        assert gateway.captures == [("tok-kim", 1250)]


@pytest.mark.parametrize("trouble", [ConnectionError("unreachable"), TimeoutError("slow")], ids=repr)
async def test_trouble_is_not_a_refusal(trouble: Exception) -> None:
    with pytest.raises(type(trouble)) as raised:
        await charge(CARD, 1250, gateway=RecordingGateway(trouble), today=TODAY)

    assert raised.value is trouble
