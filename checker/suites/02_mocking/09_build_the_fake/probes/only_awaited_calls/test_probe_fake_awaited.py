import inspect

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import TAKE_COPY

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_call_counts_when_it_is_awaited(method: str) -> None:
    connection = FakeConnection()
    before = len(connection.calls)
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1), FakeRecord(rowcount=2)])

    forgotten = getattr(connection, method)(TAKE_COPY, [1])
    assert inspect.isawaitable(forgotten)
    record = await getattr(connection, method)(TAKE_COPY, [2])

    assert record.rowcount == 1
    assert connection.calls[before:] == [(method, TAKE_COPY, [2])]
    assert (await forgotten).rowcount == 2
    assert connection.calls[before:] == [(method, TAKE_COPY, [2]), (method, TAKE_COPY, [1])]


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_so_it_does_in_a_transaction(method: str) -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])

    async with connection.transaction() as transaction:
        before = len(connection.calls)
        call = getattr(transaction, method)(TAKE_COPY, [1])
        assert inspect.isawaitable(call)
        assert connection.calls[before:] == []
        assert (await call).rowcount == 1
