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


class _Visitor:
    """What somebody may do with one document. Nobody knows a visitor."""

    def __init__(self, document: Document, owns: bool = False) -> None:
        self.draft, self.published = document.draft, not document.draft
        self.owns = owns

    def read(self) -> bool:
        return self.published

    def edit(self) -> bool:
        return False

    def publish(self) -> bool:
        return False

    def delete(self) -> bool:
        return False


class _Member(_Visitor):
    def read(self) -> bool:
        return self.owns or super().read()

    def edit(self) -> bool:
        return self.owns

    def delete(self) -> bool:
        return self.owns and self.draft


class _Moderator(_Member):
    def read(self) -> bool:
        return True

    def edit(self) -> bool:
        return self.published or super().edit()

    def publish(self) -> bool:
        return self.draft and not self.owns


class _Admin(_Visitor):
    def read(self) -> bool:
        return True

    edit = delete = read

    def publish(self) -> bool:
        return self.draft


def allows(user: User | None, action: Action, document: Document) -> bool:
    """The policy. Without a user: what a visitor may do."""
    if user is None:
        person: _Visitor = _Visitor(document)
    else:
        kind = {Role.MEMBER: _Member, Role.MODERATOR: _Moderator, Role.ADMIN: _Admin}[user.role]
        person = kind(document, user.id == document.owner_id)
    return bool(getattr(person, action.value)())


class DocumentGuard:
    """Asks the accounts who somebody is, and the policy what they may do."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts

    async def _user(self, user_id: int) -> User | None:
        user = await self.accounts.find(user_id)
        return user if user and user.active else None

    async def may(self, user_id: int | None, action: Action, document: Document) -> bool:
        """Whether the user with this id, or a visitor without one, may do this."""
        user = await self._user(user_id) if user_id is not None else None
        return allows(user, action, document)
