from unittest.mock import Mock

import pytest

from rate_limiter import RateLimiter


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestRateLimiter:
    @pytest.fixture(autouse=True)
    def make_limiter(self) -> None:
        self.clock = Mock(return_value=500)
        self.limiter = RateLimiter(limit=3, window_s=1, clock=self.clock)

    def wait(self, ms: int) -> None:
        self.clock.return_value += ms

    async def ask(self, times: int = 1, user: str = "u") -> int:
        """How many of `times` requests are granted."""
        return sum([await self.limiter.allow(user) for _ in range(times)])

    async def test_three(self) -> None:
        assert await self.ask(3) == 3

    async def test_not_four(self) -> None:
        assert await self.ask(4) == 3

    async def test_still_full_after_999_ms(self) -> None:
        await self.ask(3)
        self.wait(999)
        assert await self.ask(3) == 0

    async def test_empty_after_1000_ms_in_spite_of_refusals(self) -> None:
        await self.ask(3)
        self.wait(600)
        await self.ask(3)
        self.wait(400)
        assert await self.ask(4) == 3

    async def test_partly_empty(self) -> None:
        await self.ask(1)
        self.wait(400)
        await self.ask(2)
        self.wait(600)
        assert await self.ask(3) == 1
        self.wait(400)
        assert await self.ask(3) == 2

    async def test_users(self) -> None:
        await self.ask(3, "u")
        assert await self.ask(4, "v") == 3

    async def test_another_limit(self) -> None:
        self.limiter = RateLimiter(limit=5, window_s=1, clock=self.clock)
        assert await self.ask(7) == 5
