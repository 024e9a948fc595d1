import asyncio

import pytest
from httpx import ASGITransport, AsyncClient

from skipper_api import create_app


class Journey:
    """A journey is a list of steps; the app answers each with a status and a body."""

    def __init__(self, sessions):
        self.sessions = sessions

    def __call__(self, *steps):
        return asyncio.run(self.walk(steps))

    async def walk(self, steps):
        seen = []
        async with AsyncClient(transport=ASGITransport(app=create_app(self.sessions)), base_url="http://j") as client:
            for who, verb, *rest in steps:
                response = await getattr(self, verb)(client, {"X-Skipper": who}, *rest)
                seen.append((response.status_code, response.json()))
        return seen

    async def create(self, client, headers, title, questions):
        return await client.post("/assessments", headers=headers, json={"title": title, "questions": questions})

    async def answer(self, client, headers, number, question, value):
        path = f"/assessments/{number}/answers/{question}"
        return await client.put(path, headers=headers, json={"value": value})

    async def submit(self, client, headers, number):
        return await client.post(f"/assessments/{number}/submission", headers=headers)

    async def results(self, client, headers, number):
        return await client.get(f"/assessments/{number}/results", headers=headers)


@pytest.fixture
def journey(sessions):
    return Journey(sessions)


@pytest.fixture
def made(journey):
    """Two assessments, by their ids."""
    first, second = journey(("Al", "create", "Radio", 2), ("Al", "create", "Charts", 3))
    return first[1]["id"], second[1]["id"]


def n(answered, questions):
    return 200, {"answered": answered, "questions": questions}


def no(detail, status=409):
    return status, {"detail": detail}


DONE = 201, {"status": "submitted"}


def result(answers, rating):
    return 200, {"answers": answers, "rating": rating}


def test_create(journey):
    first, second = journey(("Al", "create", "Radio", 2), ("Bea", "create", "Charts", 3))
    assert first == (201, {"id": first[1]["id"], "title": "Radio", "questions": 2})
    assert second == (201, {"id": second[1]["id"], "title": "Charts", "questions": 3})
    assert first[1]["id"] != second[1]["id"]


def test_alone(journey, made):
    _, charts = made
    assert journey(
        ("Al", "answer", charts, 3, 5),
        ("Al", "answer", charts, 1, 1),
        ("Al", "submit", charts),
        ("Al", "results", charts),
        ("Al", "answer", charts, 2, 1),
        ("Al", "answer", charts, 1, 3),
        ("Al", "results", charts),
        ("Al", "submit", charts),
        ("Al", "results", charts),
        ("Al", "answer", charts, 1, 5),
        ("Al", "submit", charts),
        ("Al", "results", charts),
    ) == [
        n(1, 3),
        n(2, 3),
        no("2 of 3 answered"),
        no("Not submitted yet"),
        n(3, 3),
        n(3, 3),
        no("Not submitted yet"),
        DONE,
        result(3, 3.0),
        no("Already submitted"),
        no("Already submitted"),
        result(3, 3.0),
    ]


def test_equal_answers(journey, made):
    radio, _ = made
    steps = journey(
        ("Al", "answer", radio, 1, 2), ("Al", "answer", radio, 2, 2), ("Al", "submit", radio), ("Al", "results", radio)
    )
    assert steps[-1] == result(2, 2.0)


def test_halves(journey, made):
    radio, _ = made
    steps = journey(
        ("Al", "answer", radio, 1, 2), ("Al", "answer", radio, 2, 5), ("Al", "submit", radio), ("Al", "results", radio)
    )
    assert steps[-1] == result(2, 3.5)


def test_together(journey, made):
    radio, _ = made
    first, second = "Al", "Bea"
    values = {"Al": (1, 2), "Bea": (4, 5)}
    steps = journey(
        (first, "answer", radio, 1, values[first][0]),
        (first, "answer", radio, 2, values[first][1]),
        (second, "answer", radio, 1, values[second][0]),
        (second, "submit", radio),
        (first, "submit", radio),
        (second, "results", radio),
        (second, "answer", radio, 2, values[second][1]),
        (second, "submit", radio),
        ("Al", "results", radio),
        ("Bea", "results", radio),
    )
    assert steps == [
        n(1, 2),
        n(2, 2),
        n(1, 2),
        no("1 of 2 answered"),
        DONE,
        no("Not submitted yet"),
        n(2, 2),
        DONE,
        result(2, 1.5),
        result(2, 4.5),
    ]


def test_one_after_the_other(journey, made):
    radio, charts = made
    steps = journey(
        ("Al", "answer", radio, 1, 5),
        ("Al", "answer", radio, 2, 4),
        ("Al", "submit", radio),
        ("Al", "results", charts),
        ("Al", "answer", charts, 1, 1),
        ("Al", "submit", charts),
        ("Al", "answer", charts, 2, 1),
        ("Al", "answer", charts, 3, 1),
        ("Al", "submit", charts),
        ("Al", "results", charts),
        ("Al", "results", radio),
    )
    assert steps[2:] == [
        DONE,
        no("Not submitted yet"),
        n(1, 3),
        no("1 of 3 answered"),
        n(2, 3),
        n(3, 3),
        DONE,
        result(3, 1.0),
        result(2, 4.5),
    ]


def test_unknown(journey, made):
    radio, charts = made
    assert journey(
        ("Al", "answer", charts + radio, 1, 1),
        ("Al", "submit", charts + radio),
        ("Al", "results", charts + radio),
        ("Al", "answer", radio, 0, 1),
        ("Al", "answer", radio, 3, 1),
        ("Al", "answer", radio, 2, 1),
    ) == [no("No such assessment", 404)] * 3 + [no("No such question", 404)] * 2 + [n(1, 2)]
