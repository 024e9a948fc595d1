"""Which e-mail addresses may sign up for the choir's members' area."""

from collections.abc import AsyncIterator, Collection
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


def _is_malformed(address: str) -> bool:
    parts = address.split("@")
    return len(parts) != 2 or "" in parts


async def _objections(address: str, members: Members) -> AsyncIterator[Reason]:
    if len(address) == 0:
        yield Reason.BLANK
    elif _is_malformed(address):
        yield Reason.MALFORMED
    for known in await members.addresses():
        if known.upper() == address.upper():
            yield Reason.TAKEN


async def validate(typed: str, members: Members) -> str:
    """The address to sign up with. Raises `Rejected`."""
    address = typed.lstrip().rstrip()
    reasons = [reason async for reason in _objections(address, members)]
    if reasons:
        raise Rejected(reasons[0])
    return address
