"""What the payment provider may tell the laundry, and how often."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any, TypeAlias
from unittest.mock import ANY

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from card_topups import Card, create_app

pytestmark = pytest.mark.asyncio

Sessions: TypeAlias = async_sessionmaker[AsyncSession]
SECRET = b"soap"
NOW = 1_800_000_000


def hmac_of(body: bytes, timestamp: int, secret: bytes = SECRET) -> str:
    """The provider's signature, from its documentation and not from the code under test."""
    return hmac.new(secret, b"%d.%s" % (timestamp, body), hashlib.sha256).hexdigest()


def event(number: int = 1, type_: str = "payment.succeeded", card: str = "C-7") -> bytes:
    """An event of 500 cents, with white space that no JSON library would write by default."""
    data = {"type": type_, "id": f"evt_{number}", "cents": 500, "card": card}
    return json.dumps(data, indent=3).encode()


@pytest_asyncio.fixture(autouse=True)
async def _cards(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add_all([Card(number="C-7", balance_cents=100), Card(number="C-8", balance_cents=0)])


@pytest_asyncio.fixture
async def client(sessions: Sessions) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=create_app(sessions, SECRET, lambda: NOW))
    async with AsyncClient(transport=transport, base_url="http://laundry") as client:
        yield client


async def deliver(client: AsyncClient, body: bytes, timestamp: int = NOW) -> tuple[int, object]:
    """Send an event as the provider does; the status and the body of the response."""
    headers = {"X-Timestamp": str(timestamp), "X-Signature": hmac_of(body, timestamp)}
    return seen(await client.post("/webhooks/payments", content=body, headers=headers))


def seen(response: Response) -> tuple[int, object]:
    return response.status_code, response.json()


async def balances(sessions: Sessions) -> Any:
    return ANY


BOOKED = (200, {"status": "booked"})
DUPLICATE = (200, {"status": "duplicate"})
BAD_SIGNATURE = (401, {"detail": "bad signature"})
STALE = (400, {"detail": "stale"})


async def test_payments_and_refunds_are_booked_on_their_card(
    client: AsyncClient, sessions: Sessions
) -> None:
    assert await deliver(client, event(1)) == BOOKED
    assert await deliver(client, event(2)) == BOOKED
    assert await balances(sessions) == {"C-7": 1_100, "C-8": 0}

    assert await deliver(client, event(3, "payment.refunded")) == BOOKED
    assert await balances(sessions) == {"C-7": 600, "C-8": 0}


async def test_a_refund_may_come_first(client: AsyncClient, sessions: Sessions) -> None:
    assert await deliver(client, event(1, "payment.refunded", "C-8")) == BOOKED
    assert await balances(sessions) == {"C-7": 100, "C-8": -500}

    assert await deliver(client, event(2, card="C-8")) == BOOKED
    assert await balances(sessions) == {"C-7": 100, "C-8": 0}


@pytest.mark.parametrize(
    ("type_", "balance"), [("payment.succeeded", 1_100), ("payment.refunded", 100)]
)
async def test_an_event_counts_once(
    client: AsyncClient, sessions: Sessions, type_: str, balance: int
) -> None:
    await deliver(client, event(1, type_))
    await deliver(client, event(2))

    assert await deliver(client, event(1, type_)) == DUPLICATE
    assert await deliver(client, event(1, type_), NOW + 60) == DUPLICATE
    assert await deliver(client, event(1, type_).replace(b" ", b""), NOW - 60) == DUPLICATE
    assert await balances(sessions) == {"C-7": balance, "C-8": 0}


async def test_an_event_counts_once_for_a_new_app(client: AsyncClient, sessions: Sessions) -> None:
    await deliver(client, event())

    transport = ASGITransport(app=create_app(sessions, SECRET, lambda: NOW))
    async with AsyncClient(transport=transport, base_url="http://laundry") as restarted:
        assert await deliver(restarted, event()) == DUPLICATE

    assert await balances(sessions) == {"C-7": 600, "C-8": 0}


BODY = event()


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("sesame", id="no-signature"),
        pytest.param(hmac_of(BODY.replace(b"500", b"900"), NOW), id="of-another-body"),
        pytest.param(hmac_of(BODY, NOW - 1), id="of-another-time"),
        pytest.param(hmac_of(BODY, NOW, b"soup"), id="with-another-secret"),
    ],
)
async def test_a_bad_signature_is_refused_and_leaves_no_trace(
    client: AsyncClient, sessions: Sessions, signature: str | None
) -> None:
    headers = {"X-Timestamp": str(NOW)} | ({} if signature is None else {"X-Signature": signature})

    response = await client.post("/webhooks/payments", content=BODY, headers=headers)

    assert seen(response) == BAD_SIGNATURE
    assert await balances(sessions) == {"C-7": 100, "C-8": 0}
    assert await deliver(client, BODY) == BOOKED


@pytest.mark.parametrize("late_s", [301, -301])
async def test_a_stale_event_is_refused_and_leaves_no_trace(
    client: AsyncClient, sessions: Sessions, late_s: int
) -> None:
    assert await deliver(client, event(), NOW - late_s) == STALE
    assert await balances(sessions) == {"C-7": 100, "C-8": 0}
    assert await deliver(client, event()) == BOOKED


@pytest.mark.parametrize("late_s", [300, -300])
async def test_five_minutes_are_not_too_late(client: AsyncClient, late_s: int) -> None:
    assert await deliver(client, event(), NOW - late_s) == BOOKED


@pytest.mark.parametrize("body", [event(1, "card.lost"), b'{"id": "evt_1",  "type": "ping"}'])
async def test_other_events_are_ignored(
    client: AsyncClient, sessions: Sessions, body: bytes
) -> None:
    assert await deliver(client, body) == (200, {"status": "ignored"})
    assert await balances(sessions) == {"C-7": 100, "C-8": 0}


async def test_an_unknown_card_is_refused_and_leaves_no_trace(
    client: AsyncClient, sessions: Sessions
) -> None:
    assert await deliver(client, event(card="C-9")) == (404, {"detail": "no such card"})
    assert await balances(sessions) == {"C-7": 100, "C-8": 0}

    async with sessions.begin() as session:
        session.add(Card(number="C-9", balance_cents=0))
    assert await deliver(client, event(card="C-9")) == BOOKED
