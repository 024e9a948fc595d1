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


@pytest.mark.parametrize(("amount", "euros"), [(49, r"0\.49 EUR"), (500_001, r"5000\.01 EUR")])
async def test_a_wrong_amount_is_refused(amount: int, euros: str) -> None:
    with pytest.raises(InvalidAmount, match=euros) as refused:
        await charge(CARD, amount, gateway=RecordingGateway(), today=TODAY)

    assert refused.value.status_code == 422


async def test_an_expired_card_is_refused() -> None:
    tomorrow = TODAY + timedelta(days=1)

    with pytest.raises(CardExpired, match=r"12\.50 EUR") as refused:
        await charge(CARD, 1250, gateway=RecordingGateway(), today=tomorrow)

    assert refused.value.status_code == 402


async def test_the_bank_may_decline() -> None:
    declined = Declined("stolen card")

    with pytest.raises(CardDeclined, match=r"12\.50 EUR") as refused:
        await charge(CARD, 1250, gateway=RecordingGateway(declined), today=TODAY)

    assert refused.value.status_code == 409
    assert "stolen card" in str(refused.value)
    assert refused.value.__cause__ is declined


@pytest.mark.parametrize("trouble", [ConnectionError("unreachable"), TimeoutError("slow")], ids=repr)
async def test_trouble_is_not_a_refusal(trouble: Exception) -> None:
    with pytest.raises(type(trouble)) as raised:
        await charge(CARD, 1250, gateway=RecordingGateway(trouble), today=TODAY)

    assert raised.value is trouble
