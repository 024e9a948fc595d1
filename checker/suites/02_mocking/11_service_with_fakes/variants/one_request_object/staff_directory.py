"""A clinic's staff directory: who works on a ward, and who of them may prescribe there."""

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class _Request:
    """One caller's question about one ward."""

    ward: str
    authorization: str
    rights: Rights

    async def entry(self, person: Person) -> Entry:
        unknown = Entry(person_id=person.id, name=person.name, may_prescribe=None)
        try:
            granted = await self.rights.rights_of(
                person.id, scope="ward:{}".format(self.ward), authorization=self.authorization
            )
        except RightsUnavailable:
            return unknown
        return replace(unknown, may_prescribe=any(right == "prescribe" for right in granted))


class StaffDirectory:
    """The directory, on top of the roster's DAO and the adapter of the rights service."""

    def __init__(self, *, roster: Roster, rights: Rights) -> None:
        self._dao, self._adapter = roster, rights

    async def entries(self, ward: str, headers: Mapping[str, str]) -> list[Entry]:
        """The directory of one ward, for the caller whose request has these headers."""
        try:
            request = _Request(ward, headers["authorization"], self._adapter)
        except KeyError:
            raise NotSignedIn from None
        lines: list[Entry] = []
        for person in await self._dao.on_ward(ward):
            if not person.active:
                continue
            insort(lines, await request.entry(person), key=lambda entry: entry.name)
        return lines
