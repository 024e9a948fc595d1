"""A fake service, written out, in the place where the router looks the class up."""

from datetime import datetime, timedelta, timezone

import pytest

from greenhouse_service import NoSuchSensor, Reading, ServiceDown

NOON = datetime(2030, 1, 1, 12, tzinfo=timezone.utc)


class FakeService:
    def __init__(self):
        self.asked = []
        self.stored = []
        self.error = None

    def __call__(self, session):
        return self

    async def readings(self, sensor, *, limit, offset):
        self.asked.append(("readings", sensor, limit, offset))
        if self.error:
            raise self.error
        return self.stored[offset : offset + limit]

    async def record(self, sensor, *, celsius, humidity):
        self.asked.append(("record", sensor, celsius, humidity))
        if self.error:
            raise self.error
        return Reading(NOON, celsius, humidity)


@pytest.fixture
def fake(monkeypatch):
    fake = FakeService()
    fake.stored = [Reading(NOON - timedelta(hours=n), n / 4, 90 - n) for n in range(5)]
    monkeypatch.setattr("greenhouse_router.SensorService", fake)
    return fake


def body(n):
    return {"at": f"2030-01-01T{12 - n:02}:00:00Z", "celsius": n / 4, "humidity": 90 - n}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "query, asked, numbers, following",
    [
        pytest.param("", (50, 0), [0, 1, 2, 3, 4], None, id="all"),
        pytest.param("?limit=2", (2, 0), [0, 1], 2, id="first-page"),
        pytest.param("?limit=2&offset=2", (2, 2), [2, 3], 4, id="second-page"),
        pytest.param("?limit=2&offset=4", (2, 4), [4], None, id="last-page"),
        pytest.param("?offset=3", (50, 3), [3, 4], None, id="offset-alone"),
        pytest.param("?limit=100&offset=9", (100, 9), [], None, id="nothing"),
        pytest.param("?limit=1&offset=0", (1, 0), [0], 1, id="one"),
    ],
)
async def test_pages(client, fake, query, asked, numbers, following):
    response = await client.get(f"/sensors/South/readings{query}")

    assert response.status_code == 200
    assert response.json() == {"sensor": "South", "readings": [body(n) for n in numbers], "next": following}
    assert fake.asked == [("readings", "South", *asked)]


@pytest.mark.asyncio
async def test_strange_pages(client, fake):
    for query in ("limit=0", "limit=-1", "limit=101", "offset=-1"):
        assert (await client.get(f"/sensors/south/readings?{query}")).status_code == 422
    assert fake.asked == []


@pytest.mark.asyncio
async def test_record(client, fake):
    response = await client.post("/sensors/South/readings", json={"celsius": 3.25, "humidity": 12})

    assert response.status_code == 201
    assert response.json() == {"at": "2030-01-01T12:00:00Z", "celsius": 3.25, "humidity": 12}
    assert fake.asked == [("record", "South", 3.25, 12)]


@pytest.mark.asyncio
@pytest.mark.parametrize("method", ["get", "post"])
async def test_errors(client, fake, method):
    kwargs = {"json": {"celsius": 1.0, "humidity": 2}} if method == "post" else {}

    fake.error = NoSuchSensor("south")
    response = await getattr(client, method)("/sensors/south/readings", **kwargs)
    assert response.status_code == 404
    assert response.json() == {"detail": "No such sensor"}

    fake.error = ServiceDown("password=hunter2")
    response = await getattr(client, method)("/sensors/south/readings", **kwargs)
    assert response.status_code == 503
    assert response.json() == {"detail": "Try again later"}
    assert response.headers["retry-after"] == "30"
    assert not any("hunter2" in value for value in response.headers.values())
