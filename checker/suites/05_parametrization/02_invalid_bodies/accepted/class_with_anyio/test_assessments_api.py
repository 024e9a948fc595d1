import copy
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from pydantic import ValidationError

from assessments_api import AssessmentIn, create_app

BODY = {"title": "Team lead", "areas": ["teamwork", "english"], "minutes": 120}
Change = Callable[[dict], object]


def set_(**fields: object) -> Change:
    return lambda body: body.update(fields)


def drop(field: str) -> Change:
    return lambda body: body.pop(field)


BAD: dict[str, tuple[str, Change]] = {
    "no title": ("title", drop("title")),
    "empty title": ("title", set_(title="")),
    "blank title": ("title", set_(title="  ")),
    "long title": ("title", set_(title="t" * 201)),
    "no areas": ("areas", drop("areas")),
    "zero areas": ("areas", set_(areas=[])),
    "six areas": (
        "areas",
        set_(areas=["coding", "english", "logic", "sales", "teamwork", "typing"]),
    ),
    "area twice": ("areas", set_(areas=["sales", "logic", "sales"])),
    "area unknown": ("areas", set_(areas=["sales", "Logic"])),
    "no minutes": ("minutes", drop("minutes")),
    "too short": ("minutes", set_(minutes=9)),
    "too long": ("minutes", set_(minutes=181)),
    "minutes in quotes": ("minutes", set_(minutes="120")),
    "half minutes": ("minutes", set_(minutes=10.5)),
    "stranger": ("id", set_(id=1)),
}
GOOD: dict[str, Change] = {
    "short title": set_(title="t"),
    "long title": set_(title="t" * 200),
    "one area": set_(areas=["typing"]),
    "five areas": set_(areas=["typing", "teamwork", "sales", "logic", "coding"]),
    "short": set_(minutes=10),
    "long": set_(minutes=180),
}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def api(anyio_backend: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=create_app()), base_url="http://t"
    ) as api:
        yield api


@pytest.mark.anyio
class TestAssessments:
    @pytest.mark.parametrize("case", BAD)
    async def test_refused(self, api: httpx.AsyncClient, case: str) -> None:
        field, spoil = BAD[case]
        body = copy.deepcopy(BODY)
        spoil(body)

        response = await api.post("/assessments", json=body)
        assert response.status_code == 422
        blamed = {".".join(map(str, e["loc"][:2])) for e in response.json()["detail"]}
        assert blamed == {f"body.{field}"}
        response = await api.get("/assessments")
        assert not response.json()

        with pytest.raises(ValidationError) as refused:
            AssessmentIn.model_validate(body)
        assert {str(e["loc"][0]) for e in refused.value.errors()} == {field}

    @pytest.mark.parametrize("case", GOOD)
    async def test_kept(self, api: httpx.AsyncClient, case: str) -> None:
        body = copy.deepcopy(BODY)
        GOOD[case](body)
        typed = {**body, "title": "\t" + body["title"] + " "}

        response = await api.post("/assessments", json=typed)
        assert response.status_code == 201
        assert response.json() == body
        assert (await api.get("/assessments")).json() == [body]
        await api.post("/assessments", json=BODY)
        both = (await api.get("/assessments")).json()
        assert len(both) == 2 and body in both and BODY in both
        model = AssessmentIn.model_validate(typed)
        assert model.title == body["title"]
        assert model.areas == body["areas"]
        assert model.minutes == body["minutes"]
