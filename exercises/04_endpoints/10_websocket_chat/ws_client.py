"""A websocket client that talks to an app in this process, on the test's own loop.

    async with WebSocketClient(app, "/boats/gull?token=t1") as ann:
        await ann.send("ahoy")
        line = await ann.receive()

No server, no threads, no waiting: what an app does not send while the loop turns, it does not send.
"""

import asyncio
from collections import deque
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

TURNS = 200


class Refused(Exception):
    """The app closed the connection instead of accepting it; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class Closed(Exception):
    """The app closed the connection that it had accepted; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class NothingSent(Exception):
    """The app has nothing to say."""


class WebSocketClient:
    """One connection. Leaving the block disconnects, and waits until the app has seen it."""

    def __init__(self, app: Any, url: str) -> None:
        parts = urlsplit(url)
        self._app = app
        self._scope: dict[str, Any] = {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "scheme": "ws",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(b"host", b"test")],
            "subprotocols": [],
            "client": ("test", 1),
            "server": ("test", 80),
        }
        self._to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._from_app: deque[dict[str, Any]] = deque()
        self._gone = False

    async def __aenter__(self) -> Self:
        self._to_app.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._app(self._scope, self._to_app.get, self._take))
        message = await self._next()
        if message["type"] == "websocket.accept":
            return self
        await self._task
        raise Refused(message.get("code", 1000))

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._gone = True
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self._task

    async def send(self, text: str) -> None:
        """Send a text. Nothing waits for the app here."""
        self._to_app.put_nowait({"type": "websocket.receive", "text": text})

    async def receive(self) -> str:
        """The next text from the app. Raises `NothingSent` if there is none, and `Closed`."""
        message = await self._next()
        if message["type"] == "websocket.send":
            return str(message["text"])
        raise Closed(message.get("code", 1000))

    async def _take(self, message: dict[str, Any]) -> None:
        if self._gone:
            raise OSError("the client is gone")  # as a server does
        self._from_app.append(message)

    async def _next(self) -> dict[str, Any]:
        for _ in range(TURNS):
            if self._from_app:
                return self._from_app.popleft()
            if self._task.done():
                self._task.result()  # an error of the app is the test's to see
            await asyncio.sleep(0)
        raise NothingSent
