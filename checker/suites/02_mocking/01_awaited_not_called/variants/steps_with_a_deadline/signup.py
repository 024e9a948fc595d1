"""Sign up a reader of the library's newsletter: store the account, then send the welcome e-mail."""

import asyncio
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


SEND_DEADLINE_S = 30.0


async def _store(address: str, name: str, accounts: AccountStore) -> Account:
    account = Account(address.lower().strip(), name)
    await accounts.save(account)
    return account


async def _greet(account: Account, mailer: Mailer) -> None:
    async with asyncio.timeout(SEND_DEADLINE_S):
        await mailer.send(
            to=account.email,
            subject=f"Welcome, {account.name}",
            body=f"{account.name}: your newsletter starts next month.",
        )


async def sign_up(address: str, name: str, *, accounts: AccountStore, mailer: Mailer) -> Account:
    """Store an account for `address`, then send its welcome e-mail, and return the account."""
    account = await _store(address, name, accounts)
    await _greet(account, mailer)
    return account
