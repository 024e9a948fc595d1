"""The path of requests through an app: every message between client, transport and app, in order."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from .loop import load


def record_request(file: Path) -> dict[str, Any]:
    """Run `main()` (or the only test) of a file with httpx's ASGITransport watched."""
    import httpx

    events: list[dict[str, str]] = []

    def note(sender: str, to: str, what: str) -> None:
        events.append({"from": sender, "to": to, "what": what})

    original = httpx.ASGITransport.handle_async_request

    async def handle(self: Any, request: httpx.Request) -> httpx.Response:
        note("test", "client", f"{request.method} {request.url.path}")
        note("client", "transport", "request")
        app = self.app

        async def watched(scope: Any, receive: Any, send: Any) -> None:
            note("transport", "app", f"{scope['type']} scope")

            async def receive_noted() -> Any:
                message = await receive()
                note("transport", "app", message["type"])
                return message

            async def send_noted(message: Any) -> None:
                told = message["type"]
                if told == "http.response.start":
                    told += f" {message['status']}"
                elif told == "http.response.body":
                    told += f", {len(message.get('body', b''))} bytes{', more' if message.get('more_body') else ''}"
                note("app", "transport", told)
                await send(message)

            try:
                await app(scope, receive_noted, send_noted)
            except BaseException as error:
                note("app", "transport", f"raises {type(error).__name__}")
                raise
            note("app", "transport", "returns")

        self.app = watched
        try:
            response = await original(self, request)
        except BaseException as error:
            note("transport", "test", f"raises {type(error).__name__}")
            raise
        finally:
            self.app = app
        note("transport", "client", "response")
        note("client", "test", f"{response.status_code}")
        return response

    httpx.ASGITransport.handle_async_request = handle  # type: ignore[method-assign]
    outcome = "passed"
    try:
        asyncio.run(load(file, file.read_text(encoding="utf-8"))())  # type: ignore[arg-type]
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}".splitlines()[0]
    return {"events": events, "outcome": outcome}
