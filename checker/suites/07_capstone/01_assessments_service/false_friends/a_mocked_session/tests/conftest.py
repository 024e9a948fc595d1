from unittest.mock import AsyncMock, MagicMock, create_autospec

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from assessments.dao import AssessmentDao
from assessments.mail import Mailer
from assessments.models import Assessment, Seat
from assessments.progress import ProgressBoard
from assessments.service import AssessmentService

NOW = 1_750_000_000


@pytest.fixture
def rows():
    """What the session's double finds, by table."""
    assessment = Assessment(
        id=1, author="ada@x.org", title="Tea", questions=["Why?"], price_cents=900, closes_at=NOW + 60
    )
    seat = Seat(assessment_id=1, learner="kim@x.org", paid_cents=900, submitted_at=None, points=None)
    return {"Assessment": assessment, "Seat": seat}


@pytest.fixture
def session(rows):
    session = create_autospec(AsyncSession, instance=True)
    session.get.side_effect = lambda table, _key: rows.get(table.__name__)
    session.execute.return_value = MagicMock()
    return session


@pytest.fixture
def dao(session):
    return AssessmentDao(session)


@pytest.fixture
def gateway():
    return AsyncMock()


@pytest.fixture
def service(dao, gateway):
    return AssessmentService(dao, Mailer(gateway), ProgressBoard(), lambda: NOW)
