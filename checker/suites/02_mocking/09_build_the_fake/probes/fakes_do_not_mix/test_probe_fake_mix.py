import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, SELECT_OVERDUE, TAKE_COPY

pytestmark = pytest.mark.asyncio


async def test_leaves_calls_and_replies_behind() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [3, 4])
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    await connection.fetch_val(COUNT_OPEN, [7])
    async with connection.transaction() as transaction:
        await transaction.execute(TAKE_COPY, [5])
    assert len(connection.calls) == 4


async def test_sees_nothing_of_them() -> None:
    connection = FakeConnection()
    assert connection.calls == []
    connection.script(COUNT_OPEN, [9])
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 9


async def test_two_connections_in_one_test() -> None:
    one, other = FakeConnection(), FakeConnection()
    one.script(COUNT_OPEN, [1])
    other.script(COUNT_OPEN, [2])

    assert await other.fetch_val(COUNT_OPEN, [8]) == 2
    assert await one.fetch_val(COUNT_OPEN, [7]) == 1

    assert one.calls == [("fetch_val", COUNT_OPEN, [7])]
    assert other.calls == [("fetch_val", COUNT_OPEN, [8])]


async def test_two_records_share_no_rows() -> None:
    first = FakeRecord()
    first.result().append({"id": 1})
    assert FakeRecord().result() == []
    connection = FakeConnection()
    connection.script(SELECT_OVERDUE, [FakeRecord()])
    assert (await connection.fetch(SELECT_OVERDUE)).result() == []
