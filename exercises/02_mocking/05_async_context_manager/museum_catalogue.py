"""Works of art from a museum's open data, over a session that is opened for each question."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol


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


class Catalogue:
    """Looks works up. `open_session` gives a manager: entered, a session; left, it is closed."""

    def __init__(self, open_session: OpenSession) -> None:
        self._open_session = open_session

    async def artwork(self, number: int) -> Artwork:
        """The work with this number. Raises NotInTheCollection and MuseumUnavailable."""
        async with self._open_session() as session:
            return await self._work(session, number)

    async def room(self, name: str) -> list[Artwork]:
        """The works in a room, in the order of the hanging. Raises as `artwork` does."""
        async with self._open_session() as session:
            room = await self._fetch(session, f"/rooms/{name}")
            return [await self._work(session, number) for number in room["works"]]

    async def _work(self, session: Session, number: int) -> Artwork:
        work = await self._fetch(session, f"/works/{number}")
        return Artwork(number, work["title"], work["artist"])

    async def _fetch(self, session: Session, path: str) -> Any:
        async with session.get(path) as response:
            if response.status == 404:
                raise NotInTheCollection
            if response.status != 200:
                raise MuseumUnavailable(response.status)
            return await response.json()
