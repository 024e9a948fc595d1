import asyncio

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from placement_api import Assessment, create_app
from placement_tokens import issue_token

MIDNIGHT = 86_400


class School:
    """The app with two learners, and a client for each question."""

    def __init__(self, sessions):
        self.sessions = sessions
        self.client = TestClient(create_app(sessions, b"k1", lambda: MIDNIGHT))

    def ask(self, method, path, authorization=None):
        headers = {"Authorization": authorization} if authorization else {}
        return self.client.request(method, path, headers=headers)

    def stored(self):
        async def read():
            async with self.sessions() as session:
                rows = await session.execute(text("SELECT id, learner FROM assessments ORDER BY id"))
                return [tuple(row) for row in rows]

        return asyncio.run(read())


@pytest.fixture
def school(sessions):
    async def fill():
        async with sessions.begin() as session:
            session.add(Assessment(id=1, learner="Ari", language="Sorbian", level="A1"))
            session.add(Assessment(id=2, learner="Bo", language="Faroese", level="B2"))
            session.add(Assessment(id=3, learner="Ari", language="Ladin", level="C2"))

    asyncio.run(fill())
    return School(sessions)


ALL = [(1, "Ari"), (2, "Bo"), (3, "Ari")]
ARI = "Bearer " + issue_token("Ari", MIDNIGHT + 1, b"k1")
CY = "Bearer " + issue_token("Cy", MIDNIGHT + 500, b"k1")


def bad_tokens():
    good = issue_token("Ari", MIDNIGHT + 1, b"k1")
    user, time, signature = good.split(".")
    yield "nothing", None
    yield "basic", "Basic " + good
    yield "over", "Bearer " + issue_token("Ari", MIDNIGHT, b"k1")
    yield "foreign key", "Bearer " + issue_token("Ari", MIDNIGHT + 1, b"k2")
    yield "user changed", f"Bearer Bo.{time}.{signature}"
    yield "time changed", f"Bearer {user}.{MIDNIGHT * 2}.{signature}"
    yield "nonsense", "Bearer nonsense"


@pytest.mark.parametrize("authorization", [pytest.param(v, id=n) for n, v in bad_tokens()])
def test_refused_everywhere(school, authorization):
    for method, path in (("GET", "/assessments"), ("GET", "/assessments/1"), ("DELETE", "/assessments/1")):
        answer = school.ask(method, path, authorization)
        assert answer.status_code == 401, (method, path)
        assert answer.json() == {"detail": "Sign in first"}
        assert answer.headers["www-authenticate"] == "Bearer"
    assert school.stored() == ALL


def test_own_list(school):
    answer = school.ask("GET", "/assessments", ARI)
    assert answer.status_code == 200
    assert answer.json() == [
        {"id": 1, "language": "Sorbian", "level": "A1"},
        {"id": 3, "language": "Ladin", "level": "C2"},
    ]
    assert school.ask("GET", "/assessments", CY).json() == []


def test_own_one(school):
    answer = school.ask("GET", "/assessments/3", ARI)
    assert (answer.status_code, answer.json()) == (200, {"id": 3, "language": "Ladin", "level": "C2"})


def test_withdraw(school):
    answer = school.ask("DELETE", "/assessments/3", ARI)
    assert answer.status_code == 204
    assert not answer.text
    assert school.stored() == [(1, "Ari"), (2, "Bo")]


def test_not_there(school):
    for method in ("GET", "DELETE"):
        for number in (2, 44):
            answer = school.ask(method, f"/assessments/{number}", ARI)
            assert (answer.status_code, answer.json()) == (404, {"detail": "No such assessment"})
    assert school.stored() == ALL
