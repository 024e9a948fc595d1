from dataclasses import dataclass, field

import pytest

from signup import Account, DuplicateAccount, sign_up


@dataclass
class Office:
    """A store and a mailer in one that keeps a diary."""

    diary: list[tuple[str, ...]] = field(default_factory=list)
    saved: list[Account] = field(default_factory=list)
    taken: bool = False

    async def save(self, account: Account) -> None:
        if self.taken:
            raise DuplicateAccount(account.email)
        self.saved.append(account)
        self.diary.append(("save", account.email))

    async def send(self, *, to: str, subject: str, body: str) -> None:
        self.diary.append(("send", to, subject))


@pytest.mark.asyncio
async def test_saves_then_sends_once() -> None:
    office = Office()

    await sign_up("ANNA@example.com", "Anna", accounts=office, mailer=office)

    assert office.diary == [
        ("save", "anna@example.com"),
        ("send", "anna@example.com", "Welcome, Anna"),
    ]


@pytest.mark.asyncio
async def test_returns_what_it_saved() -> None:
    office = Office()

    account = await sign_up("\tanna@example.com\n", "Anna", accounts=office, mailer=office)

    assert office.saved == [account] == [Account("anna@example.com", "Anna")]


@pytest.mark.asyncio
async def test_taken_address_gets_no_mail() -> None:
    office = Office(taken=True)

    with pytest.raises(DuplicateAccount):
        await sign_up("anna@example.com", "Anna", accounts=office, mailer=office)

    assert office.diary == []
