"""What happens in an assessment, as a stream of server-sent events that its author follows."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable

HEARTBEAT = ": nothing new\n\n"
HEARTBEAT_S = 15.0


class ProgressBoard:
    """Everything that happened, by assessment, and a bell for each stream that follows it."""

    def __init__(self) -> None:
        self._frames: defaultdict[int, list[str]] = defaultdict(list)
        self._bells: defaultdict[int, set[asyncio.Event]] = defaultdict(set)

    def publish(self, assessment_id: int, name: str, data: dict[str, object]) -> None:
        """Tell everybody who follows the assessment what happened."""
        frames = self._frames[assessment_id]
        frames.append(f"id: {len(frames) + 1}\nevent: {name}\ndata: {json.dumps(data)}\n\n")
        for bell in self._bells[assessment_id]:
            bell.set()

    def watchers(self, assessment_id: int) -> int:
        """How many streams follow the assessment now."""
        return len(self._bells[assessment_id])

    def frame(self, assessment_id: int, index: int) -> str | None:
        """An event as text, or None when it has not happened yet."""
        frames = self._frames[assessment_id]
        return frames[index] if index < len(frames) else None

    def join(self, assessment_id: int) -> asyncio.Event:
        """A bell that is rung whenever something happens, until it is handed back to `leave`."""
        bell = asyncio.Event()
        self._bells[assessment_id].add(bell)
        return bell

    def leave(self, assessment_id: int, bell: asyncio.Event) -> None:
        """Nobody waits for this bell any more."""
        self._bells[assessment_id].remove(bell)


async def progress_stream(
    board: ProgressBoard,
    assessment_id: int,
    is_disconnected: Callable[[], Awaitable[bool]],
    heartbeat_s: float = HEARTBEAT_S,
) -> AsyncGenerator[str, None]:
    """The assessment's events as text, the oldest first, until nobody listens any more."""
    bell = board.join(assessment_id)
    told = 0
    try:
        while True:
            text = board.frame(assessment_id, told)
            if text is not None:
                told += 1
            elif await _rings(bell, heartbeat_s):
                continue
            if await is_disconnected():
                return
            yield HEARTBEAT if text is None else text
    finally:
        board.leave(assessment_id, bell)


async def _rings(bell: asyncio.Event, within_s: float) -> bool:
    """Whether the bell is rung within that time."""
    bell.clear()
    try:
        async with asyncio.timeout(within_s):
            await bell.wait()
    except TimeoutError:
        return False
    return True
