from unittest.mock import AsyncMock, Mock

import pytest

from chat_history import Message, find

pytestmark = pytest.mark.asyncio

ONE, TWO = Message(1, "Kim", "tea 1"), Message(2, "Kim", "tea 2")


async def test_all_pages_are_read() -> None:
    archive = Mock(pages=AsyncMock(return_value=[[ONE], [TWO]]))

    found = await find("kitchen", lambda message: True, 5, archive=archive)

    assert found == [ONE, TWO]
    archive.pages.assert_called_once_with("kitchen", first=0)


async def test_enough() -> None:
    archive = Mock(pages=AsyncMock(return_value=[[ONE, TWO]]))

    assert await find("kitchen", lambda message: True, 1, archive=archive) == [ONE]
