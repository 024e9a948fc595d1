"""A savepoint undoes its own block, and nothing around it."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from grading import import_answers, start
from question_bank import Answer, Assessment

pytestmark = pytest.mark.asyncio


async def candidates(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(Assessment.candidate).order_by(Assessment.id)))


async def test_only_the_block_is_undone(session: AsyncSession) -> None:
    session.add(Assessment(candidate="before"))
    await session.flush()
    with pytest.raises(LookupError):
        async with session.begin_nested():
            session.add(Assessment(candidate="inside"))
            await session.flush()
            raise LookupError("undo this block")
    session.add(Assessment(candidate="after"))
    await session.commit()

    assert await candidates(session) == ["before", "after"]
    await session.rollback()
    assert await candidates(session) == ["before", "after"]


async def test_nothing_is_left_of_either(session: AsyncSession) -> None:
    assert await candidates(session) == []


async def test_a_released_savepoint_is_no_commit(session: AsyncSession) -> None:
    await start(session, "before")
    async with session.begin_nested():
        session.add(Assessment(candidate="inside"))

    await session.rollback()

    assert await candidates(session) == ["before"]


async def test_the_import_refuses_duplicates_only(session: AsyncSession) -> None:
    assessment = await start(session, "Robin")
    report = await import_answers(session, assessment.id, [("Q1", 2), ("Q1", 1), ("Q2", 3)])
    assert (report.stored, report.refused) == (2, ["Q1"])


async def test_nothing_is_left_of_the_import(session: AsyncSession) -> None:
    assert await session.scalar(select(func.count()).select_from(Answer)) == 0
    assert await candidates(session) == []
