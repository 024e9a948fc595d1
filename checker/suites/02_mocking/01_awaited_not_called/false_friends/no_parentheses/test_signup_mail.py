from unittest.mock import AsyncMock

import pytest

from signup import Account, DuplicateAccount, sign_up

pytestmark = pytest.mark.asyncio


async def test_the_account_is_saved() -> None:
    accounts = AsyncMock()

    account = await sign_up(" Kim@Example.org", "Kim", accounts=accounts, mailer=AsyncMock())

    assert account == Account(email="kim@example.org", name="Kim")
    accounts.save.assert_awaited_once_with(account)


async def test_a_welcome_mail_is_sent() -> None:
    mailer = AsyncMock()

    await sign_up(" Kim@Example.org", "Kim", accounts=AsyncMock(), mailer=mailer)

    mailer.send.assert_awaited_once  # noqa: B018


async def test_no_mail_when_saving_fails() -> None:
    accounts, mailer = AsyncMock(), AsyncMock()
    accounts.save.side_effect = DuplicateAccount

    with pytest.raises(DuplicateAccount):
        await sign_up("kim@example.org", "Kim", accounts=accounts, mailer=mailer)

    mailer.send.assert_not_called()
