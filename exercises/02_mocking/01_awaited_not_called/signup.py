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


async def sign_up(address: str, name: str, *, accounts: AccountStore, mailer: Mailer) -> Account:
    """Store an account for `address`, then send its welcome e-mail, and return the account."""
    account = Account(email=address.strip().lower(), name=name)
    await accounts.save(account)
    subject = f"Welcome, {account.name}"
    await mailer.send(to=account.email, subject=subject, body=_welcome_text(account))
    return account


def _welcome_text(account: Account) -> str:
    return (
        f"Hello {account.name},\n\n"
        f"we registered {account.email} for the library's newsletter.\n"
        "It arrives on the first Monday of the month.\n"
    )
