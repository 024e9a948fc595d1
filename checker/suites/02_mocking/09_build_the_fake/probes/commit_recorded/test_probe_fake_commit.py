from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import INSERT_LOAN, RETURN_LOAN, TAKE_COPY, LoansDAO

pytestmark = pytest.mark.asyncio

DUE = date(2024, 6, 17)


async def test_commit_comes_after_the_statements() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    connection.script(INSERT_LOAN, [41])

    await LoansDAO(connection).lend(5, 7, DUE)

    assert connection.calls[-2:] == [("fetch_val", INSERT_LOAN, [5, 7, DUE]), ("commit", None, None)]


async def test_it_is_not_there_before_the_end() -> None:
    connection = FakeConnection()
    before = len(connection.calls)
    async with connection.transaction():
        assert "commit" not in [call[0] for call in connection.calls[before:]]
    assert connection.calls[-1] == ("commit", None, None)


async def test_two_transactions_are_two_commits() -> None:
    connection = FakeConnection()
    before = len(connection.calls)
    connection.script(RETURN_LOAN, [FakeRecord(rowcount=1), FakeRecord(rowcount=1)])

    await LoansDAO(connection).give_back([41], DUE)
    await LoansDAO(connection).give_back([42], DUE)

    assert [call[0] for call in connection.calls[before:] if call[0] != "begin"] == ["execute", "commit"] * 2
