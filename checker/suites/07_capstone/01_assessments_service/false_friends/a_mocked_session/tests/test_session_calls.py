import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from assessments.dto import NewAssessment
from assessments.errors import Refused, StorageError, TitleTaken
from assessments.models import Answer, Assessment, BookedEvent, Seat

pytestmark = pytest.mark.asyncio

TEA = NewAssessment(title="Tea", questions=["Why?"], price_cents=900, days=1)


async def test_an_assessment_is_added_and_flushed(dao, session):
    made = await dao.add_assessment("ada@x.org", TEA, 60)

    assert isinstance(made, Assessment)
    session.add.assert_called_once_with(made)
    session.flush.assert_awaited_once_with()
    session.commit.assert_not_awaited()


async def test_a_taken_title_is_rolled_back(dao, session):
    session.flush.side_effect = IntegrityError("INSERT", {}, Exception("UNIQUE"))

    with pytest.raises(TitleTaken):
        await dao.add_assessment("ada@x.org", TEA, 60)

    session.rollback.assert_awaited_once_with()


async def test_an_event_is_booked(dao, session, rows):
    assert await dao.book("evt_1", 1, "kim@x.org", 100) is True
    assert rows["Seat"].paid_cents == 1_000

    rows["BookedEvent"] = BookedEvent(id="evt_1")
    assert await dao.book("evt_1", 1, "kim@x.org", 100) is False
    assert rows["Seat"].paid_cents == 1_000


async def test_an_answer_is_merged(dao, session):
    await dao.put_answer(1, "kim@x.org", 1, 4)

    (answer,) = session.merge.await_args.args
    assert isinstance(answer, Answer)
    assert (answer.question, answer.value) == (1, 4)


async def test_a_submission_is_one_statement(dao, session):
    assert await dao.mark_submitted(1, "kim@x.org", 60) is True

    assert "UPDATE seats" in str(session.execute.await_args.args[0])


async def test_a_commit_that_fails(dao, session):
    session.commit.side_effect = OperationalError("COMMIT", {}, Exception("full"))

    with pytest.raises(StorageError):
        await dao.commit()


async def test_creating_commits(service, session):
    with pytest.raises(ValueError, match="id"):  # the double gives it no id
        await service.create("ada@x.org", TEA)

    session.add.assert_called_once()


async def test_a_rating_is_committed_and_mailed(service, session, rows, gateway):
    rows["Seat"].submitted_at = 1

    rated = await service.rate("ada@x.org", 1, "kim@x.org", 80)

    assert (rated.points, rows["Seat"].points) == (80, 80)
    session.commit.assert_awaited_once_with()
    gateway.send.assert_awaited_once()


async def test_refusals(service, rows):
    with pytest.raises(Refused, match="not_author"):
        await service.rate("kim@x.org", 1, "kim@x.org", 80)
    rows["Seat"] = Seat(assessment_id=1, learner="kim@x.org", paid_cents=899)
    with pytest.raises(Refused, match="not_paid"):
        await service.answer("kim@x.org", 1, 1, 4)
