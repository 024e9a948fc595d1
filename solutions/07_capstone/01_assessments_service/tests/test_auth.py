"""3, 4: who asks."""

import pytest
from httpx import AsyncClient

from assessments.auth import issue_token
from fakes import ADA, KEYS, KIM, NOW, MILK, Clock, User, refused, seen, token_of

DIGITS = "b42c6bffb404091290c4ba2eb213d203302be2cfe5adf7d4224890ab513ac7a8"


def test_a_token_is_what_the_specification_says() -> None:
    assert issue_token(b"tea", KIM, NOW) == f"{KIM}:{NOW}:{DIGITS}"


SIGNATURE = token_of(KIM).rpartition(":")[2]


BAD_HEADERS = {
    "missing": None,
    "empty": "Bearer ",
    "another scheme": f"Basic {token_of(KIM)}",
    "no token": "Bearer sesame",
    "no signature": f"Bearer {KIM}:{NOW + 60}:",
    "another user": f"Bearer {ADA}:{NOW + 864_000}:{SIGNATURE}",
    "another time": f"Bearer {KIM}:{NOW + 864_001}:{SIGNATURE}",
    "another key": f"Bearer {token_of(KIM, key=KEYS.payment)}",
    "expired now": f"Bearer {token_of(KIM, expires_at=NOW)}",
}


@pytest.mark.asyncio
async def test_nobody_asks_without_a_good_token(client: AsyncClient, tea: int) -> None:
    told = {}
    for fault, header in BAD_HEADERS.items():
        headers = {} if header is None else {"Authorization": header}
        told[fault] = seen(await client.get(f"/assessments/{tea}", headers=headers))

    assert told == dict.fromkeys(BAD_HEADERS, refused(401, "unauthorized"))


ENDPOINTS: list[tuple[str, str, object]] = [
    ("POST", "", MILK),
    ("GET", "/1", None),
    ("PUT", "/1/answers/1", {"value": 1}),
    ("POST", "/1/submission", None),
    ("GET", "/1/seat", None),
    ("PUT", "/1/ratings/kim@x.org", {"points": 1}),
    ("POST", "/1/reminders", None),
    ("GET", "/1/progress", None),
]


@pytest.mark.asyncio
async def test_every_endpoint_wants_a_token(client: AsyncClient) -> None:
    told = [
        seen(await client.request(method, f"/assessments{path}", json=body))
        for method, path, body in ENDPOINTS
    ]

    assert told == [refused(401, "unauthorized")] * len(ENDPOINTS)


@pytest.mark.asyncio
async def test_a_token_is_good_until_it_expires(kim: User, tea: int, clock: Clock) -> None:
    kim.headers = {"Authorization": f"Bearer {issue_token(KEYS.token, KIM, NOW + 60)}"}

    clock.now = NOW + 59
    assert (await kim.ask("GET", f"/{tea}")).status_code == 200

    clock.now = NOW + 60
    assert seen(await kim.ask("GET", f"/{tea}")) == refused(401, "unauthorized")
