from unittest.mock import create_autospec

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select

from ticket_refunds import Bank, BankDown, Order, Refund, create_app

pytestmark = pytest.mark.asyncio


@pytest.fixture
def bank():
    return create_autospec(Bank, instance=True)


@pytest_asyncio.fixture
async def ask(sessions, bank):
    async with sessions.begin() as session:
        session.add(Order(code="A1", cents=900))
        session.add(Refund(order="A1", cents=100))
    transport = ASGITransport(create_app(sessions, bank), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://w") as client:

        async def ask(**change):
            body = {"order": "A1", "cents": 300, "currency": "EUR", **change}
            return await client.post("/refunds", json=body)

        yield ask


@pytest.fixture
def added(sessions):
    async def added():
        async with sessions() as session:
            return list(await session.scalars(select(Refund).order_by(Refund.id)))[1:]

    return added


async def test_paid_status(ask):
    assert (await ask()).status_code == 201


async def test_paid_left(ask):
    assert (await ask()).json()["left"] == 500


async def test_paid_stored(ask, added):
    await ask()
    assert len(await added()) == 1


async def test_paid_stored_cents(ask, added):
    await ask()
    assert [each.cents for each in await added()] in ([], [300])


async def test_paid_stored_order(ask, added):
    await ask()
    assert [each.order for each in await added()] in ([], ["A1"])


async def test_paid_once(ask, bank):
    await ask()
    assert bank.pay_back.await_count == 1


async def test_paid_amount(ask, bank):
    await ask()
    assert bank.pay_back.await_args.args[2] == 300


async def test_francs_no_accident(ask):
    assert (await ask(currency="CHF")).status_code < 500


async def test_francs_status(ask):
    assert (await ask(currency="CHF")).status_code == 422


async def test_francs_code(ask):
    assert (await ask(currency="CHF")).json().get("error") == "unknown_currency"


async def test_invalid_status(ask):
    assert (await ask(cents=0)).status_code == 422


async def test_invalid_keys(ask):
    assert set((await ask(cents=-1)).json()) == {"error", "field"}


async def test_invalid_code(ask):
    assert "error" in (await ask(cents=-1)).json()


async def test_unknown_order_status(ask):
    assert (await ask(order="A2")).status_code == 404


async def test_unknown_order_unpaid(ask, bank):
    await ask(order="A2")
    bank.pay_back.assert_not_called()


async def test_too_much_status(ask):
    assert (await ask(cents=901)).status_code == 409


async def test_too_much_left(ask):
    assert (await ask(cents=901)).json().get("left") == 800


async def test_too_much_unpaid(ask, bank):
    await ask(cents=901)
    bank.pay_back.assert_not_called()


async def test_too_much_unstored(ask, added):
    await ask(cents=901)
    assert await added() == []


@pytest.mark.parametrize("error, status", [(BankDown, 502), (OSError, 500)])
async def test_bank_status(ask, bank, error, status):
    bank.pay_back.side_effect = error("secret")
    assert (await ask()).status_code == status


@pytest.mark.parametrize("error", [BankDown, OSError])
async def test_bank_unstored(ask, bank, added, error):
    bank.pay_back.side_effect = error("secret")
    await ask()
    assert await added() == []


@pytest.mark.parametrize("error", [BankDown, OSError])
async def test_bank_keys(ask, bank, error):
    bank.pay_back.side_effect = error("secret")
    assert set((await ask()).json()) == {"error"}


@pytest.mark.parametrize("error", [BankDown, OSError])
async def test_bank_body(ask, bank, error):
    bank.pay_back.side_effect = error("secret")
    assert "secret" not in (await ask()).text
