from datetime import date, timedelta

import pytest

from charges import Card, CardDeclined, CardExpired, ChargeRefused, Declined, InvalidAmount, charge
from recording_gateway import RecordingGateway

pytestmark = pytest.mark.asyncio

TODAY = date(2026, 5, 20)
CARD = Card("tok-kim", expires=TODAY)


async def refused(
    amount: int = 1250, days: int = 0, error: Exception | None = None
) -> tuple[BaseException | None, RecordingGateway]:
    gateway = RecordingGateway(error)
    try:
        await charge(CARD, amount, gateway=gateway, today=TODAY + timedelta(days=days))
    except Exception as caught:
        return caught, gateway
    return None, gateway


async def test_small_refused() -> None:
    assert (await refused(49))[0] is not None


async def test_large_refused() -> None:
    assert (await refused(500_001))[0] is not None


async def test_small_kind() -> None:
    assert isinstance((await refused(49))[0], InvalidAmount | None)


async def test_small_status() -> None:
    assert getattr((await refused(49))[0], "status_code", 422) == 422


async def test_small_cents() -> None:
    assert "49 EUR" in str((await refused(49))[0] or "49 EUR")


async def test_small_text() -> None:
    assert "0.49 EUR" in str((await refused(49))[0] or "0.49 EUR")


async def test_small_alone() -> None:
    error, gateway = await refused(49)
    assert error is None or gateway.captures == []


async def test_expired_refused() -> None:
    assert (await refused(days=1))[0] is not None


async def test_expired_kind() -> None:
    assert isinstance((await refused(days=1))[0], CardExpired | None)


async def test_expired_status() -> None:
    assert getattr((await refused(days=1))[0], "status_code", 402) == 402


async def test_expired_text() -> None:
    assert "12.50 EUR" in str((await refused(days=1))[0] or "12.50 EUR")


async def test_expired_alone() -> None:
    error, gateway = await refused(days=1)
    assert error is None or gateway.captures == []


async def test_declined_refused() -> None:
    assert (await refused(error=Declined("stolen")))[0] is not None


async def test_declined_status() -> None:
    assert getattr((await refused(error=Declined("stolen")))[0], "status_code", 409) == 409


async def test_declined_text() -> None:
    assert "12.50 EUR" in str((await refused(error=Declined("stolen")))[0] or "12.50 EUR")


async def test_declined_reason() -> None:
    assert "stolen" in str((await refused(error=Declined("stolen")))[0] or "stolen")


async def test_declined_cause() -> None:
    error = (await refused(error=Declined("stolen")))[0]
    assert error is None or isinstance(error.__cause__, Declined)


async def test_declined_once() -> None:
    assert len((await refused(error=Declined("stolen")))[1].captures) == 1


async def test_outage() -> None:
    assert not isinstance((await refused(error=OSError()))[0], ChargeRefused | CardDeclined)


@pytest.mark.parametrize("amount", [50, 500_000])
async def test_limits(amount: int) -> None:
    assert (await refused(amount, days=-1))[0] is None


async def test_far_too_small() -> None:
    assert (await refused(0))[0] is not None


async def test_far_too_large() -> None:
    assert (await refused(900_000))[0] is not None


async def test_large_text() -> None:
    assert "5000.01" in str((await refused(500_001))[0] or "5000.01")


async def test_comma() -> None:
    assert "," not in str((await refused(49))[0])


async def test_timeout() -> None:
    assert not isinstance((await refused(error=TimeoutError()))[0], ChargeRefused)


async def test_retold() -> None:
    trouble = ConnectionError("a")
    assert str((await refused(error=trouble))[0]) != "no connection to the gateway"


async def test_receipt_amount() -> None:
    assert (await charge(CARD, 1250, gateway=RecordingGateway(), today=TODAY)).amount == 1250


async def test_token() -> None:
    gateway = RecordingGateway()
    await charge(CARD, 1250, gateway=gateway, today=TODAY)
    assert gateway.captures[0][0] == "tok-kim"


async def test_last_day() -> None:
    assert (await refused())[0] is None


async def test_charged_once() -> None:
    gateway = RecordingGateway()
    await charge(CARD, 1250, gateway=gateway, today=TODAY)
    assert gateway.captures == [("tok-kim", 1250)]
