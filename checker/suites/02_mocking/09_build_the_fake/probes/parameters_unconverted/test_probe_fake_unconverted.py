"""A list stays a list, a tuple a tuple, and None is not an empty list."""

import pytest

from library_fakes import FakeConnection, FakeRecord
from loans_dao import TAKE_COPY

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("parameters", [[5], (5, 7), [], (), None], ids=repr)
@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_recorded_as_given(method: str, parameters: object) -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    await getattr(connection, method)(TAKE_COPY, parameters)
    assert connection.calls[-1][2] == parameters


@pytest.mark.parametrize("method", ["execute", "fetch", "fetch_val"])
async def test_none_without_parameters(method: str) -> None:
    connection = FakeConnection()
    connection.script(TAKE_COPY, [FakeRecord(rowcount=1)])
    await getattr(connection, method)(TAKE_COPY)
    assert connection.calls[-1][2] is None
