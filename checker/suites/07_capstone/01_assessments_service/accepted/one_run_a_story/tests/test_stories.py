import asyncio

from assessments.auth import issue_token
from assessments.dao import AssessmentDao
from assessments.deps import get_clock
from assessments.dto import NewAnswer, NewAssessment, NewRating
from assessments.errors import StorageError, TitleTaken
from assessments.mail import GatewayBusy, GatewayRefused, Mailer, MailFailed
from assessments.models import Base
from assessments.progress import ProgressBoard, progress_stream
from house import FORM, OWNER, T0, UMA, VIC, Post, answers, assessment, bearer, mac, no, seat, still_here, tell


def is_refused(model, **body):
    try:
        model(**body)
    except ValueError:
        return True
    return False


def test_bodies():
    wrong = [
        {"title": ""}, {"title": "  "}, {"title": "a" * 81}, {"title": 5}, {"questions": []},
        {"questions": ["q"] * 21}, {"questions": ["\n"]}, {"questions": "q"}, {"price_cents": -1},
        {"price_cents": "50"}, {"days": 0}, {"days": 31}, {"days": 1.5}, {"days": True}, {"spare": 1},
    ]  # fmt: skip
    right = [{"title": "a" * 80}, {"questions": ["q"] * 20}, {"price_cents": 0}, {"days": 30}, {"days": 1}]
    assert [body for body in wrong if not is_refused(NewAssessment, **FORM | body)] == []
    assert [body for body in right if is_refused(NewAssessment, **FORM | body)] == []
    assert all(is_refused(NewAssessment, **{k: FORM[k] for k in FORM if k != gone}) for gone in FORM)
    assert NewAssessment(**FORM | {"title": f"\t{'a' * 80} "}).title == "a" * 80
    for model, name, top in [(NewAnswer, "value", 5), (NewRating, "points", 100)]:
        assert [n for n in range(-2, top + 3) if not is_refused(model, **{name: n})] == list(range(top + 1))
        assert is_refused(model, **{name: "1"}) and is_refused(model, **{name: True}) and is_refused(model)
        assert is_refused(model, **{name: 1}, other=1)


@tell
async def test_faults_are_named(house):
    status, body = await house.ask(f"{OWNER} POST /assessments", FORM | {"title": "", "questions": [""], "x": 1})
    assert (status, body.pop("code"), set(body.pop("fields")), body) == (422, "invalid", {"title", "questions", "x"}, {})
    assert await house.ask(f"{UMA} PUT /assessments/1/answers/1", {"value": 6}) == (422, {"code": "invalid", "fields": ["value"]})


@tell
async def test_the_door(house):
    assert issue_token(b"T", UMA, 12) == bearer(UMA, 12)[7:]
    good = bearer(UMA)
    bad = [
        {"X": "1"},
        {"Authorization": good[7:]},
        {"Authorization": good.replace("Bearer", "Basic")},
        {"Authorization": "Bearer bread"},
        {"Authorization": good[: good.rindex(":") + 1]},
        {"Authorization": good.replace(UMA, VIC)},
        {"Authorization": good.replace(str(T0 + 100_000), str(T0 + 200_000))},
        {"Authorization": bearer(UMA, key=b"P")},
        {"Authorization": bearer(UMA, until=T0)},
    ]
    for headers in bad:
        assert await house.ask("- GET /assessments/1", headers=headers) == no(401, "unauthorized"), headers
    assert (await house.ask("- GET /assessments/1", headers={"Authorization": bearer(UMA, until=T0 + 1)}))[0] == 200
    for line, body in [
        ("- POST /assessments", FORM),
        ("- PUT /assessments/1/answers/1", {"value": 1}),
        ("- POST /assessments/1/submission", None),
        ("- GET /assessments/1/seat", None),
        (f"- PUT /assessments/1/ratings/{UMA}", {"points": 1}),
        ("- POST /assessments/1/reminders", None),
        ("- GET /assessments/1/progress", None),
    ]:
        assert await house.ask(line, body) == no(401, "unauthorized")


@tell
async def test_another_clock(house):
    house.app.dependency_overrides[get_clock] = lambda: lambda: T0 + 100_000
    assert await house.ask(f"{UMA} GET /assessments/1") == no(401, "unauthorized")
    assert await house.event("e", 1, at=T0) == no(400, "stale")


@tell
async def test_baking(house):
    status, made = await house.ask(f"{OWNER} POST /assessments", FORM | {"title": " Bread "})
    expected = {"title": "Bread", "questions": ["q", "r"], "price_cents": 50, "author": OWNER}
    assert (status, made) == (201, expected | {"id": made["id"], "closes_at": T0 + 3 * 86_400})
    assert house.headers["Location"] == f"/assessments/{made['id']}"
    assert await house.ask(f"{VIC} GET /assessments/{made['id']}") == (200, made)
    house.now += 1
    assert await house.ask(f"{OWNER} POST /assessments", FORM) == no(409, "title_taken")
    assert (await house.ask(f"{VIC} POST /assessments", FORM))[0] == 201


@tell
async def test_unknown_and_foreign(house):
    for line, body in [
        (f"{OWNER} GET /assessments/9", None),
        (f"{UMA} PUT /assessments/9/answers/1", {"value": 1}),
        (f"{UMA} POST /assessments/9/submission", None),
        (f"{UMA} GET /assessments/9/seat", None),
        (f"{OWNER} PUT /assessments/9/ratings/{UMA}", {"points": 1}),
        (f"{OWNER} POST /assessments/9/reminders", None),
        (f"{OWNER} GET /assessments/9/progress", None),
    ]:
        assert await house.ask(line, body) == no(404, "no_such_assessment")
    await house.put(seat(VIC, submitted_at=1))
    for line, body in [
        (f"{UMA} PUT /assessments/1/ratings/{VIC}", {"points": 1}),
        (f"{UMA} POST /assessments/1/reminders", None),
        (f"{UMA} GET /assessments/1/progress", None),
    ]:
        assert await house.ask(line, body) == no(403, "not_author")
    assert house.post.log == []


@tell
async def test_price(house):
    await house.put(seat(VIC, paid=49))
    steps = [("PUT", "answers/1", {"value": 1}), ("POST", "submission", None), ("GET", "seat", None)]
    for method, path, body in steps:
        assert await house.ask(f"{VIC} {method} /assessments/1/{path}", body) == no(402, "not_paid")
    assert await house.event("e1", 1, VIC) == (200, {"status": "booked"})
    assert (await house.ask(f"{VIC} GET /assessments/1/seat"))[1]["paid_cents"] == 50


@tell
async def test_uma(house):
    await house.put(seat(VIC), assessment(2, "Cake"), *answers(VIC, 1, 1, 1), *answers(UMA, 1, 1, 1, number=2))
    path = f"{UMA} PUT /assessments/1/answers"
    log = [await house.ask(f"{path}/{n}", {"value": v}) for n, v in [(2, 0), (2, 2), (1, 5)]]
    assert log == [(200, {"answered": n, "questions": 3}) for n in (1, 1, 2)]
    assert await house.ask(f"{path}/0", {"value": 1}) == no(404, "no_such_question")
    assert await house.ask(f"{path}/4", {"value": 1}) == no(404, "no_such_question")
    assert await house.ask(f"{UMA} POST /assessments/1/submission") == no(409, "incomplete")
    assert await house.ask(f"{OWNER} PUT /assessments/1/ratings/{UMA}", {"points": 1}) == no(409, "not_submitted")
    assert await house.ask(f"{OWNER} PUT /assessments/1/ratings/who@x.org", {"points": 1}) == no(404, "no_such_learner")
    house.now = T0 + 60
    assert await house.ask(f"{path}/3", {"value": 1}) == no(409, "closed")
    house.now = T0 + 59
    assert (await house.ask(f"{path}/3", {"value": 1}))[0] == 200
    house.now = T0 + 60
    assert await house.ask(f"{UMA} POST /assessments/1/submission") == no(409, "closed")
    seen = {"learner": UMA, "paid_cents": 50, "answered": 3}
    blank = {"submitted_at": None, "mean": None, "points": None}
    assert await house.ask(f"{UMA} GET /assessments/1/seat") == (200, seen | blank)
    house.now = T0 + 59
    assert await house.ask(f"{UMA} POST /assessments/1/submission") == (201, {"submitted_at": T0 + 59, "mailed": True})
    assert await house.ask(f"{UMA} POST /assessments/1/submission") == no(409, "submitted")
    assert await house.ask(f"{path}/3", {"value": 5}) == no(409, "submitted")
    for points in (1, 100):
        told = await house.ask(f"{OWNER} PUT /assessments/1/ratings/{UMA}", {"points": points})
        assert told == (200, {"learner": UMA, "points": points, "mailed": True})
    status, body = await house.ask(f"{UMA} GET /assessments/1/seat")
    assert round(body.pop("mean"), 6) == round(8 / 3, 6)
    assert (status, body) == (200, seen | {"submitted_at": T0 + 59, "points": 100})
    assert house.post.done == [
        (OWNER, "Submitted: Rolls", "uma@x.org has submitted."),
        (UMA, "Rated: Rolls", "1 points"),
        (UMA, "Rated: Rolls", "100 points"),
    ]
    assert await house.shown() == [
        (1, "answered", {"learner": UMA, "answered": 1}),
        (2, "answered", {"learner": UMA, "answered": 1}),
        (3, "answered", {"learner": UMA, "answered": 2}),
        (4, "answered", {"learner": UMA, "answered": 3}),
        (5, "submitted", {"learner": UMA}),
    ]


@tell
async def test_the_mail_may_be_believed(house):
    await house.put(*answers(UMA, 1, 2, 3))
    found = []
    house.app.state.mailer = Mailer(house.post, house.nap)

    async def look():
        async with house.sessions() as session:
            row = await AssessmentDao(session).find_seat(1, UMA)
            found.append((row.submitted_at, row.points))

    house.post.plans = {OWNER: [look], UMA: [look]}
    await house.ask(f"{UMA} POST /assessments/1/submission")
    await house.ask(f"{OWNER} PUT /assessments/1/ratings/{UMA}", {"points": 7})
    assert found == [(T0, None), (T0, 7)]


@tell
async def test_the_mail_may_fail(house):
    await house.put(*answers(UMA, 1, 2, 3))
    house.post.plans = {OWNER: ["hang"] * 3, UMA: [GatewayRefused]}
    assert await house.ask(f"{UMA} POST /assessments/1/submission") == (201, {"submitted_at": T0, "mailed": False})
    told = await house.ask(f"{OWNER} PUT /assessments/1/ratings/{UMA}", {"points": 7})
    assert told == (200, {"learner": UMA, "points": 7, "mailed": False})
    assert (await house.ask(f"{UMA} GET /assessments/1/seat"))[1]["points"] == 7
    assert house.naps == [1.0, 2.0]


@tell
async def test_reminders(house):
    others = [seat("a@x.org"), seat("b@x.org"), seat("late@x.org", submitted_at=1), seat("poor@x.org", paid=1)]
    await house.put(assessment(2, "Cake"), seat(VIC, 2), *others)
    here = []

    async def all_three():
        here.append(1)
        while len(here) < 3:
            await asyncio.sleep(0)

    async def refuse():
        await all_three()
        raise GatewayRefused

    house.post.plans = {UMA: [refuse], "a@x.org": [all_three], "b@x.org": [all_three]}
    house.app.state.mailer = Mailer(house.post, house.nap)
    status, body = await house.ask(f"{OWNER} POST /assessments/1/reminders")
    assert (status, sorted(body["sent"]), body["failed"]) == (200, ["a@x.org", "b@x.org"], [UMA])
    text = ("Reminder: Rolls", "Your answers are waited for.")
    assert sorted(house.post.tried) == [(who, *text) for who in sorted(["a@x.org", "b@x.org", UMA])]


@tell
async def test_events(house):
    assert await house.event("a", 10) == (200, {"status": "booked"})
    assert await house.event("b", 10) == (200, {"status": "booked"})
    for app in (house.app, house.build()):
        house.now += 1
        assert await house.event("a", 10, app=app) == (200, {"status": "duplicate"})
    assert await house.event("c", 10, kind="refund") == (200, {"status": "ignored"})
    bad = [
        lambda at, body: None,
        lambda at, body: "",
        lambda at, body: mac(b"P", f"{at}.{body}"),
        lambda at, body: f"t={at},v1=",
        lambda at, body: f"t={at},v1=" + mac(b"P", body),
        lambda at, body: f"t={at},v1=" + mac(b"T", f"{at}.{body}"),
        lambda at, body: f"t={at},v1=" + mac(b"P", f"{at}.{body}x"),
        lambda at, body: f"t={at + 1},v1=" + mac(b"P", f"{at}.{body}"),
    ]
    for sign in bad:
        assert await house.event("d", 10, sign=sign) == no(401, "bad_signature")
    for late in (301, -301):
        assert await house.event("d", 10, at=house.now - late) == no(400, "stale")
    assert await house.event("e", 10, number=2) == no(404, "no_such_assessment")
    await house.put(assessment(2, "Cake"))
    assert await house.event("e", 10, number=2) == (200, {"status": "booked"})
    for late in (300, -300):
        assert await house.event(f"f{late}", 10, at=house.now - late) == (200, {"status": "booked"})
    assert (await house.ask(f"{UMA} GET /assessments/1/seat"))[1]["paid_cents"] == 90


@tell
async def test_dao(house):
    new = NewAssessment(**FORM)
    async with house.sessions() as session, house.sessions() as other:
        dao, there = AssessmentDao(session), AssessmentDao(other)
        number = (await dao.add_assessment(OWNER, new, 5)).id
        assert await there.find_assessment(number) is None
        await dao.commit()
        assert (await there.find_assessment(number)).title == "Bread"
        try:
            await dao.add_assessment(OWNER, new, 6)
        except TitleTaken:
            pass
        else:
            raise AssertionError("taken twice")
        assert await dao.book("x", 1, VIC, 50) is True
        assert await dao.book("x", 1, VIC, 50) is False
        await dao.put_answer(1, VIC, 3, 4)
        await dao.commit()
        assert await there.answers(1, VIC) == {3: 4}
        assert sorted(await there.waiting_learners(1)) == [UMA, VIC]
        assert (await there.find_seat(1, VIC)).paid_cents == 50
        assert await dao.mark_submitted(1, VIC, 1) is True
        await dao.commit()
        assert await there.mark_submitted(1, VIC, 2) is False


@tell
async def test_a_bad_day(house):
    await house.put(*answers(UMA, 1, 2))
    storage = no(503, "storage")
    house.broken = True
    assert await house.ask(f"{OWNER} POST /assessments", FORM) == storage
    assert await house.ask(f"{UMA} PUT /assessments/1/answers/3", {"value": 1}) == storage
    assert await house.event("e", 1) == storage
    house.broken = False
    assert await house.ask(f"{UMA} POST /assessments/1/submission") == no(409, "incomplete")
    await house.put(*answers(UMA, 1, 2, 3)[2:])
    house.broken = True
    assert await house.ask(f"{UMA} POST /assessments/1/submission") == storage
    house.broken = False
    assert house.post.log == [] and await house.shown() == []
    await house.ask(f"{UMA} POST /assessments/1/submission")
    del house.post.log[:]
    house.broken = True
    assert await house.ask(f"{OWNER} PUT /assessments/1/ratings/{UMA}", {"points": 1}) == storage
    assert house.post.log == []
    house.broken = False
    async with house.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    assert await house.ask(f"{UMA} GET /assessments/1") == storage
    async with house.sessions() as session:
        try:
            await AssessmentDao(session).waiting_learners(1)
        except StorageError:
            return
    raise AssertionError("no StorageError")


def mailing(story):
    """A test of the mailer alone: post, naps, and a mailer with little patience."""

    def test():
        async def run():
            post, naps = Post(), []

            async def nap(seconds):
                naps.append(seconds)

            async with asyncio.timeout(1):
                await story(post, naps, nap)

        asyncio.run(run())

    return test


async def went(mailer, *mail):
    try:
        await mailer.send(*mail)
    except MailFailed:
        return False
    return True


@mailing
async def test_attempts(post, naps, nap):
    table = [
        ([], 1, True),
        ([GatewayBusy], 2, True),
        (["hang", GatewayBusy], 3, True),
        ([GatewayBusy, "hang", GatewayBusy], 3, False),
        (["hang"] * 3, 3, False),
        ([GatewayRefused], 1, False),
        ([GatewayBusy, GatewayRefused], 2, False),
        ([], 1, True),
    ]
    mailer = Mailer(post, nap, 0.01)
    for plan, tries, arrives in table:
        del post.log[:], naps[:]
        post.plans = {"x": list(plan)}
        assert (await went(mailer, "x", "s", "t"), post.tried) == (arrives, [("x", "s", "t")] * tries), plan
        assert naps == [1.0, 2.0][: tries - 1]


@mailing
async def test_one_after_the_other(post, naps, nap):
    gate = asyncio.Event()

    async def open_gate():
        gate.set()

    post.plans = {"x": [gate], "y": [open_gate]}
    mailer = Mailer(post, nap)
    await asyncio.gather(*(mailer.send(to, s, "") for to, s in ["x1", "x2", "y3"]))
    assert [entry[1:] for entry in post.log if entry[0] == "x"] == [("1", ""), ("1", "", "done"), ("2", ""), ("2", "", "done")]
    assert post.log.index(("y", "3", "", "done")) < post.log.index(("x", "1", "", "done"))


@mailing
async def test_called_off(post, naps, nap):
    mailer = Mailer(post, nap)
    post.plans = {"x": ["hang"]}
    sending = asyncio.create_task(mailer.send("x", "1", ""))
    while not post.log:
        await asyncio.sleep(0)
    sending.cancel()
    await asyncio.wait([sending])
    assert sending.cancelled()
    await mailer.send("x", "2", "")
    assert post.log == [("x", "1", ""), ("x", "2", ""), ("x", "2", "", "done")]


@mailing
async def test_streams(post, naps, nap):
    board = ProgressBoard()
    board.publish(1, "a", {"n": 1})
    board.publish(2, "a", {"n": 1})
    one, two = (progress_stream(board, 1, still_here) for _ in range(2))
    assert board.watchers(1) == 0
    first = await anext(one)
    assert (await anext(two), board.watchers(1)) == (first, 2)
    assert first.startswith("id: 1\nevent: a\ndata: {") and first.endswith("}\n\n")
    waiting = [asyncio.create_task(anext(stream)) for stream in (one, two)]
    await asyncio.sleep(0)
    board.publish(1, "b", {})
    assert [(await task)[:6] for task in waiting] == ["id: 2\n"] * 2
    await one.aclose()
    assert board.watchers(1) == 1
    last = asyncio.create_task(anext(two))
    await asyncio.sleep(0)
    last.cancel()
    await asyncio.wait([last])
    assert board.watchers(1) == 0


@mailing
async def test_silence_and_leaving(post, naps, nap):
    for events in (0, 2):
        board, replies = ProgressBoard(), [False, True]
        for _ in range(events):
            board.publish(1, "a", {})

        async def gone(replies=replies):
            return replies.pop(0)

        texts = [text async for text in progress_stream(board, 1, gone, 0.001)]
        assert (len(texts), replies, board.watchers(1)) == (1, [], 0)
    stream = progress_stream(ProgressBoard(), 1, still_here, 0.001)
    assert [await anext(stream) for _ in range(2)] == [": nothing new\n\n"] * 2
    await stream.aclose()
