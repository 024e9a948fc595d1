"""What is charged, what is refused, and that a refusal leaves the card alone."""

from datetime import date, timedelta

import pytest

from charges import Card, CardDeclined, CardExpired, Declined, InvalidAmount, Receipt, charge
from recording_gateway import RecordingGateway

pytestmark = pytest.mark.asyncio

TODAY = date(2026, 5, 20)
CARD = Card("tok-kim", expires=TODAY)


@pytest.mark.parametrize("amount", [50, 1250, 500_000])
async def test_a_card_is_charged_up_to_its_last_day(amount: int) -> None:
    gateway = RecordingGateway(reference="ref-7")

    receipt = await charge(CARD, amount, gateway=gateway, today=TODAY)

    assert receipt == Receipt("ref-7", amount)
    assert gateway.captures == [("tok-kim", amount)]


@pytest.mark.parametrize(
    ("amount", "euros"),
    [
        pytest.param(49, r"\b0\.49 EUR", id="a-cent-too-little"),
        pytest.param(500_001, r"\b5000\.01 EUR", id="a-cent-too-much"),
    ],
)
async def test_a_wrong_amount_is_refused(amount: int, euros: str) -> None:
    gateway = RecordingGateway()

    with pytest.raises(InvalidAmount, match=euros) as refused:
        await charge(CARD, amount, gateway=gateway, today=TODAY)

    assert refused.value.status_code == 422
    assert gateway.captures == []


async def test_an_expired_card_is_refused() -> None:
    gateway = RecordingGateway()
    the_day_after = CARD.expires + timedelta(days=1)

    with pytest.raises(CardExpired, match=r"\b12\.50 EUR") as refused:
        await charge(CARD, 1250, gateway=gateway, today=the_day_after)

    assert refused.value.status_code == 402
    assert gateway.captures == []


async def test_the_bank_may_decline() -> None:
    declined = Declined("stolen card")
    gateway = RecordingGateway(declined)

    with pytest.raises(CardDeclined, match=r"\b12\.50 EUR") as refused:
        await charge(CARD, 1250, gateway=gateway, today=TODAY)

    assert refused.value.status_code == 409
    assert "stolen card" in str(refused.value)
    assert refused.value.__cause__ is declined
    assert gateway.captures == [("tok-kim", 1250)]


@pytest.mark.parametrize("trouble", [ConnectionError("unreachable"), TimeoutError("too slow")], ids=repr)
async def test_trouble_is_not_a_refusal(trouble: Exception) -> None:
    gateway = RecordingGateway(trouble)

    with pytest.raises(type(trouble)) as raised:
        await charge(CARD, 1250, gateway=gateway, today=TODAY)

    assert raised.value is trouble
