"""The client of a test is closed after it."""

import pytest
from httpx import AsyncClient

seen: list[AsyncClient] = []


@pytest.mark.asyncio
async def test_uses_a_client(client: AsyncClient) -> None:
    seen.append(client)
    assert (await client.get("/me")).status_code == 401


@pytest.mark.asyncio
async def test_fails_with_a_client(client: AsyncClient) -> None:
    seen.append(client)
    pytest.fail("this test is meant to fail")


def test_both_are_closed() -> None:
    assert [client.is_closed for client in seen] == [True, True]
