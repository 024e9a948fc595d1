import pytest

from tiny_box import Box


@pytest.mark.asyncio
async def test_open_and_empty(box: Box) -> None:
    assert box.is_open
    assert box.items == []
