import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from club import AlreadyMember, Member, join, join_all

pytestmark = pytest.mark.asyncio

PEOPLE = [
    ("Kim", "kim@example.org"),
    ("Zoe", "kim@example.org"),
    ("Bo", "kim@example.org"),
]


async def test_counts_the_refused(session: AsyncSession) -> None:
    assert len(await join_all(session, PEOPLE)) == 2


async def test_names_them_in_any_order(session: AsyncSession) -> None:
    assert set(await join_all(session, PEOPLE)) == {"Zoe", "Bo"}


async def test_name_in_any_case(session: AsyncSession) -> None:
    await join(session, "Kim", "kim@example.org")
    assert [name.lower() for name in await session.scalars(select(Member.name))] == ["kim"]


async def test_returned_member(session: AsyncSession) -> None:
    assert (await join(session, "Kim", "kim@example.org")) is not None


async def test_blanks_before(session: AsyncSession) -> None:
    await join(session, "Kim", " kim@example.org")
    assert list(await session.scalars(select(Member.email))) == ["kim@example.org"]


async def test_message_in_any_case(session: AsyncSession) -> None:
    await join(session, "Kim", "kim@example.org")
    with pytest.raises((AlreadyMember, IntegrityError)) as caught:
        await join(session, "Robin", "Kim@example.org")
    assert "kim@example.org" in str(caught.value).lower()


async def test_addresses_in_any_case(session: AsyncSession) -> None:
    await join(session, "Kim", "Kim@example.org")
    with pytest.raises((AlreadyMember, IntegrityError)):
        await join(session, "Robin", "kim@example.org")
    assert [one.lower() for one in await session.scalars(select(Member.email))] == ["kim@example.org"]


async def test_goes_on_somehow(session: AsyncSession) -> None:
    with pytest.raises(IntegrityError):
        await join(session, "", "kim@example.org")
    await join(session, "Kim", "kim@example.org")
