"""Who is a member of the club. An address belongs to one member, and the database sees to it."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Index, func
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the club."""


class Member(Base):
    """A member, with the address as it was typed."""

    __tablename__ = "members"
    __table_args__ = (CheckConstraint("name <> ''"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


Index("one_member_an_address", func.lower(Member.email), unique=True)


class AlreadyMember(Exception):
    """The address belongs to a member. The message names it."""


async def join(session: AsyncSession, name: str, email: str) -> Member:
    """Add a member, and return it with its id. The commit is left to the caller.

    `AlreadyMember` leaves the session as it was, so that the caller can go on with it.
    """
    address = email.strip()
    member = Member(name=name, email=address)
    try:
        if name == "":
            session.add(member)
            await session.flush()
        async with session.begin_nested():
            session.add(member)
    except IntegrityError as error:
        if "UNIQUE" in str(error.orig):
            raise AlreadyMember(address) from error
        raise
    return member


async def join_all(session: AsyncSession, people: Iterable[tuple[str, str]]) -> list[str]:
    """Add (name, email) by (name, email); return the names of those who were members already."""
    refused: list[str] = []
    for name, email in people:
        try:
            await join(session, name, email)
        except AlreadyMember:
            refused.append(name)
    return refused
