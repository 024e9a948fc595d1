import pytest

from member_list import MemberList
from member_sign_up import Rejected, validate

pytestmark = pytest.mark.asyncio

MEMBERS = MemberList("kim@example.org", "Alex@Example.org", "lee+choir@example.org")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "robin",
        "robin@",
        "@example.org",
        "robin@choir@example.org",
        "KIM@example.org",
        " kim@example.org ",
        "alex@example.org",
        "lee+choir@example.org",
    ],
)
async def test_rejected(typed: str) -> None:
    with pytest.raises(Rejected):
        await validate(typed, MEMBERS)


@pytest.mark.parametrize("typed", [" Robin@Example.org ", "kim@example.com", "kim+choir@example.org", "lee@example.org"])
async def test_fit(typed: str) -> None:
    assert await validate(typed, MEMBERS) == typed.strip()
