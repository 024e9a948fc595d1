import asyncio

import pytest

from library_fakes import FakeConnection
from loans_dao import COUNT_OPEN, DriverError

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("kind", [DriverError, TimeoutError, asyncio.CancelledError])
@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_an_exception_class_is_raised(method: str, kind: type[BaseException]) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [kind])
    with pytest.raises(kind):
        await getattr(connection, method)(COUNT_OPEN, [7])
