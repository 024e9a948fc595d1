import asyncio
from unittest.mock import AsyncMock, Mock

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from ticket_refunds import BankDown, Order, Refund, create_app


@pytest.fixture
def bank():
    return Mock(pay_back=AsyncMock())


@pytest.fixture
def shop(sessions, bank):
    async def fill():
        async with sessions.begin() as session:
            session.add(Order(code="Q1", cents=1000))
            session.add(Order(code="Q2", cents=900))
            session.add(Order(code="Q9", cents=500))
            session.add(Refund(order="Q1", cents=100))
            session.add(Refund(order="Q1", cents=150))
            session.add(Refund(order="Q2", cents=7))

    asyncio.run(fill())
    return TestClient(create_app(sessions, bank), raise_server_exceptions=False)


@pytest.fixture
def paid(sessions):
    """paid(): how much was paid back, by order."""

    async def read():
        async with sessions() as session:
            by_order = select(Refund.order, func.sum(Refund.cents), func.count()).group_by(Refund.order)
            return {order: (total, rows) for order, total, rows in await session.execute(by_order)}

    return lambda: asyncio.run(read())


NOTHING = {"Q1": (250, 2), "Q2": (7, 1)}


def ask(shop, **changed):
    body = {"order": "Q1", "cents": 300, "currency": "SEK"} | changed
    answer = shop.post("/refunds", json={key: value for key, value in body.items() if value != "left out"})
    return answer.status_code, answer.json()


def test_paid(shop, bank, paid):
    assert ask(shop) == (201, {"order": "Q1", "cents": 300, "left": 450})
    bank.pay_back.assert_awaited_once_with("theatre-sek", "Q1", 300)
    assert paid() == {"Q1": (550, 3), "Q2": (7, 1)}

    assert ask(shop, cents=450, currency="EUR") == (201, {"order": "Q1", "cents": 450, "left": 0})
    bank.pay_back.assert_awaited_with("theatre-eur", "Q1", 450)
    assert paid() == {"Q1": (1000, 4), "Q2": (7, 1)}

    assert ask(shop, cents=1) == (409, {"error": "too_much", "left": 0})


def test_first_refund(shop, paid):
    assert ask(shop, order="Q9") == (201, {"order": "Q9", "cents": 300, "left": 200})
    assert paid()["Q9"] == (300, 1)


def test_one_cent(shop, paid):
    assert ask(shop, cents=1)[0] == 201
    assert paid()["Q1"] == (251, 3)


def test_too_much(shop, bank, paid):
    assert ask(shop, cents=751) == (409, {"error": "too_much", "left": 750})
    assert bank.pay_back.mock_calls == []
    assert paid() == NOTHING


@pytest.mark.parametrize("field", ["order", "cents", "currency"])
def test_missing(shop, bank, paid, field):
    assert ask(shop, **{field: "left out"}) == (422, {"error": "invalid_request", "field": field})
    assert bank.pay_back.mock_calls == []
    assert paid() == NOTHING


@pytest.mark.parametrize("cents", [0, -1, "a lot", 2.5])
def test_not_cents(shop, bank, paid, cents):
    assert ask(shop, cents=cents) == (422, {"error": "invalid_request", "field": "cents"})
    assert bank.pay_back.mock_calls == []
    assert paid() == NOTHING


def test_unknown(shop, bank, paid):
    assert ask(shop, order="Q3") == (404, {"error": "unknown_order"})
    assert ask(shop, currency="CHF") == (422, {"error": "unknown_currency"})
    assert bank.pay_back.mock_calls == []
    assert paid() == NOTHING


@pytest.mark.parametrize("error, told", [(BankDown, (502, "bank_down")), (OSError, (500, "internal"))])
def test_bank(shop, bank, paid, error, told):
    bank.pay_back.side_effect = error("10.0.0.7 refused")
    answer = shop.post("/refunds", json={"order": "Q1", "cents": 300, "currency": "SEK"})
    assert (answer.status_code, answer.json()) == (told[0], {"error": told[1]})
    assert "10.0.0.7" not in str(answer.headers.items())
    assert paid() == NOTHING
