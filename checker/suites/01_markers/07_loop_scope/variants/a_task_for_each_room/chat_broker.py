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


class _Room:
    """Members, and a task that delivers to them."""

    def __init__(self) -> None:
        self.inboxes: dict[str, list[Message]] = {}
        self.said: asyncio.Queue[Message] = asyncio.Queue()
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while True:
            message = await self.said.get()
            listeners = self.inboxes.keys() - {message.sender}
            for listener in listeners:
                self.inboxes[listener] += [message]
            self.said.task_done()

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


class ChatBroker:
    """Holds rooms. It belongs to the event loop that started it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._open: dict[str, _Room] = {}

    @classmethod
    async def start(cls) -> "ChatBroker":
        """Connect to the cluster, and begin to deliver."""
        broker = cls()
        started.append(broker)
        await asyncio.sleep(0)
        return broker

    async def open(self, room: str) -> None:
        """Open an empty room."""
        self._check()
        self._open[room] = _Room()

    async def close(self, room: str) -> None:
        """Close the room, and send its members home."""
        self._check()
        await self._open.pop(room).stop()

    async def join(self, room: str, member: str) -> list[Message]:
        """Let `member` in, and give the list of what it hears from now on. Raises `NoSuchRoom`."""
        inbox: list[Message] = []
        self._room(room).inboxes[member] = inbox
        return inbox

    async def say(self, room: str, sender: str, text: str) -> None:
        """Say something in a room, to be delivered later. Raises `NoSuchRoom`."""
        await self._room(room).said.put(Message(sender, text))

    async def flush(self) -> None:
        """Wait until everything that was said has been delivered."""
        self._check()
        await asyncio.gather(*(room.said.join() for room in self._open.values()))

    async def stop(self) -> None:
        """Stop delivering, and disconnect."""
        self._check()
        for room in self._open.values():
            await room.stop()

    def _room(self, name: str) -> _Room:
        self._check()
        try:
            return self._open[name]
        except KeyError:
            raise NoSuchRoom(f"{name} is not open") from None

    def _check(self) -> None:
        if asyncio.get_running_loop() is not self._loop:
            raise WrongLoop
