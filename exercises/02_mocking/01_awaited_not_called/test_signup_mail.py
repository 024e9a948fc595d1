from unittest.mock import ANY, AsyncMock

import pytest

from signup import Account, sign_up


@pytest.mark.asyncio
async def test_the_account_is_saved() -> None:
    accounts = AsyncMock()

    account = await sign_up(" Kim@Example.org", "Kim", accounts=accounts, mailer=AsyncMock())

    assert account == Account(email="kim@example.org", name="Kim")
    accounts.save.assert_called_once_with(account)


@pytest.mark.asyncio
async def test_a_welcome_mail_is_sent() -> None:
    mailer = AsyncMock()

    await sign_up("kim@example.org", "Kim", accounts=AsyncMock(), mailer=mailer)

    mailer.send.assert_called_once_with(to="kim@example.org", subject="Welcome, Kim", body=ANY)


@pytest.mark.asyncio
async def test_the_mail_is_sent_after_saving() -> None:
    accounts = AsyncMock()
    mailer = AsyncMock()

    await sign_up("kim@example.org", "Kim", accounts=accounts, mailer=mailer)

    accounts.save.assert_called_once
    mailer.send.assert_called_once
