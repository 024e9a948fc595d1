"""A clinic's staff directory: who works on a ward, and who of them may prescribe there."""

from collections.abc import Mapping
from dataclasses import dataclass
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
        self._roster = roster
        self._rights = rights

    async def entries(self, ward: str, headers: Mapping[str, str]) -> list[Entry]:
        """The directory of one ward, for the caller whose request has these headers."""
        authorization = headers.get("authorization")
        if authorization is None:
            raise NotSignedIn
        people = await self._roster.on_ward(ward)
        found = []
        for person in sorted(people, key=lambda person: person.name):
            if person.active:
                answer = await self._may_prescribe(person, ward, authorization)
                found.append(Entry(person.id, person.name, answer))
        return found

    async def _may_prescribe(self, person: Person, ward: str, authorization: str) -> bool | None:
        try:
            rights = await self._rights.rights_of(
                person.id, scope=f"ward:{ward}", authorization=authorization
            )
        except RightsUnavailable:
            return None
        return "prescribe" in rights
