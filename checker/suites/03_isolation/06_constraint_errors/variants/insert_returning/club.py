"""Who is a member of the club: one insert statement; a computed column holds the address's key."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Computed, UniqueConstraint, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the club."""


class Member(Base):
    """A member, with the address as it was typed, and a key of it in lower case."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("email_key"),
        CheckConstraint("name != ''", name="members_have_names"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(Computed("lower(email)"))


class AlreadyMember(LookupError):
    """The address belongs to a member. The message names it."""


async def join(session: AsyncSession, name: str, email: str) -> Member:
    address = email.strip()
    statement = insert(Member).values(name=name, email=address).returning(Member)
    nested = session.begin_nested()
    async with nested:
        try:
            return (await session.scalars(statement)).one()
        except IntegrityError as error:
            await nested.rollback()
            if "members_have_names" in str(error):
                raise
            raise AlreadyMember(f"<{address}>") from None


async def join_all(session: AsyncSession, people: Iterable[tuple[str, str]]) -> list[str]:
    waiting, refused = list(people), []
    while waiting:
        name, email = waiting.pop(0)
        try:
            await join(session, name, email)
        except AlreadyMember:
            refused += [name]
    return refused
