from unittest.mock import AsyncMock, create_autospec

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import StaticPool

from assessments.app import create_app
from assessments.deps import Keys
from assessments.mail import MailGateway
from assessments.models import Assessment, Base, Seat
from assessments.progress import ProgressBoard
from talking import ANN, BOB, NOON, Talk


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def engine(anyio_backend):
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield engine
    await engine.dispose()


@pytest.fixture
def trouble():
    """{"error": …} makes all commits fail."""
    return {}


@pytest.fixture
async def sessions(engine, trouble):
    class ShakySession(AsyncSession):
        async def commit(self):
            if "error" in trouble:
                raise trouble["error"]
            await super().commit()

    made = async_sessionmaker(engine, class_=ShakySession)
    async with made() as session:
        session.add(
            Assessment(
                id=5, author=ANN, title="Jam", questions=["a", "b", "c"], price_cents=300, closes_at=NOON + 1000
            )
        )
        session.add(Seat(assessment_id=5, learner=BOB, paid_cents=300))
        await session.commit()
    return made


@pytest.fixture
def gateway():
    return create_autospec(MailGateway, instance=True)


@pytest.fixture
def now():
    return [NOON]


@pytest.fixture
def sleep():
    return AsyncMock()


@pytest.fixture
def board():
    return ProgressBoard()


@pytest.fixture
def app(sessions, gateway, now, sleep, board):
    keys = Keys(token=b"door", payment=b"cash")
    return create_app(
        sessions, gateway, keys, lambda: now[0], sleep=sleep, mail_timeout_s=0.01, board=board
    )


@pytest.fixture
async def talk(app):
    async with Talk(app) as talk:
        yield talk
