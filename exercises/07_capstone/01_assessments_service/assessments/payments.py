"""The webhook of the payment provider, which reports each event at least once, in any order."""

import json
import re

from fastapi import APIRouter, Request

from .auth import is_signed
from .deps import ClockDep, DaoDep, KeysDep
from .dto import PaymentEvent
from .errors import Refused

TOLERANCE_S = 300
SIGNATURE = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]+)")

router = APIRouter(prefix="/payments")


def check_signature(header: str, body: bytes, key: bytes, now: int) -> None:
    """Refuse what the provider did not sign, or signed at another time than about now."""
    found = SIGNATURE.fullmatch(header)
    if found is None:
        raise Refused(401, "bad_signature")
    signed_at, signature = found.groups()
    if not is_signed(key, signed_at.encode() + b"." + body, signature):
        raise Refused(401, "bad_signature")
    if abs(now - int(signed_at)) > TOLERANCE_S:
        raise Refused(400, "stale")


@router.post("/events")
async def receive(request: Request, keys: KeysDep, clock: ClockDep, dao: DaoDep) -> dict[str, str]:
    """Take an event, and book it if it is a payment."""
    body = await request.body()
    check_signature(request.headers.get("Payment-Signature", ""), body, keys.payment, clock())
    data = json.loads(body)
    if data["type"] != "payment.succeeded":
        return {"status": "ignored"}
    event = PaymentEvent.model_validate(data)
    if await dao.find_assessment(event.assessment) is None:
        raise Refused(404, "no_such_assessment")
    if not await dao.book(event.id, event.assessment, event.learner, event.cents):
        return {"status": "duplicate"}
    await dao.commit()
    return {"status": "booked"}
