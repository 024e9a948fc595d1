"""An object is read after a commit, without another question to the database."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from chart_of_accounts import Account
from ledger import post


@pytest.mark.asyncio
async def test_is_readable_after_a_commit(session: AsyncSession) -> None:
    account = Account(name="loan", balance=9_000)
    session.add(account)
    await session.commit()
    assert (account.name, account.balance) == ("loan", 9_000)

    await post(session, "cash", "stock", 1)
    assert (account.name, account.balance) == ("loan", 9_000)
