import pytest

from tiny_box import Box

SEEN: list[Box] = []


@pytest.mark.asyncio
async def test_fails_on_purpose(box: Box) -> None:
    SEEN.append(box)
    raise AssertionError("on purpose")


def test_it_is_closed() -> None:
    assert not SEEN[0].is_open
