import asyncio

import pytest

from tiny_greeting import greeting


async def only_robin(name: str) -> bool:
    return name == "Robin"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("Robin", "Welcome back, Robin.", id="member"),
        pytest.param("Kim", "Hello, Kim.", id="stranger"),
        pytest.param(" Robin ", "Welcome back, Robin.", id="spaces"),
    ],
)
def test_said(name: str, said: str) -> None:
    assert asyncio.run(greeting(name, only_robin)) == said


def test_nothing_said() -> None:
    with pytest.raises(ValueError):
        asyncio.run(greeting("   ", only_robin))
