"""What a refund is answered, refused or not, and what it leaves behind."""

from collections.abc import AsyncIterator
from unittest.mock import AsyncMock, create_autospec

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from ticket_refunds import Bank, BankDown, Order, Refund, create_app

pytestmark = pytest.mark.asyncio

Sessions = async_sessionmaker[AsyncSession]
WANTED = {"order": "A17", "cents": 500, "currency": "EUR"}
BEFORE = [("A17", 300), ("A17", 200), ("B4", 50)]


@pytest.fixture
def bank() -> AsyncMock:
    return create_autospec(Bank, instance=True)


@pytest_asyncio.fixture
async def client(sessions: Sessions, bank: AsyncMock) -> AsyncIterator[AsyncClient]:
    """A client that gets what a user gets. Of order A17 there are 700 cents left."""
    async with sessions.begin() as session:
        session.add_all([Order(code="A17", cents=1200), Order(code="B4", cents=5000)])
        session.add(Order(code="C1", cents=900))
        session.add_all(Refund(order=order, cents=cents) for order, cents in BEFORE)
    # A 500 is a response, as it is for a user; otherwise its error is raised here.
    transport = ASGITransport(app=create_app(sessions, bank), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://theatre") as client:
        yield client


async def stored(sessions: Sessions) -> list[tuple[str, int]]:
    async with sessions() as session:
        refunds = await session.scalars(select(Refund).order_by(Refund.id))
        return [(refund.order, refund.cents) for refund in refunds]


@pytest.mark.parametrize(
    ("cents", "currency", "account"),
    [(1, "SEK", "theatre-sek"), (500, "EUR", "theatre-eur"), (700, "EUR", "theatre-eur")],
    ids=["one", "some", "all"],
)
async def test_a_refund_is_paid_and_stored(
    client: AsyncClient,
    sessions: Sessions,
    bank: AsyncMock,
    cents: int,
    currency: str,
    account: str,
) -> None:
    wanted = {"order": "A17", "cents": cents, "currency": currency}

    response = await client.post("/refunds", json=wanted)

    expected = {"order": "A17", "cents": cents, "left": 700 - cents}
    assert (response.status_code, response.json()) == (201, expected)
    bank.pay_back.assert_awaited_once_with(account, "A17", cents)
    assert await stored(sessions) == [*BEFORE, ("A17", cents)]


async def test_the_first_refund_of_an_order(client: AsyncClient, sessions: Sessions) -> None:
    response = await client.post("/refunds", json={**WANTED, "order": "C1"})

    expected = {"order": "C1", "cents": 500, "left": 400}
    assert (response.status_code, response.json()) == (201, expected)
    assert await stored(sessions) == [*BEFORE, ("C1", 500)]


INVALID = {"error": "invalid_request"}


@pytest.mark.parametrize(
    ("change", "status", "body"),
    [
        pytest.param({"cents": 0}, 422, {**INVALID, "field": "cents"}, id="no-cents"),
        pytest.param({"cents": "many"}, 422, {**INVALID, "field": "cents"}, id="not-a-number"),
        pytest.param({"order": None}, 422, {**INVALID, "field": "order"}, id="no-order"),
        pytest.param({"currency": None}, 422, {**INVALID, "field": "currency"}, id="no-currency"),
        pytest.param({"currency": "CHF"}, 422, {"error": "unknown_currency"}, id="francs"),
        pytest.param({"order": "C9"}, 404, {"error": "unknown_order"}, id="unknown-order"),
        pytest.param({"cents": 701}, 409, {"error": "too_much", "left": 700}, id="too-much"),
    ],
)
async def test_a_refusal_pays_nothing(
    client: AsyncClient,
    sessions: Sessions,
    bank: AsyncMock,
    change: dict[str, object],
    status: int,
    body: dict[str, object],
) -> None:
    wanted = {key: value for key, value in {**WANTED, **change}.items() if value is not None}

    response = await client.post("/refunds", json=wanted)

    assert (response.status_code, response.json()) == (status, body)
    bank.pay_back.assert_not_called()
    assert await stored(sessions) == BEFORE


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(BankDown, 502, "bank_down"), (RuntimeError, 500, "internal")],
)
async def test_an_error_of_the_bank_is_not_told(
    client: AsyncClient,
    sessions: Sessions,
    bank: AsyncMock,
    error: type[Exception],
    status: int,
    code: str,
) -> None:
    bank.pay_back.side_effect = error("no route to vault-3")

    response = await client.post("/refunds", json=WANTED)

    assert (response.status_code, response.json()) == (status, {"error": code})
    assert "vault-3" not in str(response.headers)
    assert await stored(sessions) == BEFORE
