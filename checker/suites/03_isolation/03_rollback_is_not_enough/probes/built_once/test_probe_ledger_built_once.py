"""Several tests, one database made."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

import chart_of_accounts
from ledger import balance


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2, 3])
async def test_the_database_was_made_once(session: AsyncSession, number: int) -> None:
    assert await balance(session, "cash") == 50_000
    made = len(chart_of_accounts.created)
    assert made == 1, f"made {made} times by test {number}"
