"""A whole service with its doors, for one story. `tell` runs a story to its end."""

import asyncio
import functools
import hashlib
import hmac
import inspect
import json
import tempfile

import httpx
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from assessments.app import create_app
from assessments.deps import Keys
from assessments.models import Answer, Assessment, Base, Seat
from assessments.progress import ProgressBoard, progress_stream

T0 = 1_600_000_007
OWNER, UMA, VIC = "owner@x.org", "uma@x.org", "vic@x.org"
FORM = {"title": "Bread", "questions": ["q", "r"], "price_cents": 50, "days": 3}


def mac(key, text):
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def bearer(user, until=T0 + 100_000, key=b"T"):
    return f"Bearer {user}:{until}:" + mac(key, f"{user}:{until}")


class Post:
    """A gateway that does what its plan says; a plan is a list for each recipient."""

    def __init__(self):
        self.log, self.plans = [], {}

    async def send(self, to, subject, text):
        self.log.append((to, subject, text))
        plan = self.plans.get(to, [])
        act = plan.pop(0) if plan else None
        if act == "hang":
            await asyncio.Event().wait()
        elif isinstance(act, asyncio.Event):
            await act.wait()
        elif callable(act) and not isinstance(act, type):
            await act()
        elif act:
            raise act
        self.log.append((to, subject, text, "done"))

    @property
    def done(self):
        return [entry[:3] for entry in self.log if len(entry) == 4]

    @property
    def tried(self):
        return [entry for entry in self.log if len(entry) == 3]


class House:
    def __init__(self, engine):
        self.now, self.broken, self.post, self.board, self.naps = T0, False, Post(), ProgressBoard(), []
        house = self

        class Session(AsyncSession):
            async def commit(self):
                if house.broken:
                    raise OperationalError("COMMIT", None, Exception("sesame"))
                await super().commit()

        self.engine = engine
        self.sessions = async_sessionmaker(engine, class_=Session)
        self.app = self.build()

    def build(self):
        return create_app(
            self.sessions,
            self.post,
            Keys(b"T", b"P"),
            lambda: self.now,
            sleep=self.nap,
            mail_timeout_s=0.02,
            board=self.board,
        )

    async def nap(self, seconds):
        self.naps.append(seconds)

    async def put(self, *rows):
        async with self.sessions() as session:
            session.add_all(rows)
            await session.commit()

    async def ask(self, line, body=None, headers=(), app=None, **raw):
        """`USER METHOD PATH`, or `- METHOD PATH` for nobody."""
        user, method, path = line.split(" ")
        headers = dict(headers) or ({} if user == "-" else {"Authorization": bearer(user)})
        transport = httpx.ASGITransport(app or self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://h") as client:
            async with asyncio.timeout(2):
                response = await client.request(method, path, json=body, headers=headers, **raw)
        self.headers = response.headers
        return response.status_code, response.json()

    async def event(self, id, cents, learner=UMA, number=1, kind="payment.succeeded", at=None, sign=None, app=None):
        data = {"id": id, "type": kind, "assessment": number, "learner": learner, "cents": cents}
        body = json.dumps(data, indent=1)
        at = self.now if at is None else at
        header = f"t={at},v1=" + mac(b"P", f"{at}.{body}") if sign is None else sign(at, body)
        headers = {} if header is None else {"Payment-Signature": header}
        transport = httpx.ASGITransport(app or self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://h") as client:
            response = await client.post("/payments/events", content=body, headers=headers)
        return response.status_code, response.json()

    async def shown(self, number=1):
        """All events so far: (id, name, data)."""
        stream = progress_stream(self.board, number, still_here, 0.001)
        events = []
        async with asyncio.timeout(2):
            async for text in stream:
                if text.startswith(":"):
                    break
                a, b, c = text.removesuffix("\n\n").split("\n")
                assert text.endswith("\n\n")
                events.append((int(a[4:]), b[7:], json.loads(c[6:])))
        await stream.aclose()
        return events


async def still_here():
    return False


def no(status, code):
    return status, {"code": code}


def tell(story):
    """A test that runs a story in a house of its own, with Uma's seat in Owner's assessment 1."""

    @functools.wraps(story)
    def test():
        async def run():
            with tempfile.TemporaryDirectory() as folder:
                engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/db")
                try:
                    async with engine.begin() as connection:
                        await connection.exec_driver_sql("PRAGMA synchronous = OFF")
                        await connection.run_sync(Base.metadata.create_all)
                    house = House(engine)
                    await house.put(assessment(), seat(UMA))
                    await story(house)
                finally:
                    await engine.dispose()

        asyncio.run(run())

    test.__signature__ = inspect.Signature()  # pytest shall not take `house` for a fixture
    return test


def assessment(number=1, title="Rolls", price=50, owner=OWNER):
    return Assessment(
        id=number, author=owner, title=title, questions=["q", "r", "s"], price_cents=price, closes_at=T0 + 60
    )


def seat(learner, number=1, paid=50, **more):
    return Seat(assessment_id=number, learner=learner, paid_cents=paid, **more)


def answers(learner, *values, number=1):
    return [
        Answer(assessment_id=number, learner=learner, question=n, value=value)
        for n, value in enumerate(values, 1)
    ]
