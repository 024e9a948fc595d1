import pytest

from tiny_box import Box


@pytest.mark.asyncio
async def test_two_things_go_in(box: Box) -> None:
    await box.put("pen")
    assert await box.put("paper") == 2
