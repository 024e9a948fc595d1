"""Who is a member of the club: join looks first, and the database has the last word."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, String, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the club."""


class Member(Base):
    """A member, with the address as it was typed; comparing addresses ignores capitals."""

    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String, CheckConstraint("length(name) > 0"))
    email: Mapped[str] = mapped_column(String(collation="NOCASE"), unique=True)


class AlreadyMember(Exception):
    """The address belongs to a member. The message names it."""

    def __init__(self, address: str) -> None:
        super().__init__(f"there is a member with the address {address}")


async def join(session: AsyncSession, name: str, email: str) -> Member:
    member = Member(name=name, email=email.strip())
    same = func.lower(Member.email) == member.email.lower()
    if await session.scalar(select(exists().where(same))):
        raise AlreadyMember(member.email)
    savepoint = await session.begin_nested()
    try:
        session.add(member)
        await session.flush()
    except BaseException:
        await savepoint.rollback()
        raise
    await savepoint.commit()
    return member


async def join_all(session: AsyncSession, people: Iterable[tuple[str, str]]) -> list[str]:
    return [name for name, email in people if await _refused(session, name, email)]


async def _refused(session: AsyncSession, name: str, email: str) -> bool:
    try:
        await join(session, name, email)
    except AlreadyMember:
        return True
    return False
