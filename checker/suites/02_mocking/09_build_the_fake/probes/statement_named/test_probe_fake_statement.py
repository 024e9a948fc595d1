import pytest

from library_fakes import FakeConnection
from loans_dao import COUNT_OPEN, TAKE_COPY

pytestmark = pytest.mark.asyncio


async def complaint(connection: FakeConnection, method: str, statement: str) -> str | None:
    """What the error says; None if there is no error."""
    try:
        await getattr(connection, method)(statement, [5])
    except Exception as error:
        return str(error)
    return None


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_call_too_many_is_named(method: str) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [3])
    await getattr(connection, method)(COUNT_OPEN, [5])

    told = await complaint(connection, method, COUNT_OPEN)

    assert told is None or COUNT_OPEN in told


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_statement_never_scripted_is_named(method: str) -> None:
    told = await complaint(FakeConnection(), method, TAKE_COPY)
    assert told is None or TAKE_COPY in told
