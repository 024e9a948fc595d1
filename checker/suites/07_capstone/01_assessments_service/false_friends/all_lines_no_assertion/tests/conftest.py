import hashlib
import hmac
import json

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from assessments.app import create_app
from assessments.auth import issue_token
from assessments.deps import Keys
from assessments.models import Base

NOW = 1_750_000_000


class Gateway:
    async def send(self, to, subject, text):
        pass


@pytest_asyncio.fixture
async def sessions():
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


@pytest_asyncio.fixture
async def client(sessions):
    app = create_app(sessions, Gateway(), Keys(b"t", b"p"), lambda: NOW)
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://all") as client:
        yield client


@pytest.fixture
def ask(client):
    async def ask(user, method, path, body=None):
        headers = {"Authorization": f"Bearer {issue_token(b't', user, NOW + 60)}"}
        return await client.request(method, f"/assessments{path}", json=body, headers=headers)

    return ask


@pytest.fixture
def pay(client):
    async def pay(event, **changed):
        data = {"id": event, "type": "payment.succeeded", "assessment": 1, "learner": "kim@x.org", "cents": 900}
        body = json.dumps(data | changed).encode()
        signature = hmac.new(b"p", b"%d." % NOW + body, hashlib.sha256).hexdigest()
        headers = {"Payment-Signature": f"t={NOW},v1={signature}"}
        return await client.post("/payments/events", content=body, headers=headers)

    return pay
