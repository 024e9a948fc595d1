import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from club import AlreadyMember, Member, join, join_all


async def names(session: AsyncSession) -> set[str]:
    return set(await session.scalars(select(Member.name)))


@pytest.mark.asyncio
class TestJoin:
    async def test_stored(self, session: AsyncSession) -> None:
        await join(session, "Ada", "  Ada.L@Example.com ")

        member = (await session.scalars(select(Member))).one()
        assert member.name == "Ada"
        assert member.email == "Ada.L@Example.com"

    async def test_returned(self, session: AsyncSession) -> None:
        member = await join(session, "Ada", "ada@example.com")

        assert member.id is not None
        assert await session.get(Member, member.id) is member

    async def test_not_committed(self, session: AsyncSession) -> None:
        await join(session, "Ada", "ada@example.com")
        await session.rollback()
        assert await names(session) == set()

    async def test_namesake(self, session: AsyncSession) -> None:
        await join(session, "Ada", "ada@example.com")
        await join(session, "Ada", "ada@example.net")
        assert await session.scalar(select(func.count(Member.id))) == 2

    async def test_empty_name_past_join(self, session: AsyncSession) -> None:
        session.add(Member(name="", email="ada@example.com"))
        with pytest.raises(IntegrityError):
            await session.commit()

    async def test_empty_name(self, session: AsyncSession) -> None:
        await join(session, "Ada", "ada@example.com")
        with pytest.raises(IntegrityError):
            await join(session, "", "bo@example.com")
        await join(session, "Cy", "cy@example.com")
        await session.commit()
        assert await names(session) == {"Ada", "Cy"}


@pytest.mark.asyncio
class TestAlreadyMember:
    @pytest.mark.parametrize("address", ["ada@example.com", "ADA@EXAMPLE.COM"])
    async def test_refused(self, session: AsyncSession, address: str) -> None:
        await join(session, "Ada", "ada@example.com")

        with pytest.raises(AlreadyMember, match=address):
            await join(session, "Bo", f"  {address}")

        ada = (await session.scalars(select(Member))).one()
        await session.refresh(ada)
        assert (ada.name, ada.email) == ("Ada", "ada@example.com")

    async def test_transaction_survives(self, session: AsyncSession) -> None:
        await join(session, "Ada", "ada@example.com")
        with pytest.raises(AlreadyMember):
            await join(session, "Bo", "ada@example.com")
        await join(session, "Cy", "cy@example.com")
        await session.commit()
        assert await names(session) == {"Ada", "Cy"}

    async def test_still_not_committed(self, session: AsyncSession) -> None:
        await join(session, "Ada", "ada@example.com")
        with pytest.raises(AlreadyMember):
            await join(session, "Bo", "ada@example.com")
        await session.rollback()
        assert await names(session) == set()

    async def test_constraint(self, session: AsyncSession) -> None:
        await join(session, "Ada", "ada@example.com")
        session.add(Member(name="Bo", email="Ada@Example.com"))
        with pytest.raises(IntegrityError):
            await session.commit()


@pytest.mark.asyncio
async def test_join_all(session: AsyncSession) -> None:
    people = [
        ("Ada", "ada@example.com"),
        ("Dan", "Ada@example.com"),
        ("Bo", "bo@example.com"),
        ("Cy", "BO@example.com"),
        ("Eve", "eve@example.com"),
    ]
    assert await join_all(session, people) == ["Dan", "Cy"]
    assert await names(session) == {"Ada", "Bo", "Eve"}
