from collections.abc import AsyncIterator

import pytest

from chat_history import ConnectionLost, Message, Page, find


def message(number: int, text: str = "yes") -> Message:
    return Message(number, "someone", text)


def yes(m: Message) -> bool:
    return m.text == "yes"


class History:
    """All pages of one room. Breaks before the pages in `breaks`, once for each entry."""

    def __init__(self, *pages: Page, breaks: tuple[tuple[int, Exception], ...] = ()) -> None:
        self.all = pages
        self.breaks = list(breaks)
        self.log: list[str] = []

    async def pages(self, room: str, *, first: int) -> AsyncIterator[Page]:
        self.log.append(f"{room} from {first}")
        ended = False
        try:
            for number in range(first, len(self.all)):
                if self.breaks and self.breaks[0][0] == number:
                    ended = True
                    raise self.breaks.pop(0)[1]
                self.log.append(f"page {number}")
                yield self.all[number]
            ended = True
        finally:
            if not ended:
                self.log.append("closed")


A, B, C, D, E = (message(n) for n in range(5))
NO = message(9, "no")


@pytest.mark.asyncio
async def test_whole_history() -> None:
    history = History([B, A], [NO], [], [NO, D, C])
    assert await find("hall", yes, 10, archive=history) == [B, A, D, C]
    assert history.log == ["hall from 0", "page 0", "page 1", "page 2", "page 3"]


@pytest.mark.asyncio
async def test_stops_in_the_middle_of_a_page() -> None:
    history = History([A], [B, C, D], [E])
    assert await find("hall", yes, 2, archive=history) == [A, B]
    assert history.log == ["hall from 0", "page 0", "page 1", "closed"]


@pytest.mark.asyncio
async def test_stops_at_the_end_of_a_page() -> None:
    history = History([A, B], [C])
    assert await find("hall", yes, 2, archive=history) == [A, B]
    assert history.log == ["hall from 0", "page 0", "closed"]


@pytest.mark.asyncio
async def test_nothing_asked_nothing_opened() -> None:
    history = History([A])
    assert await find("hall", yes, 0, archive=history) == []
    assert history.log == []


@pytest.mark.asyncio
async def test_reads_on_after_a_loss() -> None:
    history = History([A], [NO], [], [B], [C, D], [E], breaks=((3, ConnectionLost()),))
    assert await find("hall", yes, 3, archive=history) == [A, B, C]
    assert history.log == [
        *("hall from 0", "page 0", "page 1", "page 2"),
        *("hall from 3", "page 3", "page 4", "closed"),
    ]


@pytest.mark.asyncio
async def test_loss_at_the_start() -> None:
    history = History([A], breaks=((0, ConnectionLost()),))
    assert await find("hall", yes, 3, archive=history) == [A]


@pytest.mark.asyncio
async def test_two_losses() -> None:
    losses = ConnectionLost("1"), ConnectionLost("2"), ConnectionLost("3")
    history = History([A], [B], [C], breaks=tuple(zip((1, 2, 2), losses)))
    with pytest.raises(ConnectionLost, match="2"):
        await find("hall", yes, 3, archive=history)
    assert history.log == ["hall from 0", "page 0", "hall from 1", "page 1"]


@pytest.mark.asyncio
async def test_other_error() -> None:
    history = History([A], [B], breaks=((1, BrokenPipeError("room")),))
    with pytest.raises(BrokenPipeError):
        await find("hall", yes, 3, archive=history)
    assert history.log == ["hall from 0", "page 0"]


@pytest.mark.asyncio
async def test_other_error_at_the_start() -> None:
    history = History([A], breaks=((0, KeyError("room")),))
    with pytest.raises(KeyError):
        await find("hall", yes, 3, archive=history)
    assert history.log == ["hall from 0"]


@pytest.mark.asyncio
async def test_other_error_after_a_loss() -> None:
    history = History([A], [B], breaks=((1, ConnectionLost()), (1, KeyError("room"))))
    with pytest.raises(KeyError):
        await find("hall", yes, 3, archive=history)
    assert history.log == ["hall from 0", "page 0", "hall from 1"]


@pytest.mark.asyncio
async def test_predicate_raises() -> None:
    history = History([A, B], [C])
    with pytest.raises(ZeroDivisionError):
        await find("hall", lambda m: 1 // m.number == 5, 3, archive=history)
    assert history.log == ["hall from 0", "page 0", "closed"]


@pytest.mark.asyncio
async def test_predicate_loses_a_connection_of_its_own() -> None:
    def look_up(m: Message) -> bool:
        if m is C:
            raise ConnectionLost("directory")
        return True

    history = History([A, B], [C], [D])
    with pytest.raises(ConnectionLost, match="directory"):
        await find("hall", look_up, 4, archive=history)
    assert history.log == ["hall from 0", "page 0", "page 1", "closed"]


@pytest.mark.asyncio
async def test_predicate_raises_after_a_loss() -> None:
    history = History([B], [A], [C], breaks=((1, ConnectionLost()),))
    with pytest.raises(ZeroDivisionError):
        await find("hall", lambda m: 1 // m.number == 1, 3, archive=history)
    assert history.log == ["hall from 0", "page 0", "hall from 1", "page 1", "closed"]
