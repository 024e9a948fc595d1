"""Which e-mail addresses may sign up for the choir's members' area."""

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
        self.reason = reason


class Members(Protocol):
    """The register of members, kept by another service."""

    async def addresses(self) -> Collection[str]:
        """All members' addresses, each as its owner once typed it, without blanks around it."""


async def validate(typed: str, members: Members) -> str:
    """The address to sign up with. Raises `Rejected`."""
    address = typed.strip()
    if not address:
        raise Rejected(Reason.BLANK)
    name, _, host = address.partition("@")
    if not name or not host or "@" in host:
        raise Rejected(Reason.MALFORMED)
    taken = {known.lower() for known in await members.addresses()}
    if address.lower() in taken:
        raise Rejected(Reason.TAKEN)
    return address
