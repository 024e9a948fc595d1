"""Works of art from a museum's open data, over a session that is opened for each question."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Artwork:
    """A work of the collection."""

    number: int
    title: str
    artist: str


class NotInTheCollection(Exception):
    """The museum has no such work, or no such room."""


class MuseumUnavailable(Exception):
    """The museum's service gave no proper answer. `status` is what it gave instead."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Response(Protocol):
    """An answer, which can be read until it is left."""

    status: int

    async def json(self) -> Any:
        """Receive the body and parse it."""


class Session(Protocol):
    """A connection to the museum, which can be used until it is left."""

    def get(self, path: str) -> AbstractAsyncContextManager[Response]:
        """Entered, it sends a request and gives the answer; left, it gives the line free."""


OpenSession = Callable[[], AbstractAsyncContextManager[Session]]


T = TypeVar("T")
R = TypeVar("R")


async def _within(manager: AbstractAsyncContextManager[T], do: Callable[[T], Awaitable[R]]) -> R:
    """Enter the manager, do something with what it gives, and leave it whatever happened."""
    async with manager as entered:
        result = await do(entered)
    return result


async def _read(response: Response) -> Any:
    if response.status == 404:
        raise NotInTheCollection
    elif response.status != 200:
        raise MuseumUnavailable(status=response.status)
    else:
        return await response.json()


class Catalogue:
    """Looks works up. `open_session` gives a manager: entered, a session; left, it is closed."""

    def __init__(self, open_session: OpenSession) -> None:
        self._new_session = open_session

    async def artwork(self, number: int) -> Artwork:
        """The work with this number. Raises NotInTheCollection and MuseumUnavailable."""

        async def ask(session: Session) -> Artwork:
            return await self._work(session, number)

        return await _within(self._new_session(), ask)

    async def room(self, name: str) -> list[Artwork]:
        """The works in a room, in the order of the hanging. Raises as `artwork` does."""

        async def ask(session: Session) -> list[Artwork]:
            numbers = (await self._fetch(session, "/rooms/" + name))["works"]
            return [await self._work(session, each) for each in numbers]

        return await _within(self._new_session(), ask)

    async def _work(self, session: Session, number: int) -> Artwork:
        return Artwork(number=number, **await self._fetch(session, f"/works/{number}"))

    async def _fetch(self, session: Session, path: str) -> Any:
        return await _within(session.get(path), _read)
