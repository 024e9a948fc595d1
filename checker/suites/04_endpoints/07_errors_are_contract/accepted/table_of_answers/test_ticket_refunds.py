"""One table of questions and answers; the bank writes into the same list as the database is read into."""

import json
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlalchemy import select

from ticket_refunds import BankDown, Order, Refund, create_app


class Bank:
    def __init__(self, error=None):
        self.error = error
        self.asked = 0
        self.last = None

    async def pay_back(self, *payment):
        self.asked += 1
        self.last = payment
        if self.error:
            raise self.error


@asynccontextmanager
async def theatre(sessions, bank):
    async with sessions.begin() as session:
        session.add(Order(code="x", cents=100))
        session.add(Order(code="y", cents=100))
        session.add(Order(code="w", cents=100))
        session.add(Refund(order="x", cents=40))
        session.add(Refund(order="y", cents=10))
    transport = httpx.ASGITransport(create_app(sessions, bank), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://theatre") as client:
        yield client


async def refunds(sessions):
    async with sessions() as session:
        return [(r.order, r.cents) for r in await session.scalars(select(Refund).order_by(Refund.id))]


OLD = [("x", 40), ("y", 10)]

QUESTIONS = {
    '{"order": "x", "cents": 60, "currency": "EUR"}': (201, {"order": "x", "cents": 60, "left": 0}),
    '{"order": "x", "cents": 1, "currency": "EUR"}': (201, {"order": "x", "cents": 1, "left": 59}),
    '{"order": "y", "cents": 9, "currency": "SEK"}': (201, {"order": "y", "cents": 9, "left": 81}),
    '{"order": "w", "cents": 99, "currency": "SEK"}': (201, {"order": "w", "cents": 99, "left": 1}),
    '{"order": "x", "cents": 61, "currency": "EUR"}': (409, {"error": "too_much", "left": 60}),
    '{"order": "z", "cents": 60, "currency": "EUR"}': (404, {"error": "unknown_order"}),
    '{"order": "x", "cents": 60, "currency": "USD"}': (422, {"error": "unknown_currency"}),
    '{"order": "x", "cents": 0, "currency": "EUR"}': (422, {"error": "invalid_request", "field": "cents"}),
    '{"order": "x", "cents": null, "currency": "EUR"}': (422, {"error": "invalid_request", "field": "cents"}),
    '{"cents": 60, "currency": "EUR"}': (422, {"error": "invalid_request", "field": "order"}),
    '{"order": "x", "cents": 60}': (422, {"error": "invalid_request", "field": "currency"}),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("question", QUESTIONS)
async def test_answers(sessions, question):
    status, body = QUESTIONS[question]
    bank = Bank()
    async with theatre(sessions, bank) as client:
        response = await client.post("/refunds", content=question, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert response.json() == body
    if status == 201:
        asked = json.loads(question)
        assert bank.asked == 1
        assert bank.last == (f"theatre-{asked['currency'].lower()}", asked["order"], asked["cents"])
        assert await refunds(sessions) == [*OLD, (asked["order"], asked["cents"])]
    else:
        assert bank.asked == 0
        assert await refunds(sessions) == OLD


@pytest.mark.asyncio
async def test_a_bank_that_fails(sessions):
    question = next(iter(QUESTIONS))
    for error, expected in (
        (BankDown("the vault is empty"), (502, {"error": "bank_down"})),
        (ValueError("the vault is empty"), (500, {"error": "internal"})),
    ):
        bank = Bank(error)
        transport = httpx.ASGITransport(create_app(sessions, bank), raise_app_exceptions=False)
        async with sessions.begin() as session:
            await session.merge(Order(code="x", cents=100))
        async with httpx.AsyncClient(transport=transport, base_url="http://theatre") as client:
            response = await client.post("/refunds", json=json.loads(question))
        assert (response.status_code, response.json()) == expected
        assert b"vault" not in b" ".join(value for _, value in response.headers.raw)
        assert await refunds(sessions) == []
