"""What one test reads, subscribes to or closes, another does not see."""

import asyncio

import pytest

from feed_reader import FeedReader

pytestmark = pytest.mark.asyncio

seen: list[FeedReader] = []


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_gets_a_reader_of_its_own(reader: FeedReader, number: int) -> None:
    assert not any(reader is other for other in seen), f"test {number} gets a used one"
    seen.append(reader)


@pytest.mark.parametrize("number", [1, 2])
async def test_finds_it_unread(reader: FeedReader, number: int) -> None:
    async with asyncio.timeout(2):
        await reader.subscribe("sports")
        assert len(await reader.read(6)) == 6
    await reader.close()
