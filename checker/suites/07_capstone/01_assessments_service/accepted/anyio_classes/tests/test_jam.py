"""Layer by layer, a class each."""

import asyncio
import json
from unittest.mock import call

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from assessments.auth import issue_token
from assessments.dao import AssessmentDao
from assessments.deps import get_clock, get_mailer
from assessments.dto import NewAnswer, NewAssessment, NewRating
from assessments.errors import StorageError, TitleTaken
from assessments.mail import GatewayBusy, GatewayRefused, Mailer, MailFailed
from assessments.models import Base
from assessments.progress import progress_stream
from talking import ANN, BOB, CAT, JELLY, NOON, signature, token

pytestmark = pytest.mark.anyio
FULL = OperationalError("x", {}, Exception("secret words"))


async def never():
    return False


async def forever(**_):
    await asyncio.Event().wait()


class TestRequests:
    @pytest.mark.parametrize("title", ["", " \t", "x" * 81])
    def test_bad_titles(self, title):
        with pytest.raises(ValidationError, match="title"):
            NewAssessment(**JELLY | {"title": title})

    def test_good_titles(self):
        for title in ("x", "x" * 80, " x ", "  " + "x" * 80):
            assert NewAssessment(**JELLY | {"title": title}).title == title.strip()

    @pytest.mark.parametrize(
        "field, bad, good",
        [
            ("questions", [[], ["a"] * 21, ["a", " "]], [["a"], ["a"] * 20]),
            ("price_cents", [-1, "1", 1.5, True], [0, 1]),
            ("days", [0, 31, "3", 2.5, True], [1, 30]),
        ],
    )
    def test_fields(self, field, bad, good):
        for value in good:
            assert getattr(NewAssessment(**JELLY | {field: value}), field) == value
        for value in bad:
            with pytest.raises(ValidationError, match=field):
                NewAssessment(**JELLY | {field: value})

    @pytest.mark.parametrize("model, name, top", [(NewAnswer, "value", 5), (NewRating, "points", 100)])
    def test_numbers(self, model, name, top):
        assert getattr(model(**{name: 0}), name) == 0
        assert getattr(model(**{name: top}), name) == top
        for body in ({name: -1}, {name: top + 1}, {name: "1"}, {name: True}, {}, {name: 1, "x": 1}):
            with pytest.raises(ValidationError):
                model(**body)

    @pytest.mark.parametrize("missing", list(JELLY))
    def test_nothing_is_missing_or_too_much(self, missing):
        with pytest.raises(ValidationError):
            NewAssessment(**{k: v for k, v in JELLY.items() if k != missing})
        with pytest.raises(ValidationError):
            NewAssessment(**JELLY, more=1)

    async def test_all_wrong_fields_are_named(self, talk):
        status, body = await talk.as_(ANN, "POST", "", {"title": "", "questions": ["", ""], "price_cents": 1, "days": 1})
        assert (status, body["code"], sorted(body["fields"])) == (422, "invalid", ["questions", "title"])
        assert set(body) == {"code", "fields"}
        assert await talk.as_(BOB, "PUT", "/5/answers/1", {"value": 6}) == (
            422,
            {"code": "invalid", "fields": ["value"]},
        )


class TestTokens:
    NO = (401, {"code": "unauthorized"})

    def test_form(self):
        assert issue_token(b"door", BOB, 7) == token(BOB, 7)

    async def test_forgeries(self, talk):
        good = token(BOB)
        bad = [
            None,
            good,
            f"Basic {good}",
            "Bearer x",
            f"Bearer {BOB}:{NOON + 5000}:",
            f"Bearer {good.replace('bob', 'ann')}",
            f"Bearer {good.replace(str(NOON + 5000), str(NOON + 6000))}",
            f"Bearer {token(BOB, key=b'cash')}",
        ]
        for header in bad:
            response = await talk.get("/assessments/5", headers={"Authorization": header} if header else {})
            assert (response.status_code, response.json()) == self.NO, header

    async def test_all_paths(self, talk):
        for method, path, body in [
            ("POST", "", JELLY),
            ("PUT", "/5/answers/1", {"value": 1}),
            ("POST", "/5/submission", None),
            ("GET", "/5/seat", None),
            ("PUT", f"/5/ratings/{BOB}", {"points": 1}),
            ("POST", "/5/reminders", None),
            ("GET", "/5/progress", None),
        ]:
            response = await asyncio.wait_for(talk.request(method, "/assessments" + path, json=body), 1)
            assert (response.status_code, response.json()) == self.NO

    async def test_expiry_by_the_clock_that_counts(self, talk, app):
        app.dependency_overrides[get_clock] = lambda: lambda: NOON + 4999
        assert (await talk.as_(BOB, "GET", "/5"))[0] == 200
        app.dependency_overrides[get_clock] = lambda: lambda: NOON + 5000
        assert await talk.as_(BOB, "GET", "/5") == self.NO


class TestRules:
    async def test_creating(self, talk, now):
        response = await talk.post(
            "/assessments", json=JELLY | {"title": " Jelly"}, headers={"Authorization": f"Bearer {token(ANN)}"}
        )
        made = response.json()
        shown = {k: v for k, v in JELLY.items() if k != "days"}
        assert made == shown | {"id": made["id"], "author": ANN, "closes_at": NOON + 172_800}
        assert (response.status_code, response.headers["location"]) == (201, f"/assessments/{made['id']}")
        assert await talk.as_(CAT, "GET", f"/{made['id']}") == (200, made)
        now[0] += 1
        assert await talk.as_(ANN, "POST", "", JELLY) == (409, {"code": "title_taken"})
        assert (await talk.as_(CAT, "POST", "", JELLY))[0] == 201

    async def test_paying(self, talk):
        await talk.pay("1", 299, CAT)
        for method, path, body in [
            ("PUT", "/5/answers/1", {"value": 1}),
            ("POST", "/5/submission", None),
            ("GET", "/5/seat", None),
        ]:
            assert await talk.as_(CAT, method, path, body) == (402, {"code": "not_paid"})
        await talk.pay("2", 1, CAT)
        nothing = {"submitted_at": None, "mean": None, "points": None}
        seat = {"learner": CAT, "paid_cents": 300, "answered": 0} | nothing
        assert await talk.as_(CAT, "GET", "/5/seat") == (200, seat)

    async def test_a_course_of_things(self, talk, now, gateway):
        await talk.pay("1", 400, CAT)
        await talk.as_(CAT, "PUT", "/5/answers/1", {"value": 0})
        for question, value, answered in [(3, 1, 1), (3, 5, 1), (1, 5, 2)]:
            assert await talk.as_(BOB, "PUT", f"/5/answers/{question}", {"value": value}) == (
                200,
                {"answered": answered, "questions": 3},
            )
        for question in (0, 4):
            assert await talk.as_(BOB, "PUT", f"/5/answers/{question}", {"value": 1}) == (
                404,
                {"code": "no_such_question"},
            )
        assert await talk.as_(BOB, "POST", "/5/submission") == (409, {"code": "incomplete"})
        await talk.as_(BOB, "PUT", "/5/answers/2", {"value": 1})
        assert await talk.as_(ANN, "PUT", f"/5/ratings/{BOB}", {"points": 1}) == (409, {"code": "not_submitted"})
        assert await talk.as_(ANN, "PUT", "/5/ratings/dan@x.org", {"points": 1}) == (
            404,
            {"code": "no_such_learner"},
        )
        seat = {"learner": BOB, "paid_cents": 300, "answered": 3}
        before = {"submitted_at": None, "mean": None, "points": None}
        assert await talk.as_(BOB, "GET", "/5/seat") == (200, seat | before)
        gateway.send.assert_not_awaited()

        now[0] = NOON + 999
        assert await talk.as_(BOB, "POST", "/5/submission") == (
            201,
            {"submitted_at": NOON + 999, "mailed": True},
        )
        gateway.send.assert_awaited_once_with(ANN, "Submitted: Jam", "bob@x.org has submitted.")
        gateway.reset_mock()
        over = (409, {"code": "submitted"})
        assert await talk.as_(BOB, "POST", "/5/submission") == over
        assert await talk.as_(BOB, "PUT", "/5/answers/1", {"value": 1}) == over
        assert await talk.as_(BOB, "PUT", f"/5/ratings/{BOB}", {"points": 9}) == (403, {"code": "not_author"})
        gateway.send.assert_not_awaited()
        for points in (9, 0):
            assert await talk.as_(ANN, "PUT", f"/5/ratings/{BOB}", {"points": points}) == (
                200,
                {"learner": BOB, "points": points, "mailed": True},
            )
            gateway.send.assert_awaited_once_with(BOB, "Rated: Jam", f"{points} points")
            gateway.reset_mock()
        status, seen = await talk.as_(BOB, "GET", "/5/seat")
        assert (status, seen.pop("mean")) == (200, pytest.approx(11 / 3))
        assert seen == seat | {"submitted_at": NOON + 999, "points": 0}

    async def test_closing(self, talk, now):
        for question in (1, 2, 3):
            await talk.as_(BOB, "PUT", f"/5/answers/{question}", {"value": 1})
        now[0] = NOON + 1000
        assert await talk.as_(BOB, "PUT", "/5/answers/1", {"value": 1}) == (409, {"code": "closed"})
        assert await talk.as_(BOB, "POST", "/5/submission") == (409, {"code": "closed"})

    async def test_author_only(self, talk):
        for method, path in [("POST", "/5/reminders"), ("GET", "/5/progress")]:
            told = await asyncio.wait_for(talk.as_(BOB, method, path), 1)
            assert told == (403, {"code": "not_author"})

    async def test_no_such_assessment(self, talk):
        for method, path, body in [
            ("GET", "/6", None),
            ("PUT", "/6/answers/1", {"value": 1}),
            ("POST", "/6/submission", None),
            ("GET", "/6/seat", None),
            ("PUT", f"/6/ratings/{BOB}", {"points": 1}),
            ("POST", "/6/reminders", None),
            ("GET", "/6/progress", None),
        ]:
            told = await asyncio.wait_for(talk.as_(ANN, method, path, body), 1)
            assert told == (404, {"code": "no_such_assessment"})


class TestReminders:
    async def test_who(self, talk, app, gateway, sleep, sessions):
        app.dependency_overrides[get_mailer] = lambda: Mailer(gateway, sleep)
        async with sessions() as session:
            dao = AssessmentDao(session)
            for learner in (CAT, "dan@x.org", "eve@x.org"):
                await dao.book(learner, 5, learner, 300)
            await dao.book("poor", 5, "poor@x.org", 299)
            await dao.mark_submitted(5, "eve@x.org", 1)
            await dao.commit()
        together = asyncio.Barrier(3)

        async def send(to, subject, text):
            assert (subject, text) == ("Reminder: Jam", "Your answers are waited for.")
            await together.wait()
            if to == CAT:
                raise GatewayRefused

        gateway.send.side_effect = send
        async with asyncio.timeout(1):
            status, told = await talk.as_(ANN, "POST", "/5/reminders")
        assert (status, sorted(told["sent"]), told["failed"]) == (200, [BOB, "dan@x.org"], [CAT])
        assert gateway.send.await_count == 3


class TestMailer:
    @pytest.fixture
    def mailer(self, gateway, sleep):
        return Mailer(gateway, sleep, 0.01)

    @pytest.mark.parametrize("first", [GatewayBusy, forever])
    async def test_third_time(self, mailer, gateway, sleep, first):
        async def send(to, subject, text):
            if gateway.send.call_count < 3:
                if first is GatewayBusy:
                    raise GatewayBusy
                await forever()

        gateway.send.side_effect = send
        await asyncio.wait_for(mailer.send("x", "y", "z"), 1)
        assert gateway.send.call_count == 3
        gateway.send.assert_called_with("x", "y", "z")
        assert sleep.await_args_list == [call(1.0), call(2.0)]

    async def test_given_up(self, mailer, gateway, sleep):
        gateway.send.side_effect = GatewayBusy
        with pytest.raises(MailFailed):
            await mailer.send("x", "y", "z")
        assert gateway.send.call_count == 3
        assert sleep.await_args_list == [call(1.0), call(2.0)]
        gateway.send.side_effect = GatewayRefused
        with pytest.raises(MailFailed):
            await asyncio.wait_for(mailer.send("x", "y", "z"), 1)
        assert gateway.send.call_count == 4
        gateway.send.side_effect = None
        await asyncio.wait_for(mailer.send("x", "y", "z"), 1)

    async def test_order(self, gateway, sleep):
        mailer, log, go = Mailer(gateway, sleep), [], asyncio.Event()

        async def send(to, subject, text):
            log.append(("in", subject))
            if subject == "1":
                await go.wait()
            if subject == "other":
                go.set()
            log.append(("out", subject))

        gateway.send.side_effect = send
        mails = [mailer.send("x", "1", ""), mailer.send("x", "2", ""), mailer.send("y", "other", "")]
        await asyncio.wait_for(asyncio.gather(*mails), 1)
        assert log.index(("out", "1")) < log.index(("in", "2"))
        assert log.index(("out", "other")) < log.index(("out", "1"))

    async def test_cancelled(self, gateway, sleep):
        mailer, inside = Mailer(gateway, sleep), asyncio.Event()

        async def send(to, subject, text):
            inside.set()
            await forever()

        gateway.send.side_effect = send
        task = asyncio.create_task(mailer.send("x", "", ""))
        await asyncio.wait_for(inside.wait(), 1)
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=1)
        if not done:
            task.cancel()
        assert done
        assert task.cancelled()
        assert gateway.send.call_count == 1
        gateway.send.side_effect = None
        await asyncio.wait_for(mailer.send("x", "", ""), 1)


class TestPayments:
    async def paid(self, talk):
        return (await talk.as_(BOB, "GET", "/5/seat"))[1]["paid_cents"]

    async def test_once(self, talk):
        assert await talk.pay("e1", 100) == (200, {"status": "booked"})
        assert await talk.pay("e1", 100, at=NOON + 1) == (200, {"status": "duplicate"})
        assert await talk.pay("e2", 100) == (200, {"status": "booked"})
        assert await talk.pay("e3", 100, type="x") == (200, {"status": "ignored"})
        assert await self.paid(talk) == 500

    async def test_signatures(self, talk):
        body = '{"cents":  100 , "id":  "e1" , "learner":  "bob@x.org" , "assessment":  5 , "type":  "payment.succeeded"}'
        good = signature(b"cash", f"{NOON}.{body}")
        assert await talk.pay("e0", 0, header="") == (401, {"code": "bad_signature"})
        for header in [
            good,
            f"t={NOON},v1=",
            f"v1={good}",
            f"t={NOON + 1},v1={good}",
            f"t={NOON},v1={signature(b'door', f'{NOON}.{body}')}",
            f"t={NOON},v1={signature(b'cash', body)}",
            f"t={NOON},v1={signature(b'cash', f'{NOON}.{body} ')}",
        ]:
            assert await talk.pay("e1", 100, header=header) == (401, {"code": "bad_signature"}), header
        assert await self.paid(talk) == 300
        assert await talk.pay("e1", 100, header=f"t={NOON},v1={good}") == (200, {"status": "booked"})

    async def test_times(self, talk):
        for late in (-301, 301):
            assert await talk.pay("e1", 1, at=NOON - late) == (400, {"code": "stale"})
        assert await self.paid(talk) == 300
        for late in (-300, 300):
            assert await talk.pay(f"e{late}", 1, at=NOON - late) == (200, {"status": "booked"})

    async def test_too_early(self, talk):
        assert await talk.pay("e1", 1, assessment=6) == (404, {"code": "no_such_assessment"})
        assert (await talk.as_(ANN, "POST", "", JELLY))[1]["id"] == 6
        assert await talk.pay("e1", 1, assessment=6) == (200, {"status": "booked"})


class TestStorage:
    async def test_taken(self, sessions):
        async with sessions() as session:
            dao, new = AssessmentDao(session), NewAssessment(**JELLY)
            first = (await dao.add_assessment(ANN, new, 1)).id
            await dao.commit()
            with pytest.raises(TitleTaken):
                await dao.add_assessment(ANN, new, 2)
            second = (await dao.add_assessment(CAT, new, 3)).id
            await dao.commit()
        assert first != second
        async with sessions() as session:
            assert (await AssessmentDao(session).find_assessment(second)).author == CAT
            assert await AssessmentDao(session).find_assessment(99) is None

    async def test_submitted_once(self, sessions):
        async with sessions() as one, sessions() as two:
            read = await AssessmentDao(two).find_seat(5, BOB)
            assert read.submitted_at is None
            assert await AssessmentDao(one).mark_submitted(5, BOB, 1) is True
            await one.commit()
            assert await AssessmentDao(two).mark_submitted(5, BOB, 2) is False
            await two.commit()
        async with sessions() as three:
            assert (await AssessmentDao(three).find_seat(5, BOB)).submitted_at == 1

    async def test_no_tables(self, talk, engine, sessions):
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
        assert await talk.as_(BOB, "GET", "/5") == (503, {"code": "storage"})
        async with sessions() as session:
            with pytest.raises(StorageError):
                await AssessmentDao(session).answers(5, BOB)

    async def test_commits_that_fail(self, talk, trouble, gateway, board):
        for question in (1, 2):
            await talk.as_(BOB, "PUT", f"/5/answers/{question}", {"value": 1})
        failed = (503, {"code": "storage"})
        trouble["error"] = FULL
        assert await talk.as_(ANN, "POST", "", JELLY) == failed
        assert await talk.as_(BOB, "PUT", "/5/answers/3", {"value": 1}) == failed
        assert await talk.pay("e1") == failed
        trouble.clear()
        assert (await talk.as_(BOB, "PUT", "/5/answers/3", {"value": 1}))[1]["answered"] == 3
        trouble["error"] = FULL
        assert await talk.as_(BOB, "POST", "/5/submission") == failed
        trouble.clear()
        gateway.send.assert_not_awaited()
        assert (await talk.as_(BOB, "POST", "/5/submission"))[0] == 201
        gateway.reset_mock()
        trouble["error"] = FULL
        assert await talk.as_(ANN, "PUT", f"/5/ratings/{BOB}", {"points": 1}) == failed
        trouble.clear()
        gateway.send.assert_not_awaited()
        stream = progress_stream(board, 5, never, 0.001)
        texts = [await asyncio.wait_for(anext(stream), 1) for _ in range(5)]
        await stream.aclose()
        assert [text.split("\n")[0] for text in texts] == ["id: 1", "id: 2", "id: 3", "id: 4", ": nothing new"]

    async def test_failing_mail(self, talk, gateway):
        gateway.send.side_effect = GatewayRefused
        for question in (1, 2, 3):
            await talk.as_(BOB, "PUT", f"/5/answers/{question}", {"value": 1})
        assert await talk.as_(BOB, "POST", "/5/submission") == (201, {"submitted_at": NOON, "mailed": False})
        assert (await talk.as_(ANN, "PUT", f"/5/ratings/{BOB}", {"points": 1}))[1]["mailed"] is False
        assert (await talk.as_(BOB, "GET", "/5/seat"))[1]["points"] == 1


class TestProgress:
    async def test_events(self, talk, board, sessions):
        async with sessions() as session:
            await AssessmentDao(session).book("x", 5, CAT, 300)
            await session.commit()
        board.publish(4, "answered", {})
        await talk.as_(BOB, "POST", "/5/submission")
        for question in (1, 2, 3):
            await talk.as_(BOB, "PUT", f"/5/answers/{question}", {"value": 1})
        await talk.as_(BOB, "POST", "/5/submission")
        stream = progress_stream(board, 5, never)
        told = []
        for _ in range(4):
            lines = (await asyncio.wait_for(anext(stream), 1)).split("\n")
            assert lines[3:] == ["", ""]
            told.append((lines[0], lines[1], json.loads(lines[2].removeprefix("data: "))))
        answered = [(f"id: {n}", "event: answered", {"learner": BOB, "answered": n}) for n in (1, 2, 3)]
        assert told == [*answered, ("id: 4", "event: submitted", {"learner": BOB})]
        assert board.watchers(5) == 1
        await stream.aclose()
        assert board.watchers(5) == 0

    @pytest.mark.parametrize("events", [0, 3])
    async def test_gone(self, board, events):
        for _ in range(events):
            board.publish(1, "x", {})
        replies = iter([False, True])

        async def gone():
            return next(replies)

        async with asyncio.timeout(1):
            texts = [text async for text in progress_stream(board, 1, gone, 0.001)]
        assert len(texts) == 1
        assert board.watchers(1) == 0

    async def test_listeners(self, board):
        streams = [progress_stream(board, 1, never) for _ in range(2)]
        tasks = [asyncio.create_task(anext(stream)) for stream in streams]
        while board.watchers(1) < 2:
            await asyncio.sleep(0)
        board.publish(1, "x", {"a": 1})
        one, two = await asyncio.wait_for(asyncio.gather(*tasks), 1)
        assert one == two
        waiting = asyncio.create_task(anext(streams[0]))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        await streams[1].aclose()
        assert board.watchers(1) == 0

    async def test_silence(self, board):
        stream = progress_stream(board, 1, never, 0.001)
        for _ in range(2):
            assert await asyncio.wait_for(anext(stream), 1) == ": nothing new\n\n"
        board.publish(1, "x", {})
        assert (await asyncio.wait_for(anext(stream), 1)).startswith("id: 1\n")
        await stream.aclose()
