from collections.abc import AsyncIterator

import pytest

from chat_history import Message, Page, find

TEA = Message(1, "Kim", "Tea?")


class OnePageArchive:
    async def pages(self, room: str, *, first: int) -> AsyncIterator[Page]:
        yield [TEA]


@pytest.mark.asyncio
async def test_a_message_is_found() -> None:
    found = await find("kitchen", lambda message: True, 5, archive=OnePageArchive())

    assert found == [TEA]
