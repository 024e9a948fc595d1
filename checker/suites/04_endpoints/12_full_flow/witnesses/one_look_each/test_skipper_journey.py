import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from skipper_api import create_app

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def ask(sessions):
    async with AsyncClient(transport=ASGITransport(create_app(sessions)), base_url="http://w") as client:

        async def ask(who, method, path, **body):
            answer = await client.request(method, "/assessments" + path, json=body, headers={"X-Skipper": who})
            return answer.status_code

        for title in "ab":
            await ask("Kim", "POST", "", title=title, questions=1)
        yield ask


async def test_answers_in_an_unknown_assessment(ask):
    assert await ask("Kim", "PUT", "/9/answers/1", value=1) == 404


async def test_answers_after_submitting(ask):
    await ask("Kim", "PUT", "/1/answers/1", value=1)
    await ask("Kim", "POST", "/1/submission")
    assert await ask("Kim", "PUT", "/1/answers/1", value=1) == 409


async def test_submits_twice(ask):
    await ask("Kim", "PUT", "/1/answers/1", value=1)
    await ask("Kim", "POST", "/1/submission")
    assert await ask("Kim", "POST", "/1/submission") == 409


async def test_submits_what_another_answered(ask):
    await ask("Kim", "PUT", "/1/answers/1", value=1)
    assert await ask("Robin", "POST", "/1/submission") == 409
    assert await ask("Kim", "POST", "/2/submission") == 409


async def test_answers_when_another_has_submitted(ask):
    await ask("Kim", "PUT", "/1/answers/1", value=1)
    await ask("Kim", "POST", "/1/submission")
    assert await ask("Robin", "PUT", "/1/answers/1", value=1) == 200
    assert await ask("Kim", "PUT", "/2/answers/1", value=1) == 200


async def test_submits_an_unknown_assessment(ask):
    assert await ask("Kim", "POST", "/9/submission") == 404


async def test_reads_results_when_another_has_submitted(ask):
    await ask("Kim", "PUT", "/1/answers/1", value=1)
    await ask("Kim", "POST", "/1/submission")
    await ask("Robin", "PUT", "/1/answers/1", value=1)
    await ask("Kim", "PUT", "/2/answers/1", value=1)
    assert await ask("Robin", "GET", "/1/results") == 409
    assert await ask("Kim", "GET", "/2/results") == 409
