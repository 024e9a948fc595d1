import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

import club

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def kim(session: AsyncSession) -> club.Member:
    """A member, joined and not yet committed."""
    return await club.join(session, "Kim", "Kim@mail.example")


async def rows(session: AsyncSession) -> list[str]:
    found = await session.execute(text("SELECT name || ' ' || email FROM members ORDER BY id"))
    return list(found.scalars())


async def test_row(session: AsyncSession, kim: club.Member) -> None:
    assert await rows(session) == ["Kim Kim@mail.example"]
    number = await session.scalar(text("SELECT id FROM members"))
    assert kim.id == number


async def test_trimmed(session: AsyncSession, kim: club.Member) -> None:
    robin = await club.join(session, "Robin", "   ROBIN@mail.example ")
    assert robin.email == "ROBIN@mail.example"
    assert await rows(session) == ["Kim Kim@mail.example", "Robin ROBIN@mail.example"]


async def test_rolled_back(session: AsyncSession, kim: club.Member) -> None:
    await session.rollback()
    assert await rows(session) == []


async def test_same_name(session: AsyncSession, kim: club.Member) -> None:
    await club.join(session, "Kim", "other@mail.example")
    assert await rows(session) == ["Kim Kim@mail.example", "Kim other@mail.example"]


async def test_refusals_one_after_the_other(session: AsyncSession, kim: club.Member) -> None:
    for typed in ("Kim@mail.example", "kIM@MAIL.EXAMPLE", " kim@mail.example "):
        try:
            await club.join(session, "Robin", typed)
        except club.AlreadyMember as refusal:
            assert typed.strip() in str(refusal)
        else:
            pytest.fail(f"{typed!r} was accepted")
    assert await rows(session) == ["Kim Kim@mail.example"]


async def test_no_name(session: AsyncSession, kim: club.Member) -> None:
    with pytest.raises(IntegrityError) as caught:
        await club.join(session, "", "x@mail.example")
    assert not isinstance(caught.value, club.AlreadyMember)
    assert await rows(session) == ["Kim Kim@mail.example"]


async def test_written_past_join(session: AsyncSession, kim: club.Member) -> None:
    with pytest.raises(IntegrityError):
        async with session.begin_nested():
            session.add(club.Member(name="Robin", email="kim@MAIL.example"))
    assert await rows(session) == ["Kim Kim@mail.example"]


async def test_no_name_past_join(session: AsyncSession, kim: club.Member) -> None:
    with pytest.raises(IntegrityError):
        async with session.begin_nested():
            session.add(club.Member(name="", email="x@mail.example"))


async def test_refused_and_rolled_back(session: AsyncSession, kim: club.Member) -> None:
    with pytest.raises(club.AlreadyMember):
        await club.join(session, "Robin", "Kim@mail.example")
    await session.rollback()
    assert await rows(session) == []


async def test_join_all(session: AsyncSession, kim: club.Member) -> None:
    refused = await club.join_all(
        session,
        (
            ("Sam", "kim@mail.example"),
            ("Robin", "robin@mail.example"),
            ("Alex", "ROBIN@mail.example"),
            ("Bo", "bo@mail.example"),
        ),
    )
    await session.commit()
    await session.rollback()
    assert refused == ["Sam", "Alex"]
    assert await rows(session) == [
        "Kim Kim@mail.example",
        "Robin robin@mail.example",
        "Bo bo@mail.example",
    ]
