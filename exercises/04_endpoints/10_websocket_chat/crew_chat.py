"""The chat of a regatta: who is on the same boat hears each other."""

from fastapi import FastAPI, WebSocket

NOT_ALLOWED = 1008


async def tell_others(crew: dict[WebSocket, str], sender: WebSocket, text: str) -> None:
    """Send a line to all of the crew but one."""
    for socket in list(crew):
        if socket is not sender:
            await socket.send_text(text)


def create_app(tokens: dict[str, str]) -> FastAPI:
    """The app. `tokens` says whose each token is."""
    app = FastAPI()
    boats: dict[str, dict[WebSocket, str]] = {}

    @app.get("/boats/{boat}")
    async def people(boat: str) -> dict[str, list[str]]:
        return {"people": sorted(boats.get(boat, {}).values())}

    @app.websocket("/boats/{boat}")
    async def chat(socket: WebSocket, boat: str, token: str = "") -> None:
        name = tokens.get(token)
        if name is None:
            await socket.close(NOT_ALLOWED)
            return
        await socket.accept()
        crew = boats.setdefault(boat, {})
        crew[socket] = name
        try:
            await tell_others(crew, socket, f"{name} joined")
            async for text in socket.iter_text():
                await tell_others(crew, socket, f"{name}: {text}")
        finally:
            del crew[socket]
            await tell_others(crew, socket, f"{name} left")

    return app
