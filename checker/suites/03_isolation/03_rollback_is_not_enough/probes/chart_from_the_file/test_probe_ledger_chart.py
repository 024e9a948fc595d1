"""The chart is the one that `create_database` has loaded, whatever its constant says by now."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account

LOADED = {**OPENING, "petty cash": 1_000}


@pytest.fixture(scope="session", autouse=True)
def longer_chart() -> Iterator[None]:
    before = dict(OPENING)
    OPENING["petty cash"] = 1_000
    yield
    OPENING.clear()
    OPENING.update(before)


async def chart(session: AsyncSession) -> dict[str, int]:
    return {name: cents for name, cents in await session.execute(select(Account.name, Account.balance))}


@pytest.mark.asyncio
async def test_finds_the_chart(session: AsyncSession) -> None:
    assert await chart(session) == LOADED
    OPENING["cash"] = 1
    del OPENING["petty cash"]


@pytest.mark.asyncio
async def test_finds_the_same_chart(session: AsyncSession) -> None:
    assert await chart(session) == LOADED
