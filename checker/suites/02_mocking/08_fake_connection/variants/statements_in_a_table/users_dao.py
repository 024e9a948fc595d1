"""The users of a sports club, in its database."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from enum import Enum
from functools import wraps
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


COLUMNS = ", ".join(field.name for field in fields(User))


class _Sql(Enum):
    """The driver's method, and the statement for it."""

    ADD = ("fetchval", "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id")
    BY_ID = ("fetchrow", f"SELECT {COLUMNS} FROM users WHERE id = $1")
    RENAME = ("execute", "UPDATE users SET name = $1 WHERE id = $2")

    async def send(self, connection: Connection, *parameters: Any) -> Any:
        method, statement = self.value
        try:
            return await getattr(connection, method)(statement, *parameters)
        except DriverError as error:
            match error:
                case UniqueViolation():
                    raise DAOError(status=409) from error
                case _:
                    raise DAOError(status=500) from error


@asynccontextmanager
async def _borrowed() -> AsyncIterator[Connection]:
    connection = await acquire()
    try:
        yield connection
    except BaseException:
        await connection.release()
        raise
    else:
        await connection.release()


def with_connection(method: Callable[..., Awaitable[Any]]) -> Any:
    """Acquire a connection for each call, hand it to the method, and release it afterwards."""

    @wraps(method)
    async def call(*args: Any, **kwargs: Any) -> Any:
        async with _borrowed() as connection:
            result = await method(connection, *args, **kwargs)
        return result

    return staticmethod(call)


class UsersDAO:
    """Adds, reads and renames users. Each method sends one statement."""

    @with_connection
    async def add(connection: Connection, name: str, email: str) -> int:
        """Store a user, and return the number that the database gave it."""
        return await _Sql.ADD.send(connection, name, email.lower())

    @with_connection
    async def by_id(connection: Connection, user_id: int) -> User:
        """The user with this number. Raises DAOError, status 404, when there is none."""
        if (row := await _Sql.BY_ID.send(connection, user_id)) is not None:
            return User(*(row[field.name] for field in fields(User)))
        raise DAOError(status=404)

    @with_connection
    async def rename(connection: Connection, user_id: int, name: str) -> None:
        """Give a user another name. Raises DAOError, status 404, when there is no such user."""
        if await _Sql.RENAME.send(connection, name, user_id) != "UPDATE 1":
            raise DAOError(status=404)
