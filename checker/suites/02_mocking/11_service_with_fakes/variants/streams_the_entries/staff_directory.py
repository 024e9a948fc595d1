"""A clinic's staff directory: who works on a ward, and who of them may prescribe there."""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a ward's roster, as the database has it. A guest's `home_ward` is another one."""

    id: int
    name: str
    home_ward: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the directory. `may_prescribe` is None when the rights service could not tell."""

    person_id: int
    name: str
    may_prescribe: bool | None


class NotSignedIn(Exception):
    """The request has no `authorization` header."""


class RightsUnavailable(Exception):
    """The rights service gave no answer about this person."""


class Roster(Protocol):
    """The DAO: who works where, from the clinic's database."""

    async def on_ward(self, ward: str) -> list[Person]:
        """Everybody on the ward's roster, in no particular order."""


class Rights(Protocol):
    """The adapter: who may do what, from another service, asked on behalf of the caller."""

    async def rights_of(
        self, person_id: int, *, scope: str = "clinic", authorization: str
    ) -> set[str]:
        """What the person may do within `scope`. Raises `RightsUnavailable`."""


class StaffDirectory:
    """The directory, on top of the roster's DAO and the adapter of the rights service."""

    def __init__(self, *, roster: Roster, rights: Rights) -> None:
        self._ask_roster = roster.on_ward
        self._ask_rights = rights.rights_of

    async def entries(self, ward: str, headers: Mapping[str, str]) -> list[Entry]:
        """The directory of one ward, for the caller whose request has these headers."""
        match headers.get("authorization"):
            case None:
                raise NotSignedIn
            case str(token):
                by_name = sorted(await self._ask_roster(ward), key=attrgetter("name"))
                return [entry async for entry in self._entries(by_name, f"ward:{ward}", token)]

    async def _entries(
        self, people: list[Person], scope: str, authorization: str
    ) -> AsyncIterator[Entry]:
        for person in filter(attrgetter("active"), people):
            answer: bool | None = None
            with suppress(RightsUnavailable):
                rights = await self._ask_rights(person.id, scope=scope, authorization=authorization)
                answer = "prescribe" in rights
            yield Entry(person.id, person.name, answer)
