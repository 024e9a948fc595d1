from unittest.mock import AsyncMock, call, create_autospec, patch

import pytest

from club_driver import Connection, DriverError, UniqueViolation
from users_dao import DAOError, User, UsersDAO


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


CALLS = {
    "fetchval": lambda: UsersDAO.add("Zoe", "ZOE@example.com"),
    "fetchrow": lambda: UsersDAO.by_id(12),
    "execute": lambda: UsersDAO.rename(12, "Zoë"),
}


@pytest.mark.anyio
class TestUsersDAO:
    @pytest.fixture(autouse=True)
    def doubles(self):
        self.connection = create_autospec(Connection, instance=True)
        with patch("users_dao.acquire", AsyncMock(return_value=self.connection)) as self.acquire:
            yield

    def released(self) -> None:
        self.acquire.assert_awaited_once_with()
        assert self.connection.mock_calls[-1] == call.release()
        assert self.connection.release.await_count == 1
        assert len(self.connection.mock_calls) == 2

    async def test_add(self) -> None:
        self.connection.fetchval.return_value = 3
        assert await CALLS["fetchval"]() == 3
        self.connection.fetchval.assert_awaited_once_with(
            "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id",
            "Zoe",
            "zoe@example.com",
        )
        self.released()

    async def test_by_id(self) -> None:
        row = {"id": 12, "name": "Zoe", "email": "zoe@example.com"}
        self.connection.fetchrow.return_value = row
        assert await CALLS["fetchrow"]() == User(**row)
        self.connection.fetchrow.assert_awaited_once_with(
            "SELECT id, name, email FROM users WHERE id = $1", 12
        )
        self.released()

    async def test_rename(self) -> None:
        self.connection.execute.return_value = "UPDATE 1"
        assert await CALLS["execute"]() is None
        self.connection.execute.assert_awaited_once_with(
            "UPDATE users SET name = $1 WHERE id = $2", "Zoë", 12
        )
        self.released()

    @pytest.mark.parametrize(("method", "reply"), [("fetchrow", None), ("execute", "UPDATE 0")])
    async def test_missing(self, method: str, reply: object) -> None:
        getattr(self.connection, method).return_value = reply
        with pytest.raises(DAOError, match="404") as info:
            await CALLS[method]()
        assert info.value.status == 404
        self.released()

    @pytest.mark.parametrize("method", CALLS)
    @pytest.mark.parametrize(
        ("error", "status"), [(DriverError("gone"), 500), (UniqueViolation("twice"), 409)]
    )
    async def test_driver_errors(self, method: str, error: Exception, status: int) -> None:
        getattr(self.connection, method).side_effect = error
        with pytest.raises(DAOError) as info:
            await CALLS[method]()
        assert (info.value.status, info.value.__cause__) == (status, error)
        self.released()

    @pytest.mark.parametrize("method", CALLS)
    async def test_foreign_errors(self, method: str) -> None:
        getattr(self.connection, method).side_effect = RuntimeError("bug")
        with pytest.raises(RuntimeError, match="bug"):
            await CALLS[method]()
        self.released()
