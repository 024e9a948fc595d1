import pytest

from library_fakes import FakeConnection
from loans_dao import COUNT_OPEN, DriverError

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_an_error_is_raised(method: str) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [DriverError("reset")])
    with pytest.raises(DriverError, match="reset"):
        await getattr(connection, method)(COUNT_OPEN, [7])


async def test_another_statement_is_not_hit() -> None:
    connection = FakeConnection()
    connection.script("SELECT 1", [DriverError("reset")])
    connection.script(COUNT_OPEN, [3])

    assert await connection.fetch_val(COUNT_OPEN, [7]) == 3
    with pytest.raises(DriverError):
        await connection.execute("SELECT 1")
