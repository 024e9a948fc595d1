"""Which e-mail addresses may sign up for the choir's members' area."""

import re
from collections.abc import Collection
from enum import Enum, auto
from typing import Protocol


class Reason(Enum):
    """Why an address was rejected."""

    BLANK = auto()
    MALFORMED = auto()
    TAKEN = auto()


class Rejected(Exception):
    """This address cannot sign up. `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"rejected: {reason}")
        self.reason = reason


class Members(Protocol):
    """The register of members, kept by another service."""

    async def addresses(self) -> Collection[str]:
        """All members' addresses, each as its owner once typed it, without blanks around it."""


_ADDRESS = re.compile(r"[^@]+@[^@]+", re.DOTALL)


class _Register:
    """Answers whether somebody has an address."""

    def __init__(self, members: Members) -> None:
        self._members = members

    async def holds(self, address: str) -> bool:
        wanted = address.lower()
        return any(wanted == known.lower() for known in await self._members.addresses())


async def validate(typed: str, members: Members) -> str:
    """The address to sign up with. Raises `Rejected`."""
    match typed.strip():
        case "":
            reason = Reason.BLANK
        case address if not _ADDRESS.fullmatch(address):
            reason = Reason.MALFORMED
        case address if await _Register(members).holds(address):
            reason = Reason.TAKEN
        case address:
            return address
    raise Rejected(reason)
