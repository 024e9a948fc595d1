import re

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, TAKE_COPY

pytestmark = pytest.mark.asyncio


async def test_a_call_too_many_is_an_error() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [3])
    await connection.fetch_val(COUNT_OPEN, [7])

    for _ in range(2):
        with pytest.raises(AssertionError, match=re.escape(COUNT_OPEN)):
            await connection.fetch_val(COUNT_OPEN, [7])


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_statement_never_scripted_is_an_error(method: str) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [3])
    with pytest.raises(AssertionError, match=re.escape(TAKE_COPY)):
        await getattr(connection, method)(TAKE_COPY, [5])


async def test_a_longer_statement_is_another_one() -> None:
    archive = TAKE_COPY.replace("copies", "copies_archive")
    connection = FakeConnection()
    connection.script("UPDATE copies", [FakeRecord(rowcount=1)])
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])

    with pytest.raises(AssertionError):
        await connection.execute(archive, [5])
    with pytest.raises(AssertionError):
        await connection.execute(TAKE_COPY + " RETURNING id", [5])
    assert (await connection.execute(TAKE_COPY, [5])).rowcount == 1


async def test_a_call_without_a_reply_is_recorded() -> None:
    connection = FakeConnection()
    with pytest.raises(AssertionError):
        await connection.execute(TAKE_COPY, [5])
    assert connection.calls == [("execute", TAKE_COPY, [5])]


async def test_a_transaction_runs_out_as_well() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    with pytest.raises(AssertionError, match=re.escape(TAKE_COPY)):
        async with connection.transaction() as transaction:
            await transaction.execute(TAKE_COPY, [5])
            await transaction.execute(TAKE_COPY, [5])
