import pytest

from tiny_greeting import greeting


async def register(name: str) -> bool:
    return name == "Robin"


@pytest.mark.asyncio
async def test_a_member_is_greeted() -> None:
    assert greeting("Robin", register)
