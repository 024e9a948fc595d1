import pytest

from assessments.progress import ProgressBoard, progress_stream

pytestmark = pytest.mark.asyncio

TEA = {"title": "Tea", "questions": ["Why?", "How?"], "price_cents": 900, "days": 1}

JOURNEY = """
201 {"id":1,"author":"ada@x.org","title":"Tea","questions":["Why?","How?"],"price_cents":900,"closes_at":1750086400}
409 {"code":"title_taken"}
422 {"code":"invalid","fields":["days","title"]}
200 {"id":1,"author":"ada@x.org","title":"Tea","questions":["Why?","How?"],"price_cents":900,"closes_at":1750086400}
404 {"code":"no_such_assessment"}
402 {"code":"not_paid"}
200 {"status":"booked"}
200 {"status":"duplicate"}
200 {"status":"booked"}
200 {"status":"ignored"}
404 {"code":"no_such_assessment"}
404 {"code":"no_such_question"}
200 {"answered":1,"questions":2}
409 {"code":"incomplete"}
409 {"code":"not_submitted"}
200 {"sent":["kim@x.org","lee@x.org"],"failed":[]}
200 {"answered":2,"questions":2}
201 {"submitted_at":1750000000,"mailed":true}
409 {"code":"submitted"}
200 {"learner":"kim@x.org","points":80,"mailed":true}
200 {"learner":"kim@x.org","paid_cents":900,"answered":2,"submitted_at":1750000000,"mean":2.5,"points":80}
403 {"code":"not_author"}
"""


async def test_the_journey_as_it_was(ask, pay):
    steps = [
        await ask("ada@x.org", "POST", "", TEA),
        await ask("ada@x.org", "POST", "", TEA),
        await ask("ada@x.org", "POST", "", TEA | {"title": "", "days": 0}),
        await ask("kim@x.org", "GET", "/1"),
        await ask("kim@x.org", "GET", "/2"),
        await ask("kim@x.org", "GET", "/1/seat"),
        await pay("evt_1"),
        await pay("evt_1"),
        await pay("evt_2", learner="lee@x.org"),
        await pay("evt_3", type="other"),
        await pay("evt_4", assessment=9),
        await ask("kim@x.org", "PUT", "/1/answers/3", {"value": 1}),
        await ask("kim@x.org", "PUT", "/1/answers/1", {"value": 1}),
        await ask("kim@x.org", "POST", "/1/submission"),
        await ask("ada@x.org", "PUT", "/1/ratings/kim@x.org", {"points": 80}),
        await ask("ada@x.org", "POST", "/1/reminders"),
        await ask("kim@x.org", "PUT", "/1/answers/2", {"value": 4}),
        await ask("kim@x.org", "POST", "/1/submission"),
        await ask("kim@x.org", "POST", "/1/submission"),
        await ask("ada@x.org", "PUT", "/1/ratings/kim@x.org", {"points": 80}),
        await ask("kim@x.org", "GET", "/1/seat"),
        await ask("kim@x.org", "PUT", "/1/ratings/kim@x.org", {"points": 100}),
    ]

    assert "\n".join(f"{step.status_code} {step.text}" for step in steps) == JOURNEY.strip()


async def test_the_stream_as_it_was():
    board = ProgressBoard()
    board.publish(1, "answered", {"learner": "kim@x.org", "answered": 1})

    async def here():
        return False

    stream = progress_stream(board, 1, here)
    text = await anext(stream)
    await stream.aclose()

    assert text == 'id: 1\nevent: answered\ndata: {"learner": "kim@x.org", "answered": 1}\n\n'
