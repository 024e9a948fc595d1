from contextlib import suppress
from datetime import date

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import TAKE_COPY, CopyNotFree, DriverError, LoansDAO

pytestmark = pytest.mark.asyncio

DUE = date(2024, 6, 17)


async def test_a_refusal_rolls_back() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=0)])

    with suppress(CopyNotFree):
        await LoansDAO(connection).lend(5, 7, DUE)

    assert connection.calls[-2:] == [("execute", TAKE_COPY, [5]), ("rollback", None, None)]


@pytest.mark.parametrize("error", [DriverError("no such member"), ValueError(), KeyError("id")], ids=repr)
async def test_an_error_rolls_back(error: Exception) -> None:
    connection = FakeConnection()
    before = len(connection.calls)

    with suppress(type(error)):
        async with connection.transaction():
            raise error

    assert [call for call in connection.calls[before:] if call[0] != "begin"] == [("rollback", None, None)]


async def test_a_commit_follows_a_rollback() -> None:
    connection = FakeConnection()
    before = len(connection.calls)

    with suppress(DriverError):
        async with connection.transaction():
            raise DriverError
    async with connection.transaction():
        pass

    assert [call[0] for call in connection.calls[before:] if call[0] != "begin"] == ["rollback", "commit"]
