import pytest

from tiny_box import Box

SEEN: list[Box] = []


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_another_box(box: Box, number: int) -> None:
    assert all(box is not other for other in SEEN)
    SEEN.append(box)
