"""What the users DAO sends, what it makes of replies, and what becomes of its connection."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import users_dao
from club_driver import DriverError, UniqueViolation
from users_dao import DAOError, User, UsersDAO

INSERT = "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id"
SELECT = "SELECT id, name, email FROM users WHERE id = $1"
UPDATE = "UPDATE users SET name = $1 WHERE id = $2"
KIM = User(7, "Kim", "kim@example.org")


class FakeConnection:
    """Gives one reply, or raises it, and remembers everything that it was asked, in order."""

    def __init__(self, reply: Any = None) -> None:
        self.reply = reply
        self.calls: list[tuple[Any, ...]] = []

    async def fetchval(self, statement: str, *parameters: Any) -> Any:
        return self._answer("fetchval", statement, *parameters)

    async def fetchrow(self, statement: str, *parameters: Any) -> Any:
        return self._answer("fetchrow", statement, *parameters)

    async def execute(self, statement: str, *parameters: Any) -> Any:
        return self._answer("execute", statement, *parameters)

    async def release(self) -> None:
        self.calls.append(("release",))

    def _answer(self, *call: Any) -> Any:
        self.calls.append(call)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


@pytest.mark.asyncio
async def test_add_inserts_and_returns_the_new_number() -> None:
    connection = FakeConnection(reply=41)

    user_id = await UsersDAO.add.__wrapped__(connection, "Kim", "Kim@Example.org")

    assert user_id == 41
    assert connection.calls == [("fetchval", INSERT, "Kim", "kim@example.org")]


@pytest.mark.asyncio
async def test_by_id_reads_the_user() -> None:
    connection = FakeConnection({"id": 7, "name": "Kim", "email": "kim@example.org"})

    user = await UsersDAO.by_id.__wrapped__(connection, 7)

    assert user == KIM
    assert connection.calls == [("fetchrow", SELECT, 7)]


@pytest.mark.asyncio
async def test_rename_updates_the_user() -> None:
    connection = FakeConnection("UPDATE 1")

    result = await UsersDAO.rename.__wrapped__(connection, 7, "Kay")

    assert result is None
    assert connection.calls == [("execute", UPDATE, "Kay", 7)]


@pytest.mark.asyncio
async def test_a_user_who_is_not_there_is_status_404() -> None:
    with pytest.raises(DAOError) as reading:
        await UsersDAO.by_id.__wrapped__(FakeConnection(None), 7)
    with pytest.raises(DAOError) as renaming:
        await UsersDAO.rename.__wrapped__(FakeConnection("UPDATE 0"), 7, "Kay")

    assert reading.value.status == 404
    assert renaming.value.status == 404


METHODS = [
    pytest.param(UsersDAO.add.__wrapped__, ("Kim", "kim@example.org"), id="add"),
    pytest.param(UsersDAO.by_id.__wrapped__, (7,), id="by-id"),
    pytest.param(UsersDAO.rename.__wrapped__, (7, "Kay"), id="rename"),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("method", "arguments"), METHODS)
@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(DriverError("connection lost"), 500, id="driver-error"),
        pytest.param(UniqueViolation("users_email_key"), 409, id="unique-violation"),
    ],
)
async def test_errors_of_the_driver_become_errors_of_the_dao(
    method: Callable[..., Awaitable[Any]],
    arguments: tuple[Any, ...],
    error: DriverError,
    status: int,
) -> None:
    with pytest.raises(DAOError) as caught:
        await method(FakeConnection(error), *arguments)

    assert caught.value.status == status
    assert caught.value.__cause__ is error


@pytest.mark.asyncio
@pytest.mark.parametrize(("method", "arguments"), METHODS)
async def test_other_errors_are_left_alone(
    method: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...]
) -> None:
    with pytest.raises(TypeError, match="not a number"):
        await method(FakeConnection(TypeError("not a number")), *arguments)


class TestWithConnection:
    """The methods as everybody calls them, under their decorator."""

    @pytest.fixture
    def connection(self, monkeypatch: pytest.MonkeyPatch) -> FakeConnection:
        connection = FakeConnection()

        async def acquire() -> FakeConnection:
            connection.calls.append(("acquire",))
            return connection

        monkeypatch.setattr(users_dao, "acquire", acquire)
        return connection

    @pytest.mark.asyncio
    async def test_the_connection_is_released_after_the_statement(
        self, connection: FakeConnection
    ) -> None:
        connection.reply = 41

        user_id = await UsersDAO.add("Kim", "kim@example.org")

        assert user_id == 41
        assert connection.calls == [
            ("acquire",),
            ("fetchval", INSERT, "Kim", "kim@example.org"),
            ("release",),
        ]

    @pytest.mark.asyncio
    async def test_the_connection_is_released_after_an_error(
        self, connection: FakeConnection
    ) -> None:
        connection.reply = DriverError("connection lost")

        with pytest.raises(DAOError):
            await UsersDAO.rename(user_id=7, name="Kay")

        assert connection.calls == [("acquire",), ("execute", UPDATE, "Kay", 7), ("release",)]

    @pytest.mark.asyncio
    async def test_the_connection_is_released_after_an_error_of_any_kind(
        self, connection: FakeConnection
    ) -> None:
        connection.reply = TypeError("not a number")

        with pytest.raises(TypeError, match="not a number"):
            await UsersDAO.by_id(7)

        assert [call[0] for call in connection.calls] == ["acquire", "fetchrow", "release"]
