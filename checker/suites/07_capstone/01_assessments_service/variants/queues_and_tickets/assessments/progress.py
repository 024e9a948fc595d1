"""Progress by queues: each stream has one of its own, filled with what was and with what comes."""

import asyncio
import json
from dataclasses import dataclass, field

HEARTBEAT_S = 15.0


@dataclass
class Channel:
    history: list = field(default_factory=list)
    queues: list = field(default_factory=list)


class ProgressBoard:
    def __init__(self) -> None:
        self.channels = {}

    def channel(self, assessment_id):
        return self.channels.setdefault(assessment_id, Channel())

    def publish(self, assessment_id, name, data):
        channel = self.channel(assessment_id)
        number = len(channel.history) + 1
        lines = [f"id: {number}", f"event: {name}", "data: " + json.dumps(dict(reversed(data.items())), separators=(",", ":"))]
        text = "\n".join([*lines, "", ""])
        channel.history.append(text)
        for queue in channel.queues:
            queue.put_nowait(text)

    def watchers(self, assessment_id):
        return len(self.channel(assessment_id).queues)


class progress_stream:  # noqa: N801
    """An async generator made by hand, around one that does the work."""

    def __new__(cls, board, assessment_id, is_disconnected, heartbeat_s=HEARTBEAT_S):
        return _stream(board.channel(assessment_id), is_disconnected, heartbeat_s)


async def _stream(channel, is_disconnected, heartbeat_s):
    queue = asyncio.Queue()
    for text in channel.history:
        queue.put_nowait(text)
    channel.queues.append(queue)
    try:
        while True:
            text = ": nothing new\n\n"
            try:
                text = queue.get_nowait()
            except asyncio.QueueEmpty:
                done, waiting = await _first(queue, heartbeat_s)
                if done:
                    text = done
            if await is_disconnected():
                break
            yield text
    finally:
        channel.queues.remove(queue)


async def _first(queue, within_s):
    """The next text and True, or None and False when none comes in time."""
    try:
        async with asyncio.timeout(within_s):
            return await queue.get(), True
    except TimeoutError:
        return None, False
