"""What a sign-up stores and sends, and in which order."""

from unittest.mock import ANY, AsyncMock, Mock, call

import pytest

from signup import Account, DuplicateAccount, sign_up

KIM = Account(email="kim@example.org", name="Kim")


@pytest.fixture
def accounts() -> AsyncMock:
    return AsyncMock()


@pytest.fixture
def mailer() -> AsyncMock:
    return AsyncMock()


@pytest.mark.asyncio
async def test_the_account_is_saved_and_returned(accounts: AsyncMock, mailer: AsyncMock) -> None:
    account = await sign_up(" Kim@Example.org", "Kim", accounts=accounts, mailer=mailer)

    assert account == KIM
    accounts.save.assert_awaited_once_with(KIM)


@pytest.mark.asyncio
async def test_one_welcome_mail_is_sent_to_the_stored_address(
    accounts: AsyncMock, mailer: AsyncMock
) -> None:
    await sign_up("Kim@Example.org ", "Kim", accounts=accounts, mailer=mailer)

    mailer.send.assert_awaited_once_with(to=KIM.email, subject="Welcome, Kim", body=ANY)


@pytest.mark.asyncio
async def test_the_mail_is_sent_after_saving(accounts: AsyncMock, mailer: AsyncMock) -> None:
    order = Mock()
    accounts.save.side_effect = order.saved
    mailer.send.side_effect = order.sent

    await sign_up("kim@example.org", "Kim", accounts=accounts, mailer=mailer)

    assert order.mock_calls == [
        call.saved(KIM),
        call.sent(to="kim@example.org", subject="Welcome, Kim", body=ANY),
    ]


@pytest.mark.asyncio
async def test_no_mail_is_sent_when_saving_fails(accounts: AsyncMock, mailer: AsyncMock) -> None:
    accounts.save.side_effect = DuplicateAccount("kim@example.org")

    with pytest.raises(DuplicateAccount):
        await sign_up("kim@example.org", "Kim", accounts=accounts, mailer=mailer)

    mailer.send.assert_not_called()
