from typing import Any

import pytest
import pydantic
from httpx import AsyncClient

import assessments_api

pytestmark = pytest.mark.asyncio
AREAS = ["coding", "english", "logic", "sales", "teamwork", "typing"]


@pytest.fixture
def body() -> dict[str, Any]:
    return {"title": "Support", "areas": ["typing", "english"], "minutes": 30}


@pytest.fixture(params=["api", "dto"])
def faults(request: pytest.FixtureRequest, client: AsyncClient):
    """Sends a body to the API or to the DTO; gives the set of blamed fields, empty if it is fine."""

    async def api(body: dict[str, Any]) -> set[str]:
        response = await client.post("/assessments", json=body)
        kept = (await client.get("/assessments")).json()
        if response.status_code == 201:
            assert response.json() == kept[0] == body | {"title": body["title"].strip()}
            return set()
        assert response.status_code == 422
        assert kept == []
        locs = [error["loc"] for error in response.json()["detail"]]
        assert {loc[0] for loc in locs} == {"body"}
        return {(loc + ["body"])[1] for loc in locs}

    async def dto(body: dict[str, Any]) -> set[str]:
        try:
            model = assessments_api.AssessmentIn.model_validate(body)
        except pydantic.ValidationError as error:
            return {(e["loc"] + ("model",))[0] for e in error.errors()}
        assert (model.title, model.areas) == (body["title"].strip(), body["areas"])
        assert model.minutes == body["minutes"]
        return set()

    return {"api": api, "dto": dto}[request.param]


@pytest.mark.parametrize(
    ("title", "fine"),
    [("", False), ("\t", False), ("x", True), (" x ", True), ("x" * 200, True), ("x" * 201, False)]
    + [(" " + "x" * 200 + " ", True), (None, False)],
)
async def test_title(faults, body, title: str | None, fine: bool) -> None:
    if title is None:
        del body["title"]
    else:
        body["title"] = title
    assert await faults(body) == (set() if fine else {"title"})


@pytest.mark.parametrize("count", [0, 1, 5, 6])
async def test_number_of_areas(faults, body, count: int) -> None:
    body["areas"] = AREAS[:count]
    assert await faults(body) == (set() if 1 <= count <= 5 else {"areas"})


@pytest.mark.parametrize("areas", [["logic"] * 2, ["logic", "sales", "logic"], ["typing", "juggling"]])
async def test_areas_out_of_order(faults, body, areas: list[str]) -> None:
    body["areas"] = areas
    assert await faults(body) == {"areas"}


@pytest.mark.parametrize("minutes", [10, 180])
async def test_minutes(faults, body, minutes: int) -> None:
    assert await faults({**body, "minutes": minutes}) == set()


@pytest.mark.parametrize("minutes", [9, 181, "30", 30.5])
async def test_minutes_refused(faults, body, minutes: object) -> None:
    assert await faults({**body, "minutes": minutes}) == {"minutes"}


@pytest.mark.parametrize("field", ["areas", "minutes"])
async def test_field_missing(faults, body, field: str) -> None:
    del body[field]
    assert await faults(body) == {field}


async def test_unknown_field(faults, body) -> None:
    assert await faults({**body, "score": 3}) == {"score"}


async def test_all_are_listed(client: AsyncClient, body) -> None:
    for title in ("Support", "Sales"):
        assert (await client.post("/assessments", json={**body, "title": title})).is_success
    listed = (await client.get("/assessments")).json()
    assert {kept["title"] for kept in listed} == {"Support", "Sales"}
