"""Skippers' journeys through an assessment, with values that tell one answer from another."""

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from skipper_api import create_app

pytestmark = pytest.mark.asyncio


class Skipper:
    """Somebody who works on an assessment, through the app."""

    def __init__(self, client: AsyncClient, name: str) -> None:
        self._client = client
        self._headers = {"X-Skipper": name}

    async def create(self, title: str, questions: int) -> Response:
        body = {"title": title, "questions": questions}
        return await self._client.post("/assessments", json=body, headers=self._headers)

    async def answer(self, assessment: int, question: int, value: int) -> Response:
        return await self._client.put(
            f"/assessments/{assessment}/answers/{question}",
            json={"value": value},
            headers=self._headers,
        )

    async def answer_all(self, assessment: int, *values: int) -> None:
        for question, value in enumerate(values, start=1):
            response = await self.answer(assessment, question, value)
            expected = {"answered": question, "questions": len(values)}
            assert (response.status_code, response.json()) == (200, expected)

    async def submit(self, assessment: int) -> Response:
        path = f"/assessments/{assessment}/submission"
        return await self._client.post(path, headers=self._headers)

    async def results(self, assessment: int) -> Response:
        path = f"/assessments/{assessment}/results"
        return await self._client.get(path, headers=self._headers)


@pytest_asyncio.fixture
async def skipper(
    sessions: async_sessionmaker[AsyncSession],
) -> AsyncIterator[Callable[[str], Skipper]]:
    transport = ASGITransport(app=create_app(sessions))
    async with AsyncClient(transport=transport, base_url="http://club") as client:
        yield lambda name: Skipper(client, name)


@pytest.fixture
def kim(skipper: Callable[[str], Skipper]) -> Skipper:
    return skipper("Kim")


@pytest.fixture
def robin(skipper: Callable[[str], Skipper]) -> Skipper:
    return skipper("Robin")


@pytest_asyncio.fixture
async def night(kim: Skipper) -> int:
    """An assessment of three questions."""
    return int((await kim.create("Night sailing", 3)).json()["id"])


def told(response: Response) -> tuple[int, object]:
    return response.status_code, response.json()


SUBMITTED = (201, {"status": "submitted"})
TOO_EARLY = (409, {"detail": "Not submitted yet"})
TOO_LATE = (409, {"detail": "Already submitted"})


async def test_from_the_questions_to_the_results(kim: Skipper) -> None:
    created = await kim.create("Harbour manoeuvres", 4)
    harbour = created.json()["id"]
    expected = {"id": harbour, "title": "Harbour manoeuvres", "questions": 4}
    assert told(created) == (201, expected)

    await kim.answer_all(harbour, 4, 4, 4, 4)
    assert told(await kim.results(harbour)) == TOO_EARLY

    assert told(await kim.submit(harbour)) == SUBMITTED
    assert told(await kim.results(harbour)) == (200, {"answers": 4, "rating": 4.0})


async def test_a_second_answer_replaces_the_first(kim: Skipper, night: int) -> None:
    await kim.answer_all(night, 4, 4, 4)

    again = await kim.answer(night, 2, 4)

    assert told(again) == (200, {"answered": 3, "questions": 3})
    await kim.submit(night)
    assert told(await kim.results(night)) == (200, {"answers": 3, "rating": 4.0})


async def test_an_incomplete_assessment_goes_on(kim: Skipper, night: int) -> None:
    await kim.answer(night, 1, 4)
    await kim.answer(night, 3, 4)

    assert told(await kim.submit(night)) == (409, {"detail": "2 of 3 answered"})
    assert told(await kim.results(night)) == TOO_EARLY

    assert told(await kim.answer(night, 2, 4)) == (200, {"answered": 3, "questions": 3})
    assert told(await kim.submit(night)) == SUBMITTED
    assert told(await kim.results(night)) == (200, {"answers": 3, "rating": 4.0})


async def test_what_is_submitted_stays(kim: Skipper, night: int) -> None:
    await kim.answer_all(night, 4, 4, 4)
    await kim.submit(night)

    assert told(await kim.answer(night, 1, 4)) == TOO_LATE
    assert told(await kim.submit(night)) == TOO_LATE

    assert told(await kim.results(night)) == (200, {"answers": 3, "rating": 4.0})


async def test_skippers_are_on_their_own(kim: Skipper, robin: Skipper, night: int) -> None:
    await kim.answer_all(night, 4, 4, 4)
    assert told(await robin.submit(night)) == (409, {"detail": "0 of 3 answered"})
    await robin.answer_all(night, 4, 4, 4)
    await kim.submit(night)

    assert told(await robin.results(night)) == TOO_EARLY
    assert told(await robin.answer(night, 3, 4)) == (200, {"answered": 3, "questions": 3})
    assert told(await robin.submit(night)) == SUBMITTED

    assert told(await kim.results(night)) == (200, {"answers": 3, "rating": 4.0})
    assert told(await robin.results(night)) == (200, {"answers": 3, "rating": 4.0})


async def test_assessments_are_on_their_own(kim: Skipper, robin: Skipper, night: int) -> None:
    fog = (await robin.create("Fog", 2)).json()["id"]
    await kim.answer_all(night, 4, 4, 4)
    assert told(await kim.submit(fog)) == (409, {"detail": "0 of 2 answered"})
    await kim.answer_all(fog, 4, 4)
    await kim.submit(night)

    assert told(await kim.results(fog)) == TOO_EARLY
    assert told(await kim.answer(fog, 2, 4)) == (200, {"answered": 2, "questions": 2})
    assert told(await kim.submit(fog)) == SUBMITTED

    assert told(await kim.results(night)) == (200, {"answers": 3, "rating": 4.0})
    assert told(await kim.results(fog)) == (200, {"answers": 2, "rating": 4.0})


async def test_an_unknown_assessment_is_refused(kim: Skipper, night: int) -> None:
    await kim.answer_all(night, 4, 4, 4)

    for response in (
        await kim.answer(night + 1, 1, 4),
        await kim.submit(night + 1),
        await kim.results(night + 1),
    ):
        assert told(response) == (404, {"detail": "No such assessment"})


@pytest.mark.parametrize("question", [0, 4])
async def test_an_unknown_question_is_refused(kim: Skipper, night: int, question: int) -> None:
    assert told(await kim.answer(night, question, 4)) == (404, {"detail": "No such question"})
    assert told(await kim.submit(night)) == (409, {"detail": "0 of 3 answered"})
