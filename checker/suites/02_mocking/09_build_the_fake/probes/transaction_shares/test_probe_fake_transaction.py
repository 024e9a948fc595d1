"""A transaction speaks for its connection: the same replies, the same record of calls."""

import pytest

from library_fakes import FakeConnection, FakeRecord, FakeTransaction
from loans_dao import COUNT_OPEN, TAKE_COPY

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_statement_inside_is_a_call_of_the_connection(method: str) -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])

    async with connection.transaction() as transaction:
        assert isinstance(transaction, FakeTransaction)
        assert (await getattr(transaction, method)(TAKE_COPY, [5])).rowcount == 1
        assert connection.calls[-1] == (method, TAKE_COPY, [5])


async def test_replies_are_shared_with_outside() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [1, 2, 3])

    assert await connection.fetch_val(COUNT_OPEN, [7]) == 1
    async with connection.transaction() as transaction:
        assert await transaction.fetch_val(COUNT_OPEN, [7]) == 2
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 3


async def test_replies_may_be_scripted_while_it_is_open() -> None:
    connection = FakeConnection()
    async with connection.transaction() as transaction:
        connection.script(COUNT_OPEN, [4])
        assert await transaction.fetch_val(COUNT_OPEN, [7]) == 4
