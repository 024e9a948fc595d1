import asyncio
import contextlib
from unittest.mock import AsyncMock

import pytest

from signup import Account, sign_up

pytestmark = pytest.mark.asyncio


@pytest.fixture
def accounts() -> AsyncMock:
    return AsyncMock()


@pytest.fixture
def mailer() -> AsyncMock:
    return AsyncMock()


async def test_the_account_is_saved(accounts: AsyncMock, mailer: AsyncMock) -> None:
    await sign_up(" Kim@Example.org", "Kim", accounts=accounts, mailer=mailer)

    accounts.save.assert_awaited_once_with(Account(email="kim@example.org", name="Kim"))


async def test_a_welcome_mail_is_sent(accounts: AsyncMock, mailer: AsyncMock) -> None:
    await sign_up(" Kim@Example.org", "Kim", accounts=accounts, mailer=mailer)
    await asyncio.sleep(0.01)  # let the e-mail go out

    mailer.send.assert_awaited_once()
    sent = mailer.send.await_args.kwargs
    assert sent["to"] == "kim@example.org"
    assert sent["subject"]


async def test_no_mail_when_saving_fails(accounts: AsyncMock, mailer: AsyncMock) -> None:
    accounts.save.side_effect = RuntimeError("the store is away")

    with contextlib.suppress(RuntimeError):
        await sign_up("kim@example.org", "Kim", accounts=accounts, mailer=mailer)
    await asyncio.sleep(0.01)

    mailer.send.assert_not_called()
