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


def allows(user: User | None, action: Action, document: Document) -> bool:
    """The policy. Without a user: what a visitor may do."""
    if user is None:
        return action is Action.READ and not document.draft
    if user.role is Role.ADMIN:
        return action is not Action.PUBLISH or document.draft
    owns = user.id == document.owner_id
    moderates = user.role is Role.MODERATOR and not owns
    if action is Action.READ:
        return owns or moderates or not document.draft
    if action is Action.EDIT:
        return owns or (moderates and not document.draft)
    if action is Action.PUBLISH:
        return moderates and document.draft
    return owns and document.draft


class DocumentGuard:
    """Asks the accounts who somebody is, and the policy what they may do."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def may(self, user_id: int | None, action: Action, document: Document) -> bool:
        """Whether the user with this id, or a visitor without one, may do this."""
        user = None if user_id is None else await self._accounts.find(user_id)
        if user is not None and not user.active:
            user = None
        return allows(user, action, document)
