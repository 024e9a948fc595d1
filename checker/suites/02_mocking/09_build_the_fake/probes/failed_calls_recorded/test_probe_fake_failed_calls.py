from contextlib import suppress

import pytest

from library_fakes import FakeConnection
from loans_dao import COUNT_OPEN, TAKE_COPY, DriverError

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_call_that_raises_is_recorded(method: str) -> None:
    connection = FakeConnection()
    before = len(connection.calls)
    connection.script(TAKE_COPY, [DriverError("reset")])
    with suppress(DriverError):
        await getattr(connection, method)(TAKE_COPY, [5])
    assert connection.calls[before:] == [(method, TAKE_COPY, [5])]


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_a_call_without_a_reply_is_recorded(method: str) -> None:
    connection = FakeConnection()
    before = len(connection.calls)
    with suppress(Exception):
        await getattr(connection, method)(COUNT_OPEN, [5])
    assert connection.calls[before:] == [(method, COUNT_OPEN, [5])]
