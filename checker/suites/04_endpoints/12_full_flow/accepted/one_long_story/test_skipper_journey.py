"""One afternoon in the club, told in a few long stories."""

from contextlib import asynccontextmanager

import httpx
import pytest

from skipper_api import create_app


@asynccontextmanager
async def club(sessions):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(sessions)), base_url="http://c") as http:

        async def ask(who, method, path, body=None):
            response = await http.request(method, f"/assessments{path}", json=body, headers={"x-skipper": who})
            return response.status_code, response.json()

        yield ask


async def put(ask, who, number, question, value):
    return await ask(who, "PUT", f"/{number}/answers/{question}", {"value": value})


@pytest.mark.asyncio
async def test_two_skippers_and_two_assessments(sessions):
    async with club(sessions) as ask:
        status, anchor = await ask("ada", "POST", "", {"title": "Anchoring", "questions": 2})
        assert (status, anchor) == (201, {"id": anchor["id"], "title": "Anchoring", "questions": 2})
        status, knots = await ask("ada", "POST", "", {"title": "Knots", "questions": 2})
        assert status == 201
        a, k = anchor["id"], knots["id"]

        assert await put(ask, "ada", a, 2, 5) == (200, {"answered": 1, "questions": 2})
        assert await put(ask, "ben", a, 1, 1) == (200, {"answered": 1, "questions": 2})
        assert await put(ask, "ada", k, 1, 3) == (200, {"answered": 1, "questions": 2})
        for who, number in (("ada", a), ("ben", a), ("ada", k)):
            assert await ask(who, "POST", f"/{number}/submission") == (409, {"detail": "1 of 2 answered"})
            assert await ask(who, "GET", f"/{number}/results") == (409, {"detail": "Not submitted yet"})

        assert await put(ask, "ada", a, 1, 3) == (200, {"answered": 2, "questions": 2})
        assert await put(ask, "ada", a, 1, 2) == (200, {"answered": 2, "questions": 2})
        assert await put(ask, "ben", a, 2, 1) == (200, {"answered": 2, "questions": 2})
        assert await ask("ada", "GET", f"/{a}/results") == (409, {"detail": "Not submitted yet"})
        assert await ask("ada", "POST", f"/{a}/submission") == (201, {"status": "submitted"})
        assert await ask("ada", "GET", f"/{a}/results") == (200, {"answers": 2, "rating": 3.5})

        assert await ask("ben", "GET", f"/{a}/results") == (409, {"detail": "Not submitted yet"})
        assert await ask("ada", "GET", f"/{k}/results") == (409, {"detail": "Not submitted yet"})
        assert await put(ask, "ben", a, 1, 4) == (200, {"answered": 2, "questions": 2})
        assert await ask("ben", "POST", f"/{a}/submission") == (201, {"status": "submitted"})
        assert await ask("ben", "GET", f"/{a}/results") == (200, {"answers": 2, "rating": 2.5})

        assert await put(ask, "ada", k, 2, 3) == (200, {"answered": 2, "questions": 2})
        assert await ask("ada", "POST", f"/{k}/submission") == (201, {"status": "submitted"})
        assert await ask("ada", "GET", f"/{k}/results") == (200, {"answers": 2, "rating": 3.0})
        assert await ask("ada", "GET", f"/{a}/results") == (200, {"answers": 2, "rating": 3.5})

        for question in (1, 2):
            assert await put(ask, "ada", a, question, 1) == (409, {"detail": "Already submitted"})
            assert await ask("ada", "POST", f"/{a}/submission") == (409, {"detail": "Already submitted"})
        assert await ask("ada", "GET", f"/{a}/results") == (200, {"answers": 2, "rating": 3.5})


@pytest.mark.asyncio
async def test_numbers_that_nobody_has(sessions):
    async with club(sessions) as ask:
        nothing = 404, {"detail": "No such assessment"}
        assert await put(ask, "ada", 5, 1, 1) == nothing
        assert await ask("ada", "POST", "/5/submission") == nothing
        assert await ask("ada", "GET", "/5/results") == nothing

        _, made = await ask("ada", "POST", "", {"title": "Buoys", "questions": 1})
        nothing = 404, {"detail": "No such question"}
        assert await put(ask, "ada", made["id"], 0, 1) == nothing
        assert await put(ask, "ada", made["id"], 2, 1) == nothing
        assert await put(ask, "ada", made["id"], 1, 1) == (200, {"answered": 1, "questions": 1})


@pytest.mark.asyncio
async def test_equal_answers_all_count(sessions):
    async with club(sessions) as ask:
        _, made = await ask("ada", "POST", "", {"title": "Ropes", "questions": 3})
        for question, value in ((3, 5), (1, 2), (2, 2)):
            await put(ask, "ada", made["id"], question, value)
        await ask("ada", "POST", f"/{made['id']}/submission")
        assert await ask("ada", "GET", f"/{made['id']}/results") == (200, {"answers": 3, "rating": 3.0})
