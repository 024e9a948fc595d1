from unittest.mock import AsyncMock

import pytest

from member_sign_up import Reason, Rejected, validate


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestValidate:
    @pytest.fixture
    def register(self) -> AsyncMock:
        return AsyncMock(**{"addresses.return_value": ["JO@EXAMPLE.ORG", "flo@example.org", "flo+a@example.org", "max+b@example.org"]})

    async def why(self, typed: str, register: AsyncMock) -> Reason:
        with pytest.raises(Rejected) as info:
            await validate(typed, register)
        return info.value.reason

    async def test_new(self, register: AsyncMock) -> None:
        assert await validate("New@Example.org", register) == "New@Example.org"
        assert await validate(" new@example.org  ", register) == "new@example.org"
        assert await validate("flo+b@example.org", register) == "flo+b@example.org"
        assert await validate("max@example.org", register) == "max@example.org"

    async def test_same_name_elsewhere(self, register: AsyncMock) -> None:
        assert await validate("jo@example.net", register) == "jo@example.net"

    async def test_blank(self, register: AsyncMock) -> None:
        assert await self.why("", register) is Reason.BLANK
        assert await self.why("  ", register) is Reason.BLANK

    async def test_malformed(self, register: AsyncMock) -> None:
        assert {await self.why(typed, register) for typed in ("a", "a@", "@a", "a@b@c")} == {Reason.MALFORMED}

    async def test_taken(self, register: AsyncMock) -> None:
        for typed in ("jo@example.org", "Flo@example.org", "flo+a@example.org", " flo@example.org"):
            assert await self.why(typed, register) is Reason.TAKEN
