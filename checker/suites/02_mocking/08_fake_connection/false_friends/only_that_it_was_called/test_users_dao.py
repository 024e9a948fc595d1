from unittest.mock import AsyncMock

import pytest

from club_driver import DriverError
from users_dao import DAOError, UsersDAO

pytestmark = pytest.mark.asyncio


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> AsyncMock:
    connection = AsyncMock()
    monkeypatch.setattr("users_dao.acquire", AsyncMock(return_value=connection))
    return connection


async def test_add(connection: AsyncMock) -> None:
    await UsersDAO.add("Kim", "kim@example.org")

    connection.fetchval.assert_awaited_once()
    connection.release.assert_awaited_once()


async def test_by_id(connection: AsyncMock) -> None:
    connection.fetchrow.return_value = {"id": 7, "name": "Kim", "email": "kim@example.org"}

    await UsersDAO.by_id(7)

    connection.fetchrow.assert_awaited_once()
    connection.release.assert_awaited_once()


async def test_rename(connection: AsyncMock) -> None:
    connection.execute.return_value = "UPDATE 1"

    await UsersDAO.rename(7, "Kay")

    connection.execute.assert_awaited_once()
    connection.release.assert_awaited_once()


async def test_driver_error(connection: AsyncMock) -> None:
    connection.fetchrow.side_effect = DriverError("connection lost")

    with pytest.raises(DAOError):
        await UsersDAO.by_id(7)

    connection.release.assert_awaited_once()
