import asyncio
from types import SimpleNamespace

import pytest

from signup import Account, DuplicateAccount, sign_up


@pytest.fixture
def log() -> list[object]:
    return []


@pytest.fixture
def accounts(log: list[object]) -> SimpleNamespace:
    async def save(account: Account) -> None:
        if account.name == "twice":
            raise DuplicateAccount
        log.append(account)

    return SimpleNamespace(save=save)


@pytest.fixture
def mailer(log: list[object]) -> SimpleNamespace:
    async def send(to: str, subject: str, body: str) -> None:
        log.append(f"{to}: {subject}")

    return SimpleNamespace(send=send)


def test_order_and_content(log, accounts, mailer) -> None:
    got = asyncio.run(sign_up(" A@B.example ", "Ada", accounts=accounts, mailer=mailer))
    assert log == [Account("a@b.example", "Ada"), "a@b.example: Welcome, Ada"]
    assert got == log[0]


def test_duplicate(log, accounts, mailer) -> None:
    with pytest.raises(DuplicateAccount):
        asyncio.run(sign_up("a@b.example", "twice", accounts=accounts, mailer=mailer))
    assert not log
