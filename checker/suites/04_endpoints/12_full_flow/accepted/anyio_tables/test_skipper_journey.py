import pytest
from httpx import ASGITransport, AsyncClient

from skipper_api import create_app

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def client_of(sessions):
    """client_of(name): a client for a skipper. All are on one app."""
    transport = ASGITransport(app=create_app(sessions))
    return lambda name: AsyncClient(transport=transport, base_url="http://club", headers={"X-Skipper": name})


@pytest.fixture
async def mia(client_of):
    async with client_of("Mia") as client:
        yield client


@pytest.fixture
async def noa(client_of):
    async with client_of("Noa") as client:
        yield client


async def made(client, questions: int) -> str:
    response = await client.post("/assessments", json={"title": "Tides", "questions": questions})
    assert response.status_code == 201
    body = response.json()
    assert body == {"id": body["id"], "title": "Tides", "questions": questions}
    return f"/assessments/{body['id']}"


async def fill(client, path: str, values: list[int]) -> None:
    for question in range(len(values), 0, -1):
        response = await client.put(f"{path}/answers/{question}", json={"value": values[question - 1]})
        assert response.status_code == 200
        assert response.json() == {"answered": len(values) - question + 1, "questions": len(values)}


async def submitted(client, path: str) -> None:
    response = await client.post(f"{path}/submission")
    assert response.status_code == 201
    assert response.json() == {"status": "submitted"}


def refused(response, status: int, why: str) -> None:
    assert response.status_code == status
    assert response.json() == {"detail": why}


async def rating(client, path: str) -> tuple[int, float]:
    response = await client.get(f"{path}/results")
    assert response.status_code == 200
    assert set(response.json()) == {"answers", "rating"}
    return response.json()["answers"], response.json()["rating"]


class TestAlone:
    @pytest.mark.parametrize(
        "values, mean", [([5], 5), ([1, 2], 1.5), ([4, 1, 1], 2), ([1, 5, 5, 5, 4], 4), ([1, 2, 2], 5 / 3)]
    )
    async def test_rating(self, mia, values, mean):
        path = await made(mia, len(values))
        await fill(mia, path, values)
        refused(await mia.get(f"{path}/results"), 409, "Not submitted yet")
        await submitted(mia, path)
        assert await rating(mia, path) == (len(values), pytest.approx(mean))

    async def test_changes_of_mind(self, mia):
        path = await made(mia, 2)
        await fill(mia, path, [1, 1])
        response = await mia.put(f"{path}/answers/1", json={"value": 4})
        assert (response.status_code, response.json()) == (200, {"answered": 2, "questions": 2})
        await submitted(mia, path)
        assert await rating(mia, path) == (2, 2.5)

    async def test_too_early(self, mia):
        path = await made(mia, 3)
        await mia.put(f"{path}/answers/3", json={"value": 4})
        await mia.put(f"{path}/answers/1", json={"value": 4})
        refused(await mia.post(f"{path}/submission"), 409, "2 of 3 answered")
        refused(await mia.get(f"{path}/results"), 409, "Not submitted yet")
        await mia.put(f"{path}/answers/2", json={"value": 1})
        await submitted(mia, path)
        assert await rating(mia, path) == (3, 3)

    async def test_too_late(self, mia):
        path = await made(mia, 2)
        await fill(mia, path, [2, 3])
        await submitted(mia, path)
        refused(await mia.put(f"{path}/answers/2", json={"value": 5}), 409, "Already submitted")
        refused(await mia.post(f"{path}/submission"), 409, "Already submitted")
        assert await rating(mia, path) == (2, 2.5)

    @pytest.mark.parametrize("question", [0, 3, 99])
    async def test_no_question(self, mia, question):
        path = await made(mia, 2)
        refused(await mia.put(f"{path}/answers/{question}", json={"value": 5}), 404, "No such question")

    async def test_no_assessment(self, mia):
        await made(mia, 1)
        path = "/assessments/4711"
        refused(await mia.put(f"{path}/answers/1", json={"value": 5}), 404, "No such assessment")
        refused(await mia.post(f"{path}/submission"), 404, "No such assessment")
        refused(await mia.get(f"{path}/results"), 404, "No such assessment")


class TestTogether:
    async def test_two_skippers(self, mia, noa):
        path = await made(mia, 2)
        await fill(noa, path, [5, 4])
        await submitted(noa, path)
        refused(await mia.get(f"{path}/results"), 409, "Not submitted yet")
        refused(await mia.post(f"{path}/submission"), 409, "0 of 2 answered")
        await fill(mia, path, [1, 3])
        await submitted(mia, path)
        assert await rating(mia, path) == (2, 2)
        assert await rating(noa, path) == (2, 4.5)

    async def test_two_assessments(self, mia):
        first, second = await made(mia, 2), await made(mia, 2)
        await fill(mia, first, [5, 4])
        await submitted(mia, first)
        refused(await mia.get(f"{second}/results"), 409, "Not submitted yet")
        refused(await mia.post(f"{second}/submission"), 409, "0 of 2 answered")
        await fill(mia, second, [1, 3])
        await submitted(mia, second)
        assert await rating(mia, second) == (2, 2)
        assert await rating(mia, first) == (2, 4.5)
