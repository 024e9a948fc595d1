from contextlib import suppress

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import COUNT_OPEN, DriverError

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("error", [DriverError("reset"), DriverError], ids=["exception", "class"])
@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_the_next_call_gets_the_next_reply(method: str, error: object) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [FakeRecord(rowcount=1), error, FakeRecord(rowcount=2)])
    call = getattr(connection, method)

    assert (await call(COUNT_OPEN)).rowcount == 1
    with suppress(DriverError):
        await call(COUNT_OPEN)
    assert (await call(COUNT_OPEN)).rowcount == 2
