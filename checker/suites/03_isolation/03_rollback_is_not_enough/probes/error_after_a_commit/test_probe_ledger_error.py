"""A commit, an error, and a commit after it; then an error that nobody rolls back."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import OPENING, Account
from ledger import balance, entries, post

pytestmark = pytest.mark.asyncio


async def assert_as_loaded(session: AsyncSession) -> None:
    rows = await session.execute(select(Account.name, Account.balance))
    assert {name: cents for name, cents in rows} == OPENING
    assert await entries(session) == 0


async def test_commits_again_after_an_error(session: AsyncSession) -> None:
    await post(session, "cash", "stock", 100)
    session.add(Account(name="loan", balance=None))
    with pytest.raises(IntegrityError):
        await session.flush()
    await session.rollback()

    await post(session, "cash", "stock", 100)

    assert await balance(session, "stock") == 20_200


async def test_finds_the_chart_as_loaded(session: AsyncSession) -> None:
    await assert_as_loaded(session)


async def test_leaves_an_error_behind(session: AsyncSession) -> None:
    await post(session, "cash", "stock", 100)
    session.add(Account(name="loan", balance=None))
    with pytest.raises(IntegrityError):
        await session.flush()


async def test_finds_the_chart_as_loaded_again(session: AsyncSession) -> None:
    await assert_as_loaded(session)
