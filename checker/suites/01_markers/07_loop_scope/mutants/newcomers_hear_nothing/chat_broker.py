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
    """Holds rooms, a queue of what was said, and a lock. It belongs to the loop that started it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._rooms: dict[str, dict[str, list[Message]]] = {}
        self._lock = asyncio.Lock()
        self._begun: set[str] = set()
        self._said: asyncio.Queue[tuple[str, Message]] = asyncio.Queue()
        self._delivery = asyncio.create_task(self._deliver())

    @classmethod
    async def start(cls) -> "ChatBroker":
        """Connect to the cluster, and begin to deliver."""
        started.append(cls())
        return started[-1]

    async def open(self, room: str) -> None:
        """Open an empty room."""
        async with self._locked():
            self._rooms[room] = {}

    async def close(self, room: str) -> None:
        """Close the room, and send its members home."""
        async with self._locked():
            del self._rooms[room]
            self._begun.discard(room)

    async def join(self, room: str, member: str) -> list[Message]:
        """Let `member` in, and give the list of what it hears from now on. Raises `NoSuchRoom`."""
        async with self._locked():
            if room in self._begun:
                return []
            self._find(room)[member] = inbox = []
            return inbox

    async def say(self, room: str, sender: str, text: str) -> None:
        """Say something in a room, to be delivered later. Raises `NoSuchRoom`."""
        async with self._locked():
            self._find(room)
            await self._said.put((room, Message(sender, text)))

    async def flush(self) -> None:
        """Wait until everything that was said has been delivered."""
        self._check()
        await self._said.join()

    async def stop(self) -> None:
        """Stop delivering, and disconnect."""
        self._check()
        self._delivery.cancel()
        await asyncio.wait([self._delivery])

    async def _deliver(self) -> None:
        while True:
            room, message = await self._said.get()
            async with self._lock:
                listeners = self._rooms[room] if room in self._rooms else {}
                for member, inbox in listeners.items():
                    if member != message.sender:
                        inbox.append(message)
                self._begun.add(room)
            self._said.task_done()

    def _find(self, room: str) -> dict[str, list[Message]]:
        if room not in self._rooms:
            raise NoSuchRoom
        return self._rooms[room]

    def _locked(self) -> asyncio.Lock:
        self._check()
        return self._lock

    def _check(self) -> None:
        if asyncio.get_running_loop() is not self._loop:
            raise WrongLoop
