import asyncio

import pytest

from assessments.dao import AssessmentDao
from assessments.dto import NewAnswer, NewAssessment, NewRating
from assessments.errors import StorageError, TitleTaken
from assessments.mail import GatewayBusy, GatewayRefused, Mailer, MailFailed
from assessments.progress import ProgressBoard, progress_stream

pytestmark = pytest.mark.asyncio

TEA = {"title": "Tea", "questions": ["Why?", "How?"], "price_cents": 900, "days": 1}


async def test_models_can_be_made():
    NewAssessment(**TEA)
    NewAnswer(value=3)
    NewRating(points=80)


async def test_the_whole_way(ask, pay):
    await ask("ada@x.org", "POST", "", TEA)
    await ask("ada@x.org", "POST", "", TEA)
    await ask("ada@x.org", "POST", "", TEA | {"title": ""})
    await ask("kim@x.org", "GET", "/1")
    await ask("kim@x.org", "GET", "/2")
    await ask("kim@x.org", "GET", "/1/seat")
    await pay("evt_1")
    await pay("evt_1")
    await pay("evt_2", type="other")
    await pay("evt_3", assessment=9)
    await ask("kim@x.org", "PUT", "/1/answers/3", {"value": 1})
    await ask("kim@x.org", "PUT", "/1/answers/1", {"value": 1})
    await ask("kim@x.org", "POST", "/1/submission")
    await ask("ada@x.org", "PUT", "/1/ratings/kim@x.org", {"points": 80})
    await ask("ada@x.org", "POST", "/1/reminders")
    await ask("kim@x.org", "PUT", "/1/answers/2", {"value": 1})
    await ask("kim@x.org", "POST", "/1/submission")
    await ask("kim@x.org", "POST", "/1/submission")
    await ask("kim@x.org", "GET", "/1/seat")
    await ask("kim@x.org", "POST", "/1/reminders")
    await ask("ada@x.org", "PUT", "/1/ratings/lee@x.org", {"points": 80})
    await ask("ada@x.org", "PUT", "/1/ratings/kim@x.org", {"points": 80})
    await ask("ada@x.org", "GET", "/9/progress")


async def test_strangers(client):
    await client.get("/assessments/1")
    await client.get("/assessments/1", headers={"Authorization": "Bearer nobody"})
    await client.post("/payments/events", content=b"{}")
    await client.post("/payments/events", content=b"{}", headers={"Payment-Signature": "t=1,v1=ab"})


async def test_the_dao(sessions):
    async with sessions() as session:
        dao = AssessmentDao(session)
        await dao.add_assessment("ada@x.org", NewAssessment(**TEA), 1)
        await dao.commit()
        try:
            await dao.add_assessment("ada@x.org", NewAssessment(**TEA), 1)
        except (TitleTaken, StorageError):
            pass
    async with sessions() as session:
        dao = AssessmentDao(session)
        await dao.find_seat(1, "kim@x.org")
        await dao.mark_submitted(1, "kim@x.org", 1)
        await dao.waiting_learners(1)


@pytest.mark.parametrize("error", [None, GatewayBusy, GatewayRefused, TimeoutError])
async def test_the_mailer(error):
    class Gateway:
        async def send(self, to, subject, text):
            if error:
                raise error

    try:
        await Mailer(Gateway(), lambda seconds: asyncio.sleep(0)).send("a@x.org", "b", "c")
    except MailFailed:
        pass


async def test_the_stream():
    board = ProgressBoard()
    board.publish(1, "answered", {})

    async def gone():
        return board.watchers(1) == 0

    stream = progress_stream(board, 1, gone, 0.001)
    await anext(stream)
    await anext(stream)
    await stream.aclose()
