import asyncio

import pytest

from assessments.dao import AssessmentDao
from assessments.dto import NewAssessment
from assessments.errors import Refused, StorageError, TitleTaken
from assessments.models import Assessment, Base, Seat
from assessments.progress import progress_stream
from conftest import EPOCH

pytestmark = pytest.mark.asyncio

TEACHER, PIA, PIT = "teacher@x.org", "pia@x.org", "pit@x.org"
FIELDS = {"title": "Bats", "questions": ["1"], "price_cents": 7, "days": 2}
BATS = NewAssessment(**FIELDS)


async def refusal(call):
    with pytest.raises(Refused) as refused:
        await call
    return refused.value.status, refused.value.code


async def answer_all(service, *values, who=PIA):
    for number, value in enumerate(values, 1):
        await service("answer", who, 3, number, value)


async def test_create(service, time):
    time["now"] = EPOCH + 4
    made = await service("create", TEACHER, BATS)
    assert (made.author, made.title, made.questions, made.price_cents) == (TEACHER, "Bats", ["1"], 7)
    assert made.closes_at == EPOCH + 4 + 2 * 86_400
    assert await service("show", made.id) == made
    time["now"] += 1
    assert await refusal(service("create", TEACHER, BATS)) == (409, "title_taken")
    assert (await service("create", PIA, BATS)).author == PIA


async def test_answers(service, board):
    counted = [await service("answer", PIA, 3, number, value) for number, value in [(3, 1), (3, 4), (1, 5)]]
    assert [(each.answered, each.questions) for each in counted] == [(1, 3), (1, 3), (2, 3)]
    for number in (0, 4):
        assert await refusal(service("answer", PIA, 3, number, 1)) == (404, "no_such_question")
    assert await refusal(service("submit", PIA, 3)) == (409, "incomplete")
    await service("answer", PIA, 3, 2, 1)
    await service("submit", PIA, 3)
    assert (await service("seat", PIA, 3)).mean == pytest.approx(10 / 3)


async def test_no_seat(service, sessions):
    async with sessions() as session:
        await AssessmentDao(session).book("x", 3, "poor@x.org", 39)
        await session.commit()
    for call in [("answer", "poor@x.org", 3, 1, 1), ("submit", "poor@x.org", 3), ("seat", "poor@x.org", 3)]:
        assert await refusal(service(*call)) == (402, "not_paid")


async def test_time(service, time):
    await answer_all(service, 1, 1, 1)
    time["now"] = EPOCH + 10
    assert await refusal(service("answer", PIA, 3, 1, 1)) == (409, "closed")
    assert await refusal(service("submit", PIA, 3)) == (409, "closed")
    time["now"] = EPOCH + 9
    await service("answer", PIA, 3, 1, 1)
    assert (await service("submit", PIA, 3)).submitted_at == EPOCH + 9


async def test_the_end(service, time, letters):
    await answer_all(service, 1, 2, 3)
    assert await refusal(service("rate", TEACHER, 3, PIA, 1)) == (409, "not_submitted")
    before = await service("seat", PIA, 3)
    assert (before.answered, before.submitted_at, before.mean, before.points) == (3, None, None, None)
    assert (await service("submit", PIA, 3)).mailed is True
    time["now"] += 1
    assert await refusal(service("submit", PIA, 3)) == (409, "submitted")
    assert await refusal(service("answer", PIA, 3, 1, 5)) == (409, "submitted")
    assert await refusal(service("rate", PIA, 3, PIA, 100)) == (403, "not_author")
    assert await refusal(service("rate", TEACHER, 3, "who@x.org", 1)) == (404, "no_such_learner")
    for points in (50, 60):
        rated = await service("rate", TEACHER, 3, PIA, points)
        assert (rated.learner, rated.points, rated.mailed) == (PIA, points, True)
    after = await service("seat", PIA, 3)
    assert (after.learner, after.paid_cents, after.answered) == (PIA, 40, 3)
    assert (after.submitted_at, after.mean, after.points) == (EPOCH, 2, 60)
    assert letters.kept == [
        f"{TEACHER}|Submitted: Owls|{PIA} has submitted.",
        f"{PIA}|Rated: Owls|50 points",
        f"{PIA}|Rated: Owls|60 points",
    ]


async def test_failing_mails(service, sessions):
    async with sessions() as session:
        session.add(Assessment(id=4, author="no@x.org", title="-", questions=["1"], price_cents=0, closes_at=EPOCH + 1))
        session.add(Seat(assessment_id=4, learner="busy@x.org", paid_cents=0))
        await session.commit()
    await service("answer", "busy@x.org", 4, 1, 1)
    assert (await service("submit", "busy@x.org", 4)).mailed is False
    assert (await service("rate", "no@x.org", 4, "busy@x.org", 9)).mailed is False
    seat = await service("seat", "busy@x.org", 4)
    assert (seat.submitted_at, seat.points) == (EPOCH, 9)


async def test_reminders(service, sessions, letters):
    async with sessions() as session:
        dao = AssessmentDao(session)
        for who, cents in [("no@x.org", 40), ("done@x.org", 40), ("poor@x.org", 39)]:
            await dao.book(who, 3, who, cents)
        await dao.mark_submitted(3, "done@x.org", 1)
        other = await dao.add_assessment(PIA, BATS, EPOCH)
        await dao.book("y", other.id, "other@x.org", 7)
        await dao.commit()
    told = await service("remind", TEACHER, 3)
    assert (sorted(told.sent), told.failed) == ([PIA, PIT], ["no@x.org"])
    assert sorted(letters.tries) == ["no@x.org", PIA, PIT]
    assert all(letter.endswith("|Reminder: Owls|Your answers are waited for.") for letter in letters.kept)
    assert await refusal(service("remind", PIA, 3)) == (403, "not_author")


async def test_reminders_are_sent_together(service, letters, mailer):
    letters.peek = asyncio.Barrier(2).wait
    mailer_patience = await asyncio.wait_for(service("remind", TEACHER, 3), 1)
    assert sorted(mailer_patience.sent) == [PIA, PIT]


async def test_taken_titles(sessions, house):
    async with sessions() as session:
        dao = AssessmentDao(session)
        await dao.add_assessment(TEACHER, BATS, 1)
        await dao.commit()
        with pytest.raises(TitleTaken):
            await dao.add_assessment(TEACHER, BATS, 1)
        made = await dao.add_assessment(PIA, BATS, 1)
        assert made.author == PIA
        await dao.commit()


async def test_double_submission(sessions, house):
    async with sessions() as left, sessions() as right:
        one, two = AssessmentDao(left), AssessmentDao(right)
        seat = await two.find_seat(3, PIA)
        assert seat.submitted_at is None
        assert await one.mark_submitted(3, PIA, 5) is True
        await one.commit()
        assert await two.mark_submitted(3, PIA, 6) is False


async def test_bookings(sessions, house):
    async with sessions() as session:
        dao = AssessmentDao(session)
        assert [await dao.book(event, 3, PIA, 5) for event in ("a", "b", "a")] == [True, True, False]
        await dao.commit()
    async with sessions() as session:
        assert await AssessmentDao(session).book("b", 3, PIA, 5) is False
        assert (await AssessmentDao(session).find_seat(3, PIA)).paid_cents == 50
        await AssessmentDao(session).book("c", 3, PIA, 5)
    async with sessions() as session:
        assert (await AssessmentDao(session).find_seat(3, PIA)).paid_cents == 50


async def test_a_sick_database(service, sick, letters, board, engine, sessions):
    await answer_all(service, 1, 1)
    sick(True)
    for call in [("create", TEACHER, BATS), ("answer", PIA, 3, 3, 1)]:
        with pytest.raises(StorageError):
            await service(*call)
    sick(False)
    assert (await service("answer", PIA, 3, 3, 1)).answered == 3
    await service("create", TEACHER, BATS)
    sick(True)
    with pytest.raises(StorageError):
        await service("submit", PIA, 3)
    sick(False)
    assert letters.tries == {}
    await service("submit", PIA, 3)
    letters.tries.clear()
    sick(True)
    with pytest.raises(StorageError):
        await service("rate", TEACHER, 3, PIA, 1)
    sick(False)
    assert letters.tries == {}

    async def listening():
        return False

    stream = progress_stream(board, 3, listening, 0.001)
    events = [(await asyncio.wait_for(anext(stream), 1)).split("\n")[1:2] for _ in range(5)]
    await stream.aclose()
    assert events == [["event: answered"]] * 3 + [["event: submitted"], [""]]
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    with pytest.raises(StorageError):
        await service("show", 3)
