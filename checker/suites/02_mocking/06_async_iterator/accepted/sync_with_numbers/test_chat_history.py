import asyncio

import pytest

from chat_history import ConnectionLost, Message, find

LOSS = ConnectionLost("first"), ConnectionLost("second"), ConnectionLost("third")


class Stream:
    def __init__(self, script):
        self.script, self.read, self.state = iter(script), 0, "open"

    def __aiter__(self):
        return self

    async def __anext__(self):
        item = next(self.script, None)
        if isinstance(item, Exception):
            self.state = "broken"
            raise item
        self.read += 1
        if item is None:
            self.state = "ended"
            raise StopAsyncIteration
        return [Message(number, "", "") for number in item]

    async def aclose(self):
        await asyncio.sleep(0)
        if self.state == "open":
            self.state = "closed"


def run(limit, *scripts, wanted=lambda message: message.number > 0):
    """Numbers found (or the error), where the streams began, how far they got, how they ended."""
    streams, began = [], []

    class Archive:
        def pages(self, room, first):
            assert room == "attic"
            began.append(first)
            streams.append(Stream(scripts[len(streams)]))
            return streams[-1]

    async def main():
        messages = await find("attic", wanted, limit, archive=Archive())
        return messages, [stream.state for stream in streams]

    try:
        messages, states = asyncio.run(main())
    except Exception as error:
        return error, began, [stream.read for stream in streams], [s.state for s in streams]
    return [m.number for m in messages], began, [stream.read for stream in streams], states


@pytest.mark.parametrize(
    "limit, scripts, expected",
    [
        (0, [], ([], [], [], [])),
        (9, [[[3, -1, 1], [-1], [], [2]]], ([3, 1, 2], [0], [5], ["ended"])),
        (2, [[[3, 1, 2], [4]]], ([3, 1], [0], [1], ["closed"])),
        (3, [[[3, 1, 2], [4]]], ([3, 1, 2], [0], [1], ["closed"])),
        (4, [[[3, 1, 2], [4, 5]]], ([3, 1, 2, 4], [0], [2], ["closed"])),
        (1, [[LOSS[0]], [[1, 2]]], ([1], [0, 0], [0, 1], ["broken", "closed"])),
        (
            4,
            [[[1], [], [-1], [2], LOSS[0]], [[3], [4, 5], [6]]],
            ([1, 2, 3, 4], [0, 4], [4, 2], ["broken", "closed"]),
        ),
    ],
)
def test_find(limit, scripts, expected):
    assert run(limit, *scripts) == expected


def test_two_losses():
    error, began, _, _ = run(9, [[1], LOSS[0]], [[2], LOSS[1]], [[3], LOSS[2]])
    assert error is LOSS[1]
    assert began == [0, 1]


@pytest.mark.parametrize("bad", [ValueError(), ConnectionResetError()])
def test_other_error(bad):
    for pages in [], [[1]], [[], [-1]]:
        error, began, _, _ = run(9, [*pages, bad], [[2]])
        assert error is bad
        assert began == [0]

        error, began, _, _ = run(9, [[1], LOSS[0]], [*pages, bad], [[2]])
        assert error is bad
        assert began == [0, 1]


@pytest.mark.parametrize("bad", [ArithmeticError(), LOSS[2]])
@pytest.mark.parametrize("before", [[], [[[1], LOSS[0]]]])
def test_question_fails(before, bad):
    def fail_on_5(message):
        if message.number == 5:
            raise bad
        return True

    error, _, _, states = run(9, *before, [[4, 5], [2]], [[3]], wanted=fail_on_5)
    assert error is bad
    assert states == ["broken"] * len(before) + ["closed"]
