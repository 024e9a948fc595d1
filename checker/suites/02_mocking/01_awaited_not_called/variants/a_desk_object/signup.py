"""Sign up a reader of the library's newsletter: store the account, then send the welcome e-mail."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Account:
    """A reader as it is stored. `email` is trimmed and in lower case."""

    email: str
    name: str


class AccountStore(Protocol):
    """Where accounts are kept: a database in production."""

    async def save(self, account: Account) -> None:
        """Store a new account. Raises `DuplicateAccount` when the address is taken."""


class Mailer(Protocol):
    """What hands e-mails over to the mail server."""

    async def send(self, *, to: str, subject: str, body: str) -> None:
        """Hand one e-mail over to the mail server."""


class DuplicateAccount(Exception):
    """There is an account with this e-mail address already."""


@dataclass(frozen=True)
class _Desk:
    """Where sign-ups are taken: one store, one mailer."""

    accounts: AccountStore
    mailer: Mailer

    async def take(self, email: str, name: str) -> Account:
        account = Account(email, name)
        try:
            await self.accounts.save(account)
        except Exception as error:
            error.add_note(f"while signing up {email}")
            raise
        else:
            await self._welcome(email, name)
        return account

    async def _welcome(self, email: str, name: str) -> None:
        text = f"Hello {name}!\nYour address: {email}\n"
        await self.mailer.send(subject=", ".join(("Welcome", name)), to=email, body=text)


async def sign_up(address: str, name: str, *, accounts: AccountStore, mailer: Mailer) -> Account:
    """Store an account for `address`, then send its welcome e-mail, and return the account."""
    return await _Desk(accounts, mailer).take(address.strip().lower(), name)
