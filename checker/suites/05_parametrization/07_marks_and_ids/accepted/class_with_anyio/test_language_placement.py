from unittest.mock import AsyncMock, call

import pytest

from language_placement import AREAS, OutOfRange, Rating, UnknownArea, rate


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


def case(text: str, *marks: pytest.MarkDecorator):
    area, points, percent = text.split()
    return pytest.param(area, int(points), int(percent), id=f"{area}-{points}", marks=marks)


strictly = pytest.mark.xfail(strict=True, raises=OutOfRange)


@pytest.mark.anyio
class TestPlacement:
    @pytest.mark.parametrize(
        ("area", "points", "percent"),
        [
            case("reading 0 0"),
            case("reading 3 7"),
            case("reading 40 100"),
            case("listening 0 0"),
            case("listening 20 66"),
            case("listening 30 100"),
            case("writing 1 0"),
            case("writing 7 54"),
            case("writing 12 100"),
            case("speaking 5 0"),
            case("speaking 24 95"),
            case("speaking 25 100", pytest.mark.known_bug, strictly),
        ],
    )
    async def test_rating(self, area: str, points: int, percent: int) -> None:
        results = AsyncMock()
        assert await rate(results, "Lee", area, points) == Rating(area, percent)
        assert results.mock_calls == [call.save("Lee", Rating(area, percent))]
        assert results.save.await_count == 1

    @pytest.mark.parametrize(
        "text",
        [
            "reading takes 0 to 40 points, not -1",
            "reading takes 0 to 40 points, not 41",
            "listening takes 0 to 30 points, not -1",
            "listening takes 0 to 30 points, not 31",
            "writing takes 1 to 12 points, not 0",
            "writing takes 1 to 12 points, not 13",
            "speaking takes 5 to 25 points, not 4",
            "speaking takes 5 to 25 points, not 26",
        ],
    )
    async def test_refusal(self, text: str) -> None:
        results = AsyncMock()
        area, points = text.split()[0], int(text.split()[-1])
        with pytest.raises(OutOfRange, match=f"^{text}$"):
            await rate(results, "Lee", area, points)
        assert not results.mock_calls

    @pytest.mark.parametrize("points", [-1, 0, 20, 50])
    async def test_unknown(self, points: int) -> None:
        results = AsyncMock()
        with pytest.raises(UnknownArea, match="^speaking up$"):
            await rate(results, "Lee", "speaking up", points)
        assert not results.mock_calls

    async def test_areas(self) -> None:
        assert AREAS == ("reading", "listening", "writing", "speaking")
