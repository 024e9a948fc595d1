import asyncio

import pytest

from library_fakes import FakeConnection
from loans_dao import DriverError

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("kind", [DriverError, asyncio.CancelledError, KeyboardInterrupt])
async def test_the_caller_gets_the_very_exception(kind: type[BaseException]) -> None:
    error = kind("told")
    with pytest.raises(kind) as caught:
        async with FakeConnection().transaction():
            raise error
    assert caught.value is error
