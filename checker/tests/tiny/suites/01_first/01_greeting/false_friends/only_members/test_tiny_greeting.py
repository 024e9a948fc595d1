import pytest

from tiny_greeting import greeting


async def register(name: str) -> bool:
    return name == "Robin"


@pytest.mark.asyncio
async def test_a_member_is_welcomed_back() -> None:
    assert await greeting("Robin", register) == "Welcome back, Robin."
