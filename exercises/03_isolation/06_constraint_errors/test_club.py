import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from club import Member, join


@pytest.mark.asyncio
async def test_a_member_joins(session: AsyncSession) -> None:
    await join(session, "Kim", "kim@example.org")

    found = await session.scalars(select(Member.name))
    assert list(found) == ["Kim"]
