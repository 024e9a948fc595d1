"""Works of art from a museum's open data, over a session that is opened for each question."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, aclosing
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


async def _body(session: Session, path: str) -> Any:
    async with session.get(path) as response:
        match response.status:
            case 200:
                body = await response.json()
            case 404:
                raise NotInTheCollection
            case status:
                raise MuseumUnavailable(status)
    return body


class Catalogue:
    """Looks works up. `open_session` gives a manager: entered, a session; left, it is closed."""

    def __init__(self, open_session: OpenSession) -> None:
        self._open_session = open_session

    async def artwork(self, number: int) -> Artwork:
        """The work with this number. Raises NotInTheCollection and MuseumUnavailable."""
        [artwork] = await self._all([number])
        return artwork

    async def room(self, name: str) -> list[Artwork]:
        """The works in a room, in the order of the hanging. Raises as `artwork` does."""
        return await self._all(f"/rooms/{name}")

    async def _all(self, wanted: Iterable[int] | str) -> list[Artwork]:
        async with aclosing(self._works(wanted)) as works:
            return [work async for work in works]

    async def _works(self, wanted: Iterable[int] | str) -> AsyncIterator[Artwork]:
        async with self._open_session() as session:
            if isinstance(wanted, str):
                wanted = (await _body(session, wanted))["works"]
            for number in wanted:
                body = await _body(session, f"/works/{number}")
                yield Artwork(number, title=body["title"], artist=body["artist"])
