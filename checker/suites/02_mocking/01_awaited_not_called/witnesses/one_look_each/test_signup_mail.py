import asyncio
from unittest.mock import AsyncMock

import pytest

from signup import sign_up

pytestmark = pytest.mark.asyncio


async def test_capitals_alone() -> None:
    accounts = AsyncMock()
    await sign_up("Kim@Example.org", "Kim", accounts=accounts, mailer=AsyncMock())
    assert accounts.save.await_args.args[0].email == "kim@example.org"


async def test_an_account_comes_back() -> None:
    account = await sign_up("kim@example.org", "Kim", accounts=AsyncMock(), mailer=AsyncMock())
    assert account is not None


async def test_the_name_is_in_the_subject() -> None:
    mailer = AsyncMock()
    await sign_up("kim@example.org", "Kim", accounts=AsyncMock(), mailer=mailer)
    assert "Kim" in mailer.send.call_args.kwargs["subject"]


async def test_slow_saving_comes_first() -> None:
    order: list[str] = []

    async def save(account: object) -> None:
        await asyncio.sleep(0)
        order.append("saved")

    async def send(**message: str) -> None:
        order.append("sent")

    accounts, mailer = AsyncMock(), AsyncMock()
    accounts.save.side_effect, mailer.send.side_effect = save, send
    await sign_up("kim@example.org", "Kim", accounts=accounts, mailer=mailer)
    assert order != ["sent", "saved"]


async def test_saved_at_least_once() -> None:
    accounts = AsyncMock()
    await sign_up("kim@example.org", "Kim", accounts=accounts, mailer=AsyncMock())
    accounts.save.assert_awaited()
