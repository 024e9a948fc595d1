"""Who may join, who is refused, and what the session is good for afterwards."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from club import AlreadyMember, Member, join, join_all

pytestmark = pytest.mark.asyncio

KIM = ("Kim", "Kim@Example.org")


async def members(session: AsyncSession) -> list[tuple[str, str]]:
    """Name and address of all members, in the order in which they joined."""
    rows = await session.execute(select(Member.name, Member.email).order_by(Member.id))
    return [(name, email) for name, email in rows]


async def test_a_member_is_stored_with_the_address_as_typed(session: AsyncSession) -> None:
    member = await join(session, "Kim", " Kim@Example.org ")

    rows = await session.execute(select(Member.id, Member.name, Member.email))
    assert rows.all() == [(member.id, *KIM)]
    assert (member.name, member.email) == KIM


async def test_the_commit_is_left_to_the_caller(session: AsyncSession) -> None:
    await join(session, *KIM)

    await session.rollback()

    assert await members(session) == []


async def test_two_members_may_have_one_name(session: AsyncSession) -> None:
    await join(session, "Kim", "one@example.org")
    await join(session, "Kim", "two@example.org")

    assert await members(session) == [("Kim", "one@example.org"), ("Kim", "two@example.org")]


@pytest.mark.parametrize("typed", ["Kim@Example.org", " Kim@Example.org "])
async def test_an_address_is_taken_once(session: AsyncSession, typed: str) -> None:
    await join(session, *KIM)

    with pytest.raises(AlreadyMember) as caught:
        await join(session, "Robin", typed)

    assert typed.strip() in str(caught.value)
    assert await members(session) == [KIM]


async def test_the_session_goes_on_after_a_refusal(session: AsyncSession) -> None:
    await join(session, *KIM)
    await session.commit()
    await join(session, "Alex", "alex@example.org")

    with pytest.raises(AlreadyMember):
        await join(session, "Robin", "Kim@Example.org")
    await join(session, "Sam", "sam@example.org")
    await session.commit()

    await session.rollback()
    expected = [KIM, ("Alex", "alex@example.org"), ("Sam", "sam@example.org")]
    assert await members(session) == expected


async def test_the_database_refuses_it_without_join(session: AsyncSession) -> None:
    session.add(Member(name="Kim", email="kim@example.org"))
    await session.flush()

    session.add(Member(name="Robin", email="kim@example.org"))
    with pytest.raises(IntegrityError):
        await session.flush()


async def test_the_database_refuses_an_empty_name_without_join(session: AsyncSession) -> None:
    session.add(Member(name="", email="kim@example.org"))
    with pytest.raises(IntegrityError):
        await session.flush()


async def test_a_refusal_commits_nothing(session: AsyncSession) -> None:
    await join(session, *KIM)
    with pytest.raises(AlreadyMember):
        await join(session, "Robin", KIM[1])

    await session.rollback()

    assert await members(session) == []


async def test_an_empty_name_is_no_duplicate(session: AsyncSession) -> None:
    await join(session, *KIM)

    with pytest.raises(IntegrityError):
        await join(session, "", "nobody@example.org")

    await join(session, "Sam", "sam@example.org")
    assert await members(session) == [KIM, ("Sam", "sam@example.org")]


async def test_many_join_and_the_refused_are_named(session: AsyncSession) -> None:
    await join(session, *KIM)

    refused = await join_all(
        session,
        [
            ("Zoe", "Kim@Example.org"),
            ("Alex", "alex@example.org"),
            ("Bo", "alex@example.org"),
            ("Sam", "sam@example.org"),
        ],
    )

    assert refused == ["Zoe", "Bo"]
    expected = [KIM, ("Alex", "alex@example.org"), ("Sam", "sam@example.org")]
    assert await members(session) == expected
