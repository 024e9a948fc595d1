from unittest.mock import AsyncMock

import pytest

from club_driver import DriverError
from users_dao import DAOError, UsersDAO

pytestmark = pytest.mark.asyncio


@pytest.fixture
def connection() -> AsyncMock:
    return AsyncMock()


@pytest.fixture
def acquire(monkeypatch: pytest.MonkeyPatch, connection: AsyncMock) -> AsyncMock:
    acquire = AsyncMock(return_value=connection)
    monkeypatch.setattr("users_dao.acquire", acquire)
    return acquire


async def test_the_table(connection: AsyncMock) -> None:
    await UsersDAO.by_id.__wrapped__(connection, 7)
    assert "FROM users " in connection.fetchrow.await_args.args[0]


async def test_the_first_parameter(connection: AsyncMock) -> None:
    await UsersDAO.add.__wrapped__(connection, "Kim", "kim@example.org")
    assert connection.fetchval.await_args.args[1] == "Kim"


async def test_the_status(connection: AsyncMock) -> None:
    connection.fetchrow.side_effect = DriverError("connection lost")
    with pytest.raises(DAOError) as caught:
        await UsersDAO.by_id.__wrapped__(connection, 7)
    assert caught.value.status == 500


async def test_a_release_is_called(connection: AsyncMock, acquire: AsyncMock) -> None:
    await UsersDAO.add("Kim", "kim@example.org")
    connection.release.assert_called()


async def test_one_is_acquired(acquire: AsyncMock) -> None:
    await UsersDAO.add("Kim", "kim@example.org")
    assert acquire.await_count == 1


async def test_no_release_is_called_again(connection: AsyncMock, acquire: AsyncMock) -> None:
    await UsersDAO.add("Kim", "kim@example.org")
    assert connection.release.call_count < 2
