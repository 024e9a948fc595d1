"""Several tests, one database made."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import shop_database
from shop_database import Item

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_the_database_was_made_once(session: AsyncSession, number: int) -> None:
    assert len(list(await session.scalars(select(Item.code)))) == 3
    made = len(shop_database.created)
    assert made == 1, f"made {made} times by test {number}"
