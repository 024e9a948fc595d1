import pytest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate

pytestmark = pytest.mark.asyncio


async def outcome(typed: str, *known: str) -> str:
    try:
        return await validate(typed, MemberList(*known))
    except Rejected as rejected:
        return f"<{rejected.reason.name.lower()}>"


@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [
        ("", (), "<blank>"),
        (" ", (), "<blank>"),
        ("a", (), "<malformed>"),
        ("a@", (), "<malformed>"),
        ("@a", (), "<malformed>"),
        ("a@b@c", (), "<malformed>"),
        ("a@b", ("a@b",), "<taken>"),
        ("A@b", ("a@b",), "<taken>"),
        ("a@b", ("A@b",), "<taken>"),
        (" a@b", ("a@b",), "<taken>"),
        ("a+c@b", ("a+c@b",), "<taken>"),
        (" a@b", (), "a@b"),
        ("a@b ", (), "a@b"),
        ("A@b", (), "A@b"),
        ("a+c@b", (), "a+c@b"),
        ("a+c@b", ("a@b",), "a+c@b"),
        ("a@b", ("a+c@b",), "a@b"),
        ("a@b", ("a@c",), "a@b"),
        ("a@b", ("c@b",), "a@b"),
        ("a@b", ("c@d", "a@b"), "<taken>"),
        ("a@@b", (), "<malformed>"),
    ],
    ids=str,
)
async def test_outcome(typed: str, known: tuple[str, ...], expected: str) -> None:
    assert await outcome(typed, *known) == expected


async def test_blank_is_not_fit() -> None:
    assert await outcome("") != ""
