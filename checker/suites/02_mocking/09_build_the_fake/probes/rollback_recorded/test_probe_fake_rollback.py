import asyncio
from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import INSERT_LOAN, TAKE_COPY, CopyNotFree, DriverError, LoansDAO

pytestmark = pytest.mark.asyncio

DUE = date(2024, 6, 17)


async def test_a_refusal_rolls_back_and_is_told() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=0)])

    with pytest.raises(CopyNotFree):
        await LoansDAO(connection).lend(5, 7, DUE)

    assert connection.calls == [
        ("begin", None, None),
        ("execute", TAKE_COPY, [5]),
        ("rollback", None, None),
    ]


async def test_a_driver_error_rolls_back_and_is_told() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    connection.script(INSERT_LOAN, [DriverError("no such member")])

    with pytest.raises(DriverError, match="no such member"):
        await LoansDAO(connection).lend(5, 7, DUE)

    assert [call[0] for call in connection.calls] == ["begin", "execute", "fetch_val", "rollback"]


async def test_a_cancellation_rolls_back_and_goes_on() -> None:
    connection = FakeConnection()

    with pytest.raises(asyncio.CancelledError):
        async with connection.transaction():
            raise asyncio.CancelledError

    assert [call[0] for call in connection.calls] == ["begin", "rollback"]


async def test_a_commit_follows_a_rollback() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=0), FakeRecord(rowcount=1)])
    connection.script(INSERT_LOAN, [41])
    dao = LoansDAO(connection)

    with pytest.raises(CopyNotFree):
        await dao.lend(5, 7, DUE)
    assert await dao.lend(6, 7, DUE) == 41

    assert [call[0] for call in connection.calls] == [
        "begin", "execute", "rollback", "begin", "execute", "fetch_val", "commit",
    ]
