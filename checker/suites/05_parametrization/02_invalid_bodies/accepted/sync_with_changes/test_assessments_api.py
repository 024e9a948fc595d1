import asyncio
import json

import pytest
from httpx import ASGITransport, AsyncClient
from pydantic import ValidationError

from assessments_api import AssessmentIn, create_app


def post_and_list(*texts: str) -> tuple[int, dict, list]:
    async def talk() -> tuple[int, dict, list]:
        transport = ASGITransport(app=create_app())
        async with AsyncClient(transport=transport, base_url="http://localhost") as client:
            headers = {"Content-Type": "application/json"}
            for text in texts:
                posted = await client.post("/assessments", content=text, headers=headers)
            listed = await client.get("/assessments")
            return posted.status_code, posted.json(), listed.json()

    return asyncio.run(talk())


def body(title='"Sales"', areas='["sales", "logic"]', minutes="60", more="") -> str:
    return f'{{"title": {title}, "areas": {areas}, "minutes": {minutes} {more}}}'


FIVE = '["sales", "logic", "typing", "coding", "english"]'
SIX = '["sales", "logic", "typing", "coding", "english", "teamwork"]'


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        (body(title='""'), "title"),
        (body(title='"  "'), "title"),
        (body(title=json.dumps("s" * 201)), "title"),
        ('{"areas": ["sales"], "minutes": 60}', "title"),
        (body(areas="[]"), "areas"),
        (body(areas=SIX), "areas"),
        (body(areas='["sales", "logic", "sales"]'), "areas"),
        (body(areas='["ales"]'), "areas"),
        ('{"title": "Sales", "minutes": 60}', "areas"),
        (body(minutes="9"), "minutes"),
        (body(minutes="181"), "minutes"),
        (body(minutes='"60"'), "minutes"),
        (body(minutes="60.5"), "minutes"),
        ('{"title": "Sales", "areas": ["sales"]}', "minutes"),
        (body(more=', "tags": []'), "tags"),
    ],
)
def test_refused(text: str, blamed: str) -> None:
    status, answer, listed = post_and_list(text)
    assert status == 422
    assert listed == []
    assert {tuple(error["loc"])[:2] for error in answer["detail"]} == {("body", blamed)}
    with pytest.raises(ValidationError) as error:
        AssessmentIn.model_validate(json.loads(text))
    assert [e for e in error.value.errors() if e["loc"][:1] != (blamed,)] == []


@pytest.mark.parametrize("title", ["s", "s" * 200], ids=len)
@pytest.mark.parametrize("areas", ['["teamwork"]', FIVE], ids=["one", "five"])
@pytest.mark.parametrize("minutes", ["10", "180"])
def test_kept(title: str, areas: str, minutes: str) -> None:
    text = body(f'"  {title} "', areas, minutes)
    expected = json.loads(body(f'"{title}"', areas, minutes))
    assert post_and_list(text) == (201, expected, [expected])
    assert AssessmentIn.model_validate(json.loads(text)).model_dump() == expected


def test_two_kept() -> None:
    _, _, listed = post_and_list(body(minutes="20"), body(minutes="40"))
    assert sorted(kept["minutes"] for kept in listed) == [20, 40]
