"""What stands in for the world outside the service, and small words for what users do."""

import asyncio
import hashlib
import hmac
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from httpx import AsyncClient, Response

from assessments.deps import Keys
from assessments.models import Assessment, Seat

NOW = 1_800_000_000
KEYS = Keys(token=b"tea", payment=b"till")
ADA = "ada@x.org"
KIM = "kim@x.org"
LEE = "lee@x.org"
MILK: dict[str, object] = {
    "title": "Milk",
    "questions": ["Why?", "How?", "When?"],
    "price_cents": 900,
    "days": 1,
}

Mail: TypeAlias = tuple[str, str, str]
Step: TypeAlias = Exception | Callable[[], Awaitable[object]] | None


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


class Gateway:
    """Takes every mail, unless the next step for its recipient says otherwise."""

    def __init__(self) -> None:
        self.asked: list[Mail] = []
        self.sent: list[Mail] = []
        self.steps: defaultdict[str, deque[Step]] = defaultdict(deque)

    async def send(self, to: str, subject: str, text: str) -> None:
        self.asked.append((to, subject, text))
        step = self.steps[to].popleft() if self.steps[to] else None
        if isinstance(step, Exception):
            raise step
        if step is not None:
            await step()
        self.sent.append((to, subject, text))


class Naps:
    """A sleep that takes no time, and remembers how long it should have been."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


async def hang() -> None:
    """Wait for what never comes."""
    await asyncio.Event().wait()


async def connected() -> bool:
    return False


def hmac_of(key: bytes, message: bytes) -> str:
    """A signature as the specification has it, not as the code under test has it."""
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def token_of(user: str, key: bytes = KEYS.token, expires_at: int = NOW + 10 * 86_400) -> str:
    claim = f"{user}:{expires_at}"
    return f"{claim}:{hmac_of(key, claim.encode())}"


def milk_of(author: str = ADA, **changed: Any) -> Assessment:
    """A second assessment, number 2."""
    row = {name: value for name, value in MILK.items() if name != "days"}
    return Assessment(**row | {"id": 2, "author": author, "closes_at": NOW + 86_400} | changed)


def seat_of(learner: str, number: int = 1, paid_cents: int = 900, **changed: Any) -> Seat:
    return Seat(assessment_id=number, learner=learner, paid_cents=paid_cents, **changed)


class User:
    """Somebody who asks the app, with a token."""

    def __init__(self, client: AsyncClient, name: str) -> None:
        self._client = client
        self.name = name
        self.headers = {"Authorization": f"Bearer {token_of(name)}"}

    async def ask(self, method: str, path: str, body: object = None) -> Response:
        return await self._client.request(
            method, f"/assessments{path}", json=body, headers=self.headers
        )

    async def create(self, **changed: object) -> int:
        response = await self.ask("POST", "", MILK | changed)
        assert response.status_code == 201, response.text
        number: int = response.json()["id"]
        return number

    async def answer(self, number: int, *values: int) -> None:
        for question, value in enumerate(values, start=1):
            path = f"/{number}/answers/{question}"
            response = await self.ask("PUT", path, {"value": value})
            assert response.status_code == 200, response.text

    async def submit(self, number: int) -> Response:
        return await self.ask("POST", f"/{number}/submission")

    async def rate(self, number: int, learner: str, points: int = 80) -> Response:
        return await self.ask("PUT", f"/{number}/ratings/{learner}", {"points": points})

    async def seat(self, number: int) -> dict[str, object]:
        response = await self.ask("GET", f"/{number}/seat")
        assert response.status_code == 200, response.text
        seen: dict[str, object] = response.json()
        return seen


def seen(response: Response) -> tuple[int, object]:
    """What a client sees: the status and the body."""
    return response.status_code, response.json()


def refused(status: int, code: str) -> tuple[int, object]:
    return status, {"code": code}
