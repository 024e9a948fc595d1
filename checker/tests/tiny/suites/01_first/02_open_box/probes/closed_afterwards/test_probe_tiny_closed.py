import pytest

from tiny_box import Box

SEEN: list[Box] = []


@pytest.mark.asyncio
async def test_uses_the_box(box: Box) -> None:
    SEEN.append(box)


def test_it_is_closed() -> None:
    assert not SEEN[0].is_open
