"""The provider's webhook: first whose, then when, then what."""

import json

from fastapi import APIRouter, Request

from .auth import is_signed
from .deps import ClockDep, DaoDep, KeysDep
from .dto import PaymentEvent
from .errors import Refused

router = APIRouter()


def check_signature(header: str, body: bytes, key: bytes, now: int) -> None:
    time, comma, rest = header.partition(",")
    well_formed = time.startswith("t=") and time[2:].isdecimal() and comma and rest.startswith("v1=")
    if not well_formed or not is_signed(key, time[2:].encode() + b"." + body, rest[3:]):
        raise Refused(401, "bad_signature")
    if int(time[2:]) not in range(now - 300, now + 301):
        raise Refused(400, "stale")


@router.post("/payments/events")
async def take(request: Request, dao: DaoDep, keys: KeysDep, clock: ClockDep):
    body = await request.body()
    check_signature(request.headers.get("payment-signature") or "", body, keys.payment, clock())
    told = json.loads(body)
    status = "ignored"
    if told["type"] == "payment.succeeded":
        event = PaymentEvent(**told)
        if not await dao.find_assessment(event.assessment):
            raise Refused(404, "no_such_assessment")
        booked = await dao.book(event.id, event.assessment, event.learner, event.cents)
        status = "booked" if booked else "duplicate"
        await dao.commit()
    return {"status": status}
