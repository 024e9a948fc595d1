"""Who may do what with the documents of a housing cooperative: minutes, statutes, house rules."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a user is in the cooperative."""

    MEMBER = "member"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be done with a document."""

    READ = "read"
    EDIT = "edit"
    PUBLISH = "publish"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account. Who moves out is no longer active."""

    id: int
    role: Role
    active: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A document: whose it is, and whether it is still a draft. Otherwise it is published."""

    owner_id: int
    draft: bool


class Accounts(Protocol):
    """Where users are looked up: a service of its own in production."""

    async def find(self, user_id: int) -> User | None:
        """The user with this id, if there is one."""


_CELLS = {
    "visitor": {"read published"},
    "member": {"read published"},
    "owner": {"read published", "read draft", "edit published", "edit draft", "delete draft"},
    "moderator": {"read published", "read draft", "edit published", "publish draft"},
    "admin": {f"{action} {state}" for action in Action for state in ("draft", "published")}
    - {"publish published"},
}


def _relation(user: User | None, document: Document) -> str:
    if user is None or not user.active:
        return "visitor"
    if user.role != Role.ADMIN and user.id == document.owner_id:
        return "owner"
    return str(user.role)


def allows(user: User | None, action: Action, document: Document) -> bool:
    """The policy. Without a user: what a visitor may do."""
    state = "draft" if document.draft else "published"
    return f"{action} {state}" in _CELLS[_relation(user, document)]


class DocumentGuard:
    """Asks the accounts who somebody is, and the policy what they may do."""

    def __init__(self, accounts: Accounts) -> None:
        self._find = accounts.find

    async def may(self, user_id: int | None, action: Action, document: Document) -> bool:
        """Whether the user with this id, or a visitor without one, may do this."""
        if user_id is None:
            return allows(None, action, document)
        return allows(await self._find(user_id), action, document)
