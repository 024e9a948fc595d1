import pytest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate

pytestmark = pytest.mark.asyncio

MEMBERS = MemberList("kim@example.org", "lee+choir@example.org")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.BLANK),
        ("robin", Reason.MALFORMED),
        ("robin@", Reason.MALFORMED),
        ("@example.org", Reason.MALFORMED),
        ("robin@choir@example.org", Reason.MALFORMED),
        ("kim@example.org", Reason.TAKEN),
        ("lee+choir@example.org", Reason.TAKEN),
    ],
)
async def test_rejected(typed: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as rejected:
        await validate(typed, MEMBERS)

    assert rejected.value.reason is reason


@pytest.mark.parametrize("typed", ["robin@example.org", "kim@example.com", "kim+choir@example.org", "lee@example.org"])
async def test_fit(typed: str) -> None:
    assert await validate(typed, MEMBERS) == typed
