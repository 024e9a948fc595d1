import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, TAKE_COPY

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_call_too_many_is_an_error(method: str) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [FakeRecord(rowcount=1)])
    call = getattr(connection, method)
    await call(COUNT_OPEN, [7])

    for _ in range(2):
        with pytest.raises(AssertionError):
            await call(COUNT_OPEN, [7])


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_statement_never_scripted_is_an_error(method: str) -> None:
    connection = FakeConnection()
    connection.script("SELECT 1", [3])
    with pytest.raises(AssertionError):
        await getattr(connection, method)(TAKE_COPY, [5])


async def test_a_statement_without_replies_is_an_error() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [])
    with pytest.raises(AssertionError):
        await connection.execute(TAKE_COPY, [5])


async def test_a_transaction_runs_out_as_well() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    async with connection.transaction() as transaction:
        await transaction.execute(TAKE_COPY, [5])
        with pytest.raises(AssertionError):
            await transaction.execute(TAKE_COPY, [5])
