from typing import Any
from unittest.mock import AsyncMock, MagicMock, call

import pytest

from chat_history import ConnectionLost, Message, find

RED, BLUE, PINK, GREY = (Message(n, a, "hi") for n, a in enumerate(("r", "b", "p", "other")))


def stream(*script: Any) -> MagicMock:
    double = MagicMock()
    double.__aiter__ = lambda self: self
    double.__anext__ = AsyncMock(side_effect=script)
    double.aclose = AsyncMock()
    return double


def archive(*streams: MagicMock) -> MagicMock:
    double = MagicMock()
    double.pages.side_effect = streams
    return double


def colour(message: Message) -> bool:
    return message.author != "other"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestFind:
    async def test_to_the_end(self) -> None:
        pages = archive(stream([RED, GREY, BLUE], [GREY], [], [PINK]))
        assert await find("r1", colour, 4, archive=pages) == [RED, BLUE, PINK]
        pages.pages.assert_called_once_with("r1", first=0)

    @pytest.mark.parametrize("limit", [1, 2, 3])
    async def test_enough(self, limit: int) -> None:
        colours = [PINK, RED, BLUE]
        one = stream(colours[:1], [GREY, *colours[1:], RED], [GREY])
        assert await find("r1", colour, limit, archive=archive(one)) == colours[:limit]
        assert one.__anext__.await_count == min(limit, 2)
        one.aclose.assert_awaited_once_with()

    async def test_none(self) -> None:
        pages = archive()
        assert await find("r1", colour, 0, archive=pages) == []
        pages.pages.assert_not_called()

    @pytest.mark.parametrize("error", [LookupError(), ConnectionLost()])
    async def test_wanted_fails(self, error: Exception) -> None:
        one = stream([RED], [BLUE])
        pages = archive(one, stream([PINK]))
        with pytest.raises(type(error)) as info:
            await find("r1", MagicMock(side_effect=error), 2, archive=pages)
        assert info.value is error
        one.aclose.assert_awaited_once_with()
        pages.pages.assert_called_once()

    async def test_wanted_fails_in_the_second_stream(self) -> None:
        two = stream([RED, BLUE], [BLUE])
        wanted = MagicMock(side_effect=[True, True, error := OSError()])
        pages = archive(stream([PINK], ConnectionLost), two)
        with pytest.raises(OSError) as info:
            await find("r1", wanted, 5, archive=pages)
        assert info.value is error
        two.aclose.assert_awaited_once_with()

    @pytest.mark.parametrize("before", [[], [[RED]], [[RED], []], [[GREY], [RED]], [[], [GREY]]])
    async def test_lost_once(self, before: list[list[Message]]) -> None:
        two = stream([PINK, BLUE], [BLUE, RED, BLUE, PINK], [RED])
        pages = archive(stream(*before, ConnectionLost), two)
        found = await find("r2", colour, 4, archive=pages)
        kept = [RED] if [RED] in before else []
        assert found == [*kept, PINK, BLUE, BLUE, RED][:4]
        assert pages.pages.call_args_list == [call("r2", first=0), call("r2", first=len(before))]
        assert two.__anext__.await_count == 2
        two.aclose.assert_awaited_once_with()

    async def test_lost_twice(self) -> None:
        errors = [ConnectionLost(), ConnectionLost(), ConnectionLost()]
        pages = archive(*(stream([RED], error) for error in errors))
        with pytest.raises(ConnectionLost) as info:
            await find("r2", colour, 9, archive=pages)
        assert info.value is errors[1]
        assert pages.pages.call_count == 2

    @pytest.mark.parametrize("error", [OSError("disk"), ConnectionError("disk")])
    @pytest.mark.parametrize("before", [[], [[RED]]])
    async def test_broken(self, before: list[list[Message]], error: Exception) -> None:
        pages = archive(stream(*before, error), stream([BLUE]))
        with pytest.raises(OSError) as info:
            await find("r2", colour, 9, archive=pages)
        assert info.value is error
        assert pages.pages.call_count == 1

    async def test_lost_and_broken(self) -> None:
        pages = archive(stream([RED], ConnectionLost), stream([PINK], ZeroDivisionError))
        with pytest.raises(ZeroDivisionError):
            await find("r2", colour, 9, archive=pages)
