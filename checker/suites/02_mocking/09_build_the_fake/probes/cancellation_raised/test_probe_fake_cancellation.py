"""Exceptions that are no Exception are raised like others."""

import asyncio

import pytest

from library_fakes import FakeConnection
from loans_dao import COUNT_OPEN

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("kind", [asyncio.CancelledError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_it_is_raised(method: str, kind: type[BaseException]) -> None:
    connection = FakeConnection()
    connection.script(COUNT_OPEN, [kind("stop")])
    with pytest.raises(kind, match="stop"):
        await getattr(connection, method)(COUNT_OPEN, [7])
