import asyncio
import hashlib
import hmac

import pytest

from assessments.auth import issue_token
from assessments.dao import AssessmentDao
from assessments.deps import get_clock
from assessments.models import Base
from conftest import EPOCH

pytestmark = pytest.mark.asyncio

TEACHER, PIA = "teacher@x.org", "pia@x.org"
BATS = {"title": "Bats", "questions": ["1"], "price_cents": 7, "days": 2}


def signed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def bearer(user, expires=EPOCH + 99, key=b"k1"):
    claim = f"{user}:{expires}"
    return {"Authorization": f"Bearer {claim}:{signed(key, claim)}"}


async def got(request):
    response = await asyncio.wait_for(request, 1)
    return response.status_code, response.json()


ROUTES = [
    ("GET", "", None),
    ("PUT", "/answers/1", {"value": 1}),
    ("POST", "/submission", None),
    ("GET", "/seat", None),
    ("PUT", "/ratings/pia@x.org", {"points": 1}),
    ("POST", "/reminders", None),
    ("GET", "/progress", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
async def test_nobody_and_nowhere(http, method, path, body):
    nobody = await got(http.request(method, f"/assessments/3{path}", json=body))
    nowhere = await got(http.request(method, f"/assessments/4{path}", json=body, headers=bearer(TEACHER)))

    assert nobody == (401, {"code": "unauthorized"})
    assert nowhere == (404, {"code": "no_such_assessment"})


async def test_tokens(http):
    assert issue_token(b"k1", PIA, EPOCH + 99) == bearer(PIA)["Authorization"].split()[1]
    good = bearer(PIA)["Authorization"]
    signature = good.rpartition(":")[2]
    for header in [
        good.replace("Bearer", "Basic"),
        "Bearer owl",
        good.removesuffix(signature),
        good.replace("pia", "pit"),
        good.replace(f"{EPOCH + 99}", f"{EPOCH + 98}"),
        bearer(PIA, key=b"k2")["Authorization"],
        bearer(PIA, EPOCH)["Authorization"],
    ]:
        told = await got(http.get("/assessments/3", headers={"Authorization": header}))
        assert told == (401, {"code": "unauthorized"}), header
    assert (await got(http.get("/assessments/3", headers=bearer(PIA, EPOCH + 1))))[0] == 200
    assert (await got(http.post("/assessments", json=BATS)))[0] == 401


async def test_another_clock(http, app):
    app.dependency_overrides[get_clock] = lambda: lambda: EPOCH + 99

    assert (await got(http.get("/assessments/3", headers=bearer(PIA))))[0] == 401


async def test_creating(http):
    response = await http.post("/assessments", json=BATS, headers=bearer(TEACHER))

    made = response.json()
    expected = {"id": made["id"], "author": TEACHER, "closes_at": EPOCH + 172_800} | BATS
    del expected["days"]
    assert (response.status_code, made) == (201, expected)
    assert response.headers["location"] == f"/assessments/{made['id']}"
    assert await got(http.get(f"/assessments/{made['id']}", headers=bearer(PIA))) == (200, expected)
    again = await got(http.post("/assessments", json=BATS, headers=bearer(TEACHER)))
    assert again == (409, {"code": "title_taken"})


async def test_wrong_bodies(http):
    wrong = BATS | {"title": " ", "days": 99}
    status, told = await got(http.post("/assessments", json=wrong, headers=bearer(TEACHER)))
    assert (status, told["code"], sorted(told["fields"]), len(told)) == (422, "invalid", ["days", "title"], 2)


async def test_learning(http, time):
    pia, teacher = bearer(PIA), bearer(TEACHER)
    for number in (1, 2, 3):
        told = await got(http.put(f"/assessments/3/answers/{number}", json={"value": number}, headers=pia))
        assert told == (200, {"answered": number, "questions": 3})
    told = await got(http.post("/assessments/3/submission", headers=pia))
    assert told == (201, {"submitted_at": EPOCH, "mailed": True})
    told = await got(http.put("/assessments/3/ratings/pia@x.org", json={"points": 9}, headers=teacher))
    assert told == (200, {"learner": PIA, "points": 9, "mailed": True})
    seat = {"learner": PIA, "paid_cents": 40, "answered": 3, "submitted_at": EPOCH, "mean": 2.0, "points": 9}
    assert await got(http.get("/assessments/3/seat", headers=pia)) == (200, seat)
    told = await got(http.post("/assessments/3/reminders", headers=teacher))
    assert told == (200, {"sent": ["pit@x.org"], "failed": []})
    assert await got(http.get("/assessments/3/progress", headers=pia)) == (403, {"code": "not_author"})


def event(at=EPOCH, number=3, key=b"k2", kind="payment.succeeded", id="e", over=None, header=None):
    body = '{"id":"%s",  "type":"%s", "assessment":%d,"learner":"pia@x.org", "cents":2}' % (id, kind, number)
    header = f"t={at},v1={signed(key, over or f'{at}.{body}')}" if header is None else header
    return {"url": "/payments/events", "content": body, "headers": {"Payment-Signature": header}}


BODY = event()["content"]


async def test_payments(http, sessions):
    assert await got(http.post(**event())) == (200, {"status": "booked"})
    assert await got(http.post(**event(at=EPOCH + 1))) == (200, {"status": "duplicate"})
    assert await got(http.post(**event(kind="owl", id="f"))) == (200, {"status": "ignored"})
    for fault in [
        {"key": b"k1"},
        {"over": BODY},
        {"over": f"{EPOCH}.{BODY}."},
        {"over": f"{EPOCH + 1}.{BODY}"},
        {"header": ""},
        {"header": f"t={EPOCH},v1="},
        {"header": signed(b"k2", f"{EPOCH}.{BODY}")},
    ]:
        assert await got(http.post(**event(**fault, id="e"))) == (401, {"code": "bad_signature"}), fault
    assert (await http.post("/payments/events", content=BODY)).status_code == 401
    for late in (-301, 301):
        assert await got(http.post(**event(at=EPOCH - late, id="g"))) == (400, {"code": "stale"})
    for late in (-300, 300):
        assert await got(http.post(**event(at=EPOCH - late, id=f"h{late}"))) == (200, {"status": "booked"})
    async with sessions() as session:
        assert (await AssessmentDao(session).find_seat(3, PIA)).paid_cents == 46


async def test_an_early_payment(http):
    assert await got(http.post(**event(number=4))) == (404, {"code": "no_such_assessment"})
    await http.post("/assessments", json=BATS, headers=bearer(TEACHER))
    assert await got(http.post(**event(number=4))) == (200, {"status": "booked"})


async def test_a_sick_database(http, sick, engine):
    down = (503, {"code": "storage"})
    sick(True)
    assert await got(http.post("/assessments", json=BATS, headers=bearer(TEACHER))) == down
    assert await got(http.post(**event())) == down
    sick(False)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    assert await got(http.get("/assessments/3", headers=bearer(TEACHER))) == down
