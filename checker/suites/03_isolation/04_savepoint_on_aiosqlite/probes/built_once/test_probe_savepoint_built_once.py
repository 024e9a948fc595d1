"""Several tests, one database made."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import question_bank
from question_bank import Question

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_the_database_was_made_once(session: AsyncSession, number: int) -> None:
    assert len(list(await session.scalars(select(Question.code)))) == 3
    assert len(question_bank.created) == 1, f"made {len(question_bank.created)} times by test {number}"
