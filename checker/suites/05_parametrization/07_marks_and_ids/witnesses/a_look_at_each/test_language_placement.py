from unittest.mock import AsyncMock

import pytest

from language_placement import AREAS, OutOfRange, UnknownArea, rate


def test_four() -> None:
    assert len(AREAS) == 4


def test_reading_is_one() -> None:
    assert "reading" in AREAS


@pytest.mark.asyncio
async def test_called() -> None:
    results = AsyncMock()
    await rate(results, "Kim", "reading", 20)
    assert results.save.call_count


@pytest.mark.asyncio
async def test_awaited() -> None:
    results = AsyncMock()
    await rate(results, "Kim", "reading", 20)
    assert results.save.await_count


@pytest.mark.asyncio
@pytest.mark.parametrize(("area", "points"), [("reading", 41), ("dancing", 1)])
async def test_nothing_kept(area: str, points: int) -> None:
    results = AsyncMock()
    with pytest.raises((OutOfRange, UnknownArea)):
        await rate(results, "Kim", area, points)
    assert not results.save.called


@pytest.mark.asyncio
async def test_type() -> None:
    with pytest.raises(UnknownArea):
        await rate(AsyncMock(), "Kim", "dancing", 1)


@pytest.mark.asyncio
async def test_the_points_are_named() -> None:
    with pytest.raises(OutOfRange, match="41"):
        await rate(AsyncMock(), "Kim", "reading", 41)


@pytest.mark.asyncio
async def test_the_area_is_named() -> None:
    with pytest.raises(UnknownArea, match="dancing"):
        await rate(AsyncMock(), "Kim", "dancing", 1)


@pytest.mark.asyncio
async def test_the_area_comes_first() -> None:
    with pytest.raises(UnknownArea, match="^dancing"):
        await rate(AsyncMock(), "Kim", "dancing", 1)
