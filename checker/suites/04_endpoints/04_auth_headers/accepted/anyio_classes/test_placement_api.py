import httpx
import pytest
from sqlalchemy import func, select

from placement_api import Assessment, create_app
from placement_tokens import issue_token

pytestmark = pytest.mark.anyio

KEY, NOW = b"\x00secret", 5_000


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def api(sessions):
    async with sessions() as session:
        session.add_all(
            [
                Assessment(id=20, learner="Lou", language="Maltese", level="B1"),
                Assessment(id=10, learner="Lou", language="Latin", level="A2"),
                Assessment(id=15, learner="Max", language="Manx", level="C1"),
            ]
        )
        await session.commit()
    transport = httpx.ASGITransport(app=create_app(sessions, KEY, lambda: NOW))
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
        yield client


@pytest.fixture
async def count(sessions):
    async def inner():
        async with sessions() as session:
            return await session.scalar(select(func.count()).select_from(Assessment))

    return inner


@pytest.fixture
def token():
    def inner(user="Lou", expires_at=NOW + 1, key=KEY, scheme="Bearer"):
        return {"Authorization": f"{scheme} {issue_token(user, expires_at, key)}"}

    return inner


class TestOwn:
    async def test_list(self, api, token):
        response = await api.get("/assessments", headers=token())
        assert response.status_code == 200
        assert response.json() == [
            {"id": 10, "language": "Latin", "level": "A2"},
            {"id": 20, "language": "Maltese", "level": "B1"},
        ]

    async def test_empty_list(self, api, token):
        response = await api.get("/assessments", headers=token("Nobody"))
        assert response.status_code == 200
        assert response.json() == []

    async def test_one(self, api, token):
        response = await api.get("/assessments/20", headers=token())
        assert response.status_code == 200
        assert response.json() == {"id": 20, "language": "Maltese", "level": "B1"}

    async def test_delete(self, api, token):
        response = await api.delete("/assessments/20", headers=token())
        assert response.status_code == 204
        assert response.content == b""
        assert [each["id"] for each in (await api.get("/assessments", headers=token())).json()] == [10]
        assert (await api.get("/assessments/15", headers=token("Max"))).status_code == 200


class TestForeign:
    @pytest.mark.parametrize("number", [15, 16])
    async def test_reading(self, api, token, number):
        response = await api.get(f"/assessments/{number}", headers=token())
        assert response.status_code == 404
        assert response.json() == {"detail": "No such assessment"}

    @pytest.mark.parametrize("number", [15, 16])
    async def test_deleting(self, api, token, count, number):
        response = await api.delete(f"/assessments/{number}", headers=token())
        assert response.status_code == 404
        assert response.json() == {"detail": "No such assessment"}
        assert await count() == 3


def refused(response):
    return (
        response.status_code == 401
        and response.json() == {"detail": "Sign in first"}
        and response.headers.get("www-authenticate") == "Bearer"
    )


class TestRefused:
    async def test_no_header(self, api, count):
        assert refused(await api.get("/assessments"))
        assert refused(await api.get("/assessments/10"))
        assert refused(await api.delete("/assessments/10"))
        assert await count() == 3

    async def test_scheme(self, api, token):
        assert refused(await api.get("/assessments", headers=token(scheme="Basic")))

    async def test_over(self, api, token):
        assert refused(await api.get("/assessments/10", headers=token(expires_at=NOW)))
        assert refused(await api.get("/assessments/10", headers=token(expires_at=NOW - 1)))

    async def test_key(self, api, token):
        assert refused(await api.get("/assessments/10", headers=token(key=b"other")))

    async def test_tampered(self, api, token):
        header = token()["Authorization"]
        other_user = {"Authorization": header.replace("Lou", "Max")}
        other_time = {"Authorization": header.replace(str(NOW + 1), str(NOW + 9))}
        assert refused(await api.get("/assessments/15", headers=other_user))
        assert refused(await api.get("/assessments/10", headers=other_time))

    async def test_nonsense(self, api):
        assert refused(await api.get("/assessments", headers={"Authorization": "Bearer nonsense"}))
