"""The chat of a regatta: each connection has an outbox, and a task that empties it."""

import asyncio
from contextlib import asynccontextmanager, suppress
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi import APIRouter, FastAPI, WebSocket, WebSocketDisconnect, status


@dataclass(eq=False)
class Sailor:
    """Somebody who is on a boat."""

    name: str
    outbox: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def deliver(self, socket: WebSocket) -> None:
        while True:
            await socket.send_text(await self.outbox.get())


class Boats:
    """Who is on which boat."""

    def __init__(self) -> None:
        self.crews: dict[str, set[Sailor]] = {}

    def tell(self, boat: str, text: str) -> None:
        for sailor in self.crews.get(boat, ()):
            sailor.outbox.put_nowait(text)

    @asynccontextmanager
    async def aboard(self, boat: str, socket: WebSocket, name: str) -> AsyncIterator[Sailor]:
        sailor = Sailor(name)
        self.tell(boat, f"{name} joined")
        self.crews.setdefault(boat, set()).add(sailor)
        delivery = asyncio.create_task(sailor.deliver(socket))
        try:
            yield sailor
        finally:
            delivery.cancel()
            with suppress(asyncio.CancelledError, WebSocketDisconnect):
                await delivery
            self.crews[boat].discard(sailor)
            if not self.crews[boat]:
                del self.crews[boat]
            self.tell(boat, f"{name} left")


def create_app(tokens: dict[str, str]) -> FastAPI:
    """The app. `tokens` says whose each token is."""
    boats = Boats()
    router = APIRouter(prefix="/boats")

    @router.get("/{boat}")
    async def people(boat: str) -> dict[str, list[str]]:
        names = [sailor.name for sailor in boats.crews.get(boat, ())]
        names.sort()
        return {"people": names}

    @router.websocket("/{boat}")
    async def chat(socket: WebSocket, boat: str) -> None:
        token = socket.query_params.get("token")
        if token is None or token not in tokens:
            return await socket.close(code=status.WS_1008_POLICY_VIOLATION)
        await socket.accept()
        async with boats.aboard(boat, socket, tokens[token]) as sailor:
            with suppress(WebSocketDisconnect):
                while True:
                    text = await socket.receive_text()
                    for other in boats.crews[boat] - {sailor}:
                        other.outbox.put_nowait(": ".join([sailor.name, text]))

    app = FastAPI()
    app.include_router(router)
    return app
