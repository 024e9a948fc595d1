"""The users of a sports club, in its database."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from club_driver import Connection, DriverError, UniqueViolation, acquire


@dataclass(frozen=True, slots=True)
class User:
    """A user as it is stored."""

    id: int
    name: str
    email: str


class DAOError(Exception):
    """What the DAO raises. `status` is the HTTP status that fits."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _OnItsOwnConnection:
    """A DAO function as it is called from outside: without a connection."""

    def __init__(self, method: Callable[..., Awaitable[Any]]) -> None:
        update_wrapper(self, method)
        self._method = method

    async def __call__(self, *args: Any, **kwargs: Any) -> Any:
        async with AsyncExitStack() as stack:
            connection = await acquire()
            stack.push_async_callback(connection.release)
            return await self._method(connection, *args, **kwargs)


def _dao_error(error: DriverError) -> DAOError:
    return DAOError(409 if isinstance(error, UniqueViolation) else 500)


class UsersDAO:
    """Adds, reads and renames users. Each method sends one statement."""

    @_OnItsOwnConnection
    async def add(connection: Connection, name: str, email: str) -> int:
        """Store a user, and return the number that the database gave it."""
        statement = "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id"
        try:
            number: int = await connection.fetchval(statement, name, email.lower())
        except DriverError as error:
            raise _dao_error(error) from error
        return number

    @_OnItsOwnConnection
    async def by_id(connection: Connection, user_id: int) -> User:
        """The user with this number. Raises DAOError, status 404, when there is none."""
        statement = "SELECT id, name, email FROM users WHERE id = $1"
        try:
            row = await connection.fetchrow(statement, user_id)
        except DriverError as error:
            raise _dao_error(error) from error
        if row:
            return User(**row)
        raise DAOError(404)

    @_OnItsOwnConnection
    async def rename(connection: Connection, user_id: int, name: str) -> None:
        """Give a user another name. Raises DAOError, status 404, when there is no such user."""
        statement = "UPDATE users SET name = $1 WHERE id = $2"
        try:
            tag = await connection.execute(statement, name, user_id)
        except DriverError as error:
            raise _dao_error(error) from error
        if not int(tag.rpartition(" ")[2]):
            raise DAOError(404)
