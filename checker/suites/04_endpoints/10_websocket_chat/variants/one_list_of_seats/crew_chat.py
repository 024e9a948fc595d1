"""The chat of a regatta: one list of seats, and the raw messages of the sockets."""

import asyncio
from typing import NamedTuple

from fastapi import Depends, FastAPI, WebSocket, WebSocketException


class Seat(NamedTuple):
    """Who sits where."""

    boat: str
    name: str
    socket: WebSocket


class Fleet:
    """All seats that are taken, in the order in which they were."""

    def __init__(self) -> None:
        self.seats: list[Seat] = []

    async def tell_others(self, seat: Seat, text: str) -> None:
        others = [
            each.socket
            for each in self.seats
            if each.boat == seat.boat and each.socket is not seat.socket
        ]
        await asyncio.gather(*(socket.send({"type": "websocket.send", "text": text}) for socket in others))

    async def sail(self, seat: Seat) -> None:
        self.seats = [*self.seats, seat]
        await self.tell_others(seat, seat.name + " joined")
        while True:
            match await seat.socket.receive():
                case {"type": "websocket.receive", "text": str(text)}:
                    await self.tell_others(seat, seat.name + ": " + text)
                case {"type": "websocket.disconnect"}:
                    break
        self.seats = [each for each in self.seats if each.socket is not seat.socket]
        await self.tell_others(seat, seat.name + " left")


def create_app(tokens: dict[str, str]) -> FastAPI:
    """The app. `tokens` says whose each token is."""
    fleet = Fleet()

    async def person(token: str | None = None) -> str:
        try:
            return tokens[token or ""]
        except KeyError:
            raise WebSocketException(1008) from None

    async def chat(socket: WebSocket, boat: str, name: str = Depends(person)) -> None:
        await socket.accept()
        await fleet.sail(Seat(boat, name, socket))

    async def people(boat: str) -> dict[str, list[str]]:
        return {"people": sorted(name for of, name, _ in fleet.seats if of == boat)}

    app = FastAPI()
    app.add_api_route("/boats/{boat}", people)
    app.add_api_websocket_route("/boats/{boat}", chat)
    return app
