import pytest

from tiny_greeting import greeting


async def register(name: str) -> bool:
    return name == "Robin"


@pytest.mark.asyncio
async def test_a_member_is_welcomed_back() -> None:
    assert await greeting("Robin", register) == "Welcome back, Robin."


@pytest.mark.asyncio
async def test_a_stranger_is_greeted() -> None:
    assert await greeting("Kim", register) == "Hello, Kim."


@pytest.mark.asyncio
async def test_spaces_are_left_out() -> None:
    assert await greeting("  Kim ", register) == "Hello, Kim."


@pytest.mark.asyncio
async def test_a_name_of_spaces_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        await greeting("   ", register)
