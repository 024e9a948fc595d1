"""Plain functions; each runs its scenario on a database of its own."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from club import AlreadyMember, Base, Member, join, join_all


def run(scenario: Callable[[AsyncSession], Awaitable[None]]) -> None:
    async def on_an_empty_database() -> None:
        engine = create_async_engine("sqlite+aiosqlite://")
        event.listen(
            engine.sync_engine, "connect", lambda dbapi, _: setattr(dbapi, "isolation_level", None)
        )
        event.listen(engine.sync_engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
        try:
            async with engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            async with AsyncSession(engine, expire_on_commit=False) as session:
                await scenario(session)
        finally:
            await engine.dispose()

    asyncio.run(on_an_empty_database())


async def everybody(session: AsyncSession) -> dict[str, str]:
    """Names by address."""
    return {m.email: m.name for m in await session.scalars(select(Member))}


def test_join() -> None:
    async def scenario(session: AsyncSession) -> None:
        member = await join(session, "Jo", " Jo@X.example ")
        assert isinstance(member.id, int)
        assert await everybody(session) == {"Jo@X.example": "Jo"}
        await join(session, "Jo", "jo2@x.example")
        assert len(await everybody(session)) == 2
        await session.rollback()
        assert await everybody(session) == {}

    run(scenario)


def test_duplicate() -> None:
    async def scenario(session: AsyncSession) -> None:
        await join(session, "Jo", "Jo@x.example")
        with pytest.raises(AlreadyMember, match="jo@X.example"):
            await join(session, "Mo", "jo@X.example ")
        await join(session, "Lu", "lu@x.example")
        session.expire_all()
        assert await everybody(session) == {"Jo@x.example": "Jo", "lu@x.example": "Lu"}
        await session.rollback()
        assert await everybody(session) == {}

    run(scenario)


def test_duplicate_past_the_service() -> None:
    async def scenario(session: AsyncSession) -> None:
        session.add_all(
            [Member(name="Jo", email="JO@x.example"), Member(name="Mo", email="jo@x.example")]
        )
        with pytest.raises(IntegrityError):
            await session.flush()

    run(scenario)


def test_no_name() -> None:
    async def scenario(session: AsyncSession) -> None:
        await join(session, "Jo", "jo@x.example")
        with pytest.raises(IntegrityError):
            await join(session, "", "mo@x.example")
        assert await everybody(session) == {"jo@x.example": "Jo"}
        session.add(Member(name="", email="mo@x.example"))
        with pytest.raises(IntegrityError):
            await session.flush()

    run(scenario)


def test_list() -> None:
    async def scenario(session: AsyncSession) -> None:
        people = [("C", "1@x.example"), ("B", "1@x.example"), ("A", "1@X.example")]
        assert await join_all(session, [*people, ("D", "2@x.example")]) == ["B", "A"]
        assert await everybody(session) == {"1@x.example": "C", "2@x.example": "D"}

    run(scenario)
