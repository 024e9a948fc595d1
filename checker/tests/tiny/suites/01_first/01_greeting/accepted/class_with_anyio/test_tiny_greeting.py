import pytest

from tiny_greeting import greeting


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Register:
    def __init__(self, *members: str) -> None:
        self.members = members

    async def __call__(self, name: str) -> bool:
        return name in self.members


@pytest.mark.anyio
class TestGreeting:
    async def test_member(self) -> None:
        assert await greeting("Robin", Register("Robin")) == "Welcome back, Robin."

    async def test_stranger(self) -> None:
        assert await greeting("\tKim", Register("Robin")) == "Hello, Kim."

    @pytest.mark.parametrize("name", ["", "  "])
    async def test_no_name(self, name: str) -> None:
        with pytest.raises(ValueError):
            await greeting(name, Register())
