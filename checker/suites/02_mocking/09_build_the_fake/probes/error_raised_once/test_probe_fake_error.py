import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, SELECT_OVERDUE, TAKE_COPY, DriverError

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_an_error_is_raised_once(method: str) -> None:
    connection = FakeConnection()
    connection.script(SELECT_OVERDUE, [FakeRecord([{"id": 1}]), DriverError("reset"), FakeRecord([{"id": 2}])])
    call = getattr(connection, method)

    assert (await call(SELECT_OVERDUE)).result() == [{"id": 1}]
    with pytest.raises(DriverError, match="reset"):
        await call(SELECT_OVERDUE)
    assert (await call(SELECT_OVERDUE)).result() == [{"id": 2}]


async def test_an_exception_class_is_raised_too() -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [DriverError, 3])

    with pytest.raises(DriverError):
        await connection.fetch_val(COUNT_OPEN, [7])
    assert await connection.fetch_val(COUNT_OPEN, [7]) == 3


async def test_another_statement_is_not_hit() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [DriverError("reset")])
    connection.script(COUNT_OPEN, [3])

    assert await connection.fetch_val(COUNT_OPEN, [7]) == 3
    with pytest.raises(DriverError):
        await connection.execute(TAKE_COPY, [5])


async def test_a_call_that_raises_is_recorded() -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [DriverError("reset")])
    with pytest.raises(DriverError):
        await connection.execute(TAKE_COPY, [5])
    assert connection.calls == [("execute", TAKE_COPY, [5])]
