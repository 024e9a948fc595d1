import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from ticket_refunds import BankDown, Order, Refund, create_app

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


class FakeBank:
    def __init__(self) -> None:
        self.paid: list[tuple[str, str, int]] = []
        self.broken: Exception | None = None

    async def pay_back(self, account: str, order: str, cents: int) -> None:
        if self.broken is not None:
            raise self.broken
        self.paid.append((account, order, cents))


@pytest.fixture
def bank():
    return FakeBank()


@pytest.fixture
async def theatre(sessions, bank):
    """Asks for a refund of order T5, which was paid with 800 cents, 50 of them refunded."""
    async with sessions() as session:
        session.add_all([Order(code="T5", cents=800), Order(code="T6", cents=300), Order(code="T8", cents=20)])
        session.add_all([Refund(order="T5", cents=50), Refund(order="T6", cents=300)])
        await session.commit()
    transport = ASGITransport(app=create_app(sessions, bank), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://t") as client:

        async def refund(order="T5", cents=750, currency="EUR", without=None):
            body = dict(order=order, cents=cents, currency=currency)
            body.pop(without, None)
            return await client.post("/refunds", json=body)

        yield refund


@pytest.fixture
async def stored(sessions):
    async def inner():
        async with sessions() as session:
            rows = await session.execute(text('SELECT "order", cents FROM refunds ORDER BY id'))
            return list(map(tuple, rows))[2:]

    return inner


class TestPaid:
    @pytest.mark.parametrize("currency, account", [("EUR", "theatre-eur"), ("SEK", "theatre-sek")])
    @pytest.mark.parametrize("cents", [1, 749, 750])
    async def test_paid(self, theatre, bank, stored, currency, account, cents):
        response = await theatre(cents=cents, currency=currency)

        assert response.status_code == 201
        assert response.json() == {"order": "T5", "cents": cents, "left": 750 - cents}
        assert bank.paid == [(account, "T5", cents)]
        assert await stored() == [("T5", cents)]


    async def test_paid_for_the_first_time(self, theatre, stored):
        response = await theatre(order="T8", cents=20)

        assert response.json() == {"order": "T8", "cents": 20, "left": 0}
        assert await stored() == [("T8", 20)]


class TestRefused:
    @pytest.mark.parametrize(
        "asked, status, body",
        [
            ({"cents": 751}, 409, {"error": "too_much", "left": 750}),
            ({"order": "T6", "cents": 1}, 409, {"error": "too_much", "left": 0}),
            ({"order": "T7"}, 404, {"error": "unknown_order"}),
            ({"currency": "NOK"}, 422, {"error": "unknown_currency"}),
            ({"cents": 0}, 422, {"error": "invalid_request", "field": "cents"}),
            ({"cents": -5}, 422, {"error": "invalid_request", "field": "cents"}),
            ({"without": "cents"}, 422, {"error": "invalid_request", "field": "cents"}),
            ({"without": "order"}, 422, {"error": "invalid_request", "field": "order"}),
            ({"without": "currency"}, 422, {"error": "invalid_request", "field": "currency"}),
        ],
    )
    async def test_refused(self, theatre, bank, stored, asked, status, body):
        response = await theatre(**asked)

        assert response.status_code == status
        assert response.json() == body
        assert bank.paid == []
        assert await stored() == []

    async def test_bank_down(self, theatre, bank, stored):
        bank.broken = BankDown("secret")

        response = await theatre()

        assert response.status_code == 502
        assert response.json() == {"error": "bank_down"}
        assert "secret" not in "".join(response.headers.values())
        assert await stored() == []

    async def test_bank_strange(self, theatre, bank, stored):
        bank.broken = KeyError("secret")

        response = await theatre()

        assert response.status_code == 500
        assert response.json() == {"error": "internal"}
        assert "secret" not in "".join(response.headers.values())
        assert await stored() == []
