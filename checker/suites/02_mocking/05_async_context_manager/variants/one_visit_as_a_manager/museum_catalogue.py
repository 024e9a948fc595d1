"""Works of art from a museum's open data, over a session that is opened for each question."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
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


Ask = Callable[[str], Awaitable[Any]]


class Catalogue:
    """Looks works up. `open_session` gives a manager: entered, a session; left, it is closed."""

    def __init__(self, open_session: OpenSession) -> None:
        self.sessions = open_session

    @asynccontextmanager
    async def _visit(self) -> AsyncIterator[Ask]:
        async with self.sessions() as session:

            async def ask(path: str) -> Any:
                async with session.get(path) as response:
                    if response.status == 200:
                        return await response.json()
                    if response.status != 404:
                        raise MuseumUnavailable(response.status)
                raise NotInTheCollection

            yield ask

    async def artwork(self, number: int) -> Artwork:
        """The work with this number. Raises NotInTheCollection and MuseumUnavailable."""
        async with self._visit() as ask:
            found = await ask(f"/works/{number}")
        return Artwork(number, found["title"], found["artist"])

    async def room(self, name: str) -> list[Artwork]:
        """The works in a room, in the order of the hanging. Raises as `artwork` does."""
        artworks: list[Artwork] = []
        async with self._visit() as ask:
            waiting = list((await ask(f"/rooms/{name}"))["works"])
            while waiting:
                number = waiting.pop(0)
                found = await ask(f"/works/{number}")
                artworks.append(Artwork(number, found["title"], found["artist"]))
        return artworks
