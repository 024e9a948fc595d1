from unittest import mock

import pytest

from signup import Account, sign_up

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        pytest.param("reader@example.org", "reader@example.org", id="as-it-is"),
        pytest.param(" reader@example.org ", "reader@example.org", id="blanks"),
        pytest.param("Reader@EXAMPLE.org", "reader@example.org", id="capitals"),
    ],
)
async def test_sign_up(typed: str, stored: str) -> None:
    world = mock.AsyncMock()

    result = await sign_up(typed, "Reader One", accounts=world.accounts, mailer=world.mailer)

    expected = Account(stored, "Reader One")
    assert result == expected
    assert world.accounts.save.await_args_list == [mock.call(expected)]
    assert world.mailer.send.await_args_list == [
        mock.call(to=stored, subject="Welcome, Reader One", body=mock.ANY)
    ]
    assert [name for name, _, _ in world.mock_calls] == ["accounts.save", "mailer.send"]


async def test_failed_save() -> None:
    world = mock.AsyncMock(**{"accounts.save.side_effect": OSError("disk full")})

    with pytest.raises(OSError, match="disk full"):
        await sign_up("r@example.org", "R", accounts=world.accounts, mailer=world.mailer)

    world.mailer.send.assert_not_awaited()
