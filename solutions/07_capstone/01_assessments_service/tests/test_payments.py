"""16 to 19: what the payment provider may tell, and how often."""

import json

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from assessments.app import create_app
from conftest import Deliver
from fakes import KEYS, KIM, LEE, NOW, Clock, Gateway, User, hmac_of, refused, seen

pytestmark = pytest.mark.asyncio

BOOKED = (200, {"status": "booked"})
DUPLICATE = (200, {"status": "duplicate"})


async def test_payments_are_added_up(
    ada: User, kim: User, lee: User, tea: int, deliver: Deliver
) -> None:
    assert seen(await deliver("evt_1", tea, cents=50)) == BOOKED
    assert seen(await deliver("evt_2", tea, cents=50, note="thanks")) == BOOKED
    assert seen(await deliver("evt_3", tea, LEE, cents=901)) == BOOKED

    assert (await kim.seat(tea))["paid_cents"] == 1_000
    assert (await lee.seat(tea))["paid_cents"] == 901


async def test_an_event_is_booked_once(kim: User, tea: int, deliver: Deliver, clock: Clock) -> None:
    await deliver("evt_1", tea)

    assert seen(await deliver("evt_1", tea)) == DUPLICATE
    assert seen(await deliver("evt_1", tea, at=NOW + 60, note="again")) == DUPLICATE
    assert (await kim.seat(tea))["paid_cents"] == 1_800


async def test_an_event_is_booked_once_for_a_new_app(
    sessions: async_sessionmaker[AsyncSession], gateway: Gateway, clock: Clock, tea: int, kim: User
) -> None:
    app = create_app(sessions, gateway, KEYS, clock)
    event = {"type": "payment.succeeded", "id": "evt_tea", "cents": 900, "learner": KIM}
    body = json.dumps(event | {"assessment": tea}).encode()
    headers = {"Payment-Signature": f"t={NOW},v1={hmac_of(KEYS.payment, b'%d.' % NOW + body)}"}

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://new") as client:
        response = await client.post("/payments/events", content=body, headers=headers)

    assert seen(response) == DUPLICATE
    assert (await kim.seat(tea))["paid_cents"] == 900


async def test_other_events_are_ignored(kim: User, tea: int, deliver: Deliver) -> None:
    response = await deliver("evt_1", tea, type="payment.failed")

    assert seen(response) == (200, {"status": "ignored"})
    assert (await kim.seat(tea))["paid_cents"] == 900


async def test_an_event_may_come_too_early(ada: User, kim: User, deliver: Deliver) -> None:
    assert seen(await deliver("evt_1", 2)) == refused(404, "no_such_assessment")

    assert await ada.create() == 2
    assert seen(await deliver("evt_1", 2)) == BOOKED
    assert (await kim.seat(2))["paid_cents"] == 900


BODY = json.dumps(
    {"id": "evt_1", "type": "payment.succeeded", "assessment": 1, "learner": KIM, "cents": 100}
).encode()
GOOD = hmac_of(KEYS.payment, b"%d.%s" % (NOW, BODY))


BAD_HEADERS = {
    "missing": None,
    "empty": "",
    "another form": GOOD,
    "no signature": f"t={NOW},v1=",
    "another time": f"t={NOW - 1},v1={GOOD}",
    "another key": f"t={NOW},v1={hmac_of(KEYS.token, b'%d.%s' % (NOW, BODY))}",
    "another body": f"t={NOW},v1={hmac_of(KEYS.payment, b'%d.%s ' % (NOW, BODY))}",
    "without the time": f"t={NOW},v1={hmac_of(KEYS.payment, BODY)}",
}


async def test_a_bad_signature_books_nothing(client: AsyncClient, kim: User, tea: int) -> None:
    told = {}
    for fault, header in BAD_HEADERS.items():
        headers = {} if header is None else {"Payment-Signature": header}
        response = await client.post("/payments/events", content=BODY, headers=headers)
        told[fault] = seen(response)

    assert told == dict.fromkeys(BAD_HEADERS, refused(401, "bad_signature"))
    assert (await kim.seat(tea))["paid_cents"] == 900


async def test_a_stale_event_books_nothing(kim: User, tea: int, deliver: Deliver) -> None:
    for late_s in (301, -301):
        assert seen(await deliver("evt_1", tea, at=NOW - late_s)) == refused(400, "stale")

    assert (await kim.seat(tea))["paid_cents"] == 900
    assert seen(await deliver("evt_1", tea)) == BOOKED


async def test_five_minutes_are_not_too_late(tea: int, deliver: Deliver) -> None:
    for late_s in (300, -300):
        assert seen(await deliver(f"evt_{late_s}", tea, at=NOW - late_s)) == BOOKED


async def test_prices_of_nothing_need_an_event_all_the_same(
    ada: User, kim: User, deliver: Deliver
) -> None:
    number = await ada.create(title="Water", price_cents=0)

    assert seen(await deliver("evt_0", number, cents=0)) == BOOKED
    assert (await kim.seat(number))["paid_cents"] == 0
