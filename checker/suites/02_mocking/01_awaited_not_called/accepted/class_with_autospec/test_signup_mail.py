from unittest.mock import create_autospec

import pytest

from signup import Account, AccountStore, Mailer, sign_up


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestSignUp:
    @pytest.fixture(autouse=True)
    def doubles(self) -> None:
        self.accounts = create_autospec(AccountStore, instance=True)
        self.mailer = create_autospec(Mailer, instance=True)

    async def sign_up(self, address: str) -> Account:
        return await sign_up(address, "Lee", accounts=self.accounts, mailer=self.mailer)

    async def test_one_account(self) -> None:
        account = await self.sign_up("  LEE@example.net")
        assert self.accounts.save.await_count == 1
        assert self.accounts.save.await_args.args == (account,)
        assert (account.email, account.name) == ("lee@example.net", "Lee")

    async def test_one_mail(self) -> None:
        await self.sign_up("  LEE@example.net")
        assert self.mailer.send.await_count == 1
        sent = self.mailer.send.await_args.kwargs
        assert sent["to"] == "lee@example.net"
        assert sent["subject"] == "Welcome, Lee"

    async def test_mail_after_account(self) -> None:
        async def send(**_: str) -> None:
            assert self.accounts.save.await_count == 1

        self.mailer.send.side_effect = send
        await self.sign_up("lee@example.net")
        assert self.mailer.send.await_count == 1

    async def test_error_instead_of_mail(self) -> None:
        self.accounts.save.side_effect = ConnectionError("store is away")
        with pytest.raises(ConnectionError, match="away"):
            await self.sign_up("lee@example.net")
        assert self.mailer.send.await_count == 0
