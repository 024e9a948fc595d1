from unittest.mock import AsyncMock

import pytest

import tiny_greeting

pytestmark = pytest.mark.asyncio


async def test_members_are_welcomed_back():
    register = AsyncMock(return_value=True)
    assert await tiny_greeting.greeting(" Robin ", register) == "Welcome back, Robin."
    register.assert_awaited_once_with("Robin")


async def test_strangers_are_not():
    assert await tiny_greeting.greeting("Kim", AsyncMock(return_value=False)) == "Hello, Kim."


async def test_no_name():
    with pytest.raises(ValueError):
        await tiny_greeting.greeting(" ", AsyncMock(return_value=False))
