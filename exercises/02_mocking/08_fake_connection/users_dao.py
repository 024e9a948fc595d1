"""The users of a sports club, in its database."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from club_driver import Connection, DriverError, UniqueViolation, acquire

P = ParamSpec("P")
R = TypeVar("R")


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


def with_connection(
    method: Callable[Concatenate[Connection, P], Awaitable[R]],
) -> Callable[P, Awaitable[R]]:
    """Acquire a connection for each call, hand it to the method, and release it afterwards."""

    @wraps(method)
    async def with_its_own_connection(*args: P.args, **kwargs: P.kwargs) -> R:
        connection = await acquire()
        try:
            return await method(connection, *args, **kwargs)
        finally:
            await connection.release()

    return with_its_own_connection


@contextmanager
def _driver_errors_as_dao_errors() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise DAOError(409) from error
    except DriverError as error:
        raise DAOError(500) from error


class UsersDAO:
    """Adds, reads and renames users. Each method sends one statement."""

    @staticmethod
    @with_connection
    async def add(connection: Connection, name: str, email: str) -> int:
        """Store a user, and return the number that the database gave it."""
        with _driver_errors_as_dao_errors():
            return await connection.fetchval(
                "INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id", name, email.lower()
            )

    @staticmethod
    @with_connection
    async def by_id(connection: Connection, user_id: int) -> User:
        """The user with this number. Raises DAOError, status 404, when there is none."""
        with _driver_errors_as_dao_errors():
            row = await connection.fetchrow(
                "SELECT id, name, email FROM users WHERE id = $1", user_id
            )
        if row is None:
            raise DAOError(404)
        return User(row["id"], row["name"], row["email"])

    @staticmethod
    @with_connection
    async def rename(connection: Connection, user_id: int, name: str) -> None:
        """Give a user another name. Raises DAOError, status 404, when there is no such user."""
        with _driver_errors_as_dao_errors():
            done = await connection.execute(
                "UPDATE users SET name = $1 WHERE id = $2", name, user_id
            )
        if done == "UPDATE 0":
            raise DAOError(404)
