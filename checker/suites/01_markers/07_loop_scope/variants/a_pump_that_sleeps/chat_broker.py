"""A chat broker: members of a room hear what the others in it say, a little later."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said."""

    sender: str
    text: str


class NoSuchRoom(LookupError):
    """The room is not open."""


class WrongLoop(RuntimeError):
    """A broker works on the event loop that started it, and on no other."""


started: list["ChatBroker"] = []
"""Every broker that was started in this process. A start takes seconds in real life."""


class ChatBroker:
    """Holds rooms, what was said, and a condition. It belongs to the event loop that started it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._names: list[str] = []
        self._inboxes: dict[tuple[str, str], list[Message]] = {}
        self._pending: list[tuple[str, Message]] = []
        self._changed = asyncio.Condition()
        self._pump = asyncio.ensure_future(self._pump_forever())

    @classmethod
    async def start(cls) -> "ChatBroker":
        """Connect to the cluster, and begin to deliver."""
        started.append(cls())
        await asyncio.sleep(0)
        return started[-1]

    async def open(self, room: str) -> None:
        """Open an empty room."""
        self._check()
        await self._forget(room)
        self._names.append(room)

    async def close(self, room: str) -> None:
        """Close the room, and send its members home."""
        self._check()
        await self._forget(room)

    async def join(self, room: str, member: str) -> list[Message]:
        """Let `member` in, and give the list of what it hears from now on. Raises `NoSuchRoom`."""
        self._check(room)
        async with self._changed:
            self._inboxes[room, member] = inbox = []
        return inbox

    async def say(self, room: str, sender: str, text: str) -> None:
        """Say something in a room, to be delivered later. Raises `NoSuchRoom`."""
        self._check(room)
        async with self._changed:
            self._pending.append((room, Message(text=text, sender=sender)))
            self._changed.notify_all()

    async def flush(self) -> None:
        """Wait until everything that was said has been delivered."""
        self._check()
        async with self._changed:
            await self._changed.wait_for(lambda: not self._pending)

    async def stop(self) -> None:
        """Stop delivering, and disconnect."""
        self._check()
        self._pump.cancel()
        try:
            await self._pump
        except asyncio.CancelledError:
            pass

    async def _pump_forever(self) -> None:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._pending)
                for where, message in self._pending:
                    for (room, member), inbox in self._inboxes.items():
                        if room == where and member != message.sender:
                            inbox.append(message)
                self._pending.clear()
                self._changed.notify_all()

    async def _forget(self, room: str) -> None:
        async with self._changed:
            self._names = [name for name in self._names if name != room]
            for key in [key for key in self._inboxes if key[0] == room]:
                del self._inboxes[key]

    def _check(self, room: str | None = None) -> None:
        if asyncio.get_running_loop() is not self._loop:
            raise WrongLoop
        if room is not None and room not in self._names:
            raise NoSuchRoom(room)
