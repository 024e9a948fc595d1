import re
from datetime import date

import pytest

import charges
from charges import Card, Declined, charge
from recording_gateway import RecordingGateway

pytestmark = pytest.mark.asyncio

LAST_DAY = date(2026, 2, 28)
FIRST_BAD_DAY = date(2026, 3, 1)
NO, STOLEN = None, Declined("card reported stolen")


@pytest.mark.parametrize(
    ("amount", "today", "error", "kind", "status", "texts", "asked"),
    [
        pytest.param(0, LAST_DAY, NO, charges.InvalidAmount, 422, ["0.00 EUR"], 0, id="zero"),
        pytest.param(49, LAST_DAY, NO, charges.InvalidAmount, 422, ["0.49 EUR"], 0, id="small"),
        pytest.param(500001, LAST_DAY, NO, charges.InvalidAmount, 422, ["5000.01 EUR"], 0, id="large"),
        pytest.param(7525, FIRST_BAD_DAY, NO, charges.CardExpired, 402, ["75.25 EUR"], 0, id="expired"),
        pytest.param(
            7525, LAST_DAY, STOLEN, charges.CardDeclined, 409, ["75.25 EUR", str(STOLEN)], 1, id="stolen"
        ),
    ],
)
async def test_refusals(
    amount: int,
    today: date,
    error: Declined | None,
    kind: type[charges.ChargeRefused],
    status: int,
    texts: list[str],
    asked: int,
) -> None:
    gateway = RecordingGateway(error)

    with pytest.raises(kind, match=re.escape(texts[0])) as caught:
        await charge(Card("t", LAST_DAY), amount, gateway=gateway, today=today)

    assert caught.value.status_code == status
    assert all(text in str(caught.value) for text in texts)
    assert caught.value.__cause__ is error
    assert len(gateway.captures) == asked


@pytest.mark.parametrize("amount", [50, 500000])
async def test_charges(amount: int) -> None:
    gateway = RecordingGateway()
    receipt = await charge(Card("t", LAST_DAY), amount, gateway=gateway, today=LAST_DAY)
    assert (receipt.reference, receipt.amount) == ("ref-1", amount)
    assert gateway.captures == [("t", amount)]


@pytest.mark.parametrize("kind", [ConnectionError, TimeoutError])
async def test_outage(kind: type[OSError]) -> None:
    gateway = RecordingGateway(kind("reset by peer"))
    with pytest.raises(kind, match="reset by peer"):
        await charge(Card("t", LAST_DAY), 50, gateway=gateway, today=LAST_DAY)
