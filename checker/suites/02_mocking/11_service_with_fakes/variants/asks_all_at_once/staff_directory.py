"""A clinic's staff directory: who works on a ward, and who of them may prescribe there."""

import asyncio
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
        self.roster = roster
        self.rights = rights

    async def entries(self, ward: str, headers: Mapping[str, str]) -> list[Entry]:
        """The directory of one ward, for the caller whose request has these headers."""
        if "authorization" not in headers:
            raise NotSignedIn("no authorization header")
        staff = [person for person in await self.roster.on_ward(ward) if person.active]
        questions = (
            self.rights.rights_of(
                person.id, authorization=headers["authorization"], scope="ward:" + ward
            )
            for person in reversed(staff)
        )
        answers = await asyncio.gather(*questions, return_exceptions=True)
        found: dict[str, Entry] = {}
        for person, answer in zip(reversed(staff), answers, strict=True):
            if isinstance(answer, RightsUnavailable):
                found[person.name] = Entry(person.id, person.name, None)
            elif isinstance(answer, BaseException):
                raise answer
            else:
                found[person.name] = Entry(person.id, person.name, "prescribe" in answer)
        return [found[name] for name in sorted(found)]
