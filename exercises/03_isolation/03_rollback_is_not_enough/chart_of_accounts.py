"""The ledger's database: its tables, and how a file with the chart of accounts in it is made."""

from pathlib import Path

from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

OPENING: dict[str, int] = {"cash": 50_000, "stock": 20_000, "rent": 0, "sales": 0}
"""The chart of accounts: the opening balance of each account, in cents."""

created: list[Path] = []
"""Each database file made in this process, oldest first."""


class Base(DeclarativeBase):
    """The tables of the ledger."""


class Account(Base):
    """An account and its balance, in cents."""

    __tablename__ = "accounts"
    name: Mapped[str] = mapped_column(primary_key=True)
    balance: Mapped[int]


class Entry(Base):
    """One posting: so many cents went from one account to another."""

    __tablename__ = "entries"
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("accounts.name"))
    target: Mapped[str] = mapped_column(ForeignKey("accounts.name"))
    cents: Mapped[int]


def create_database(path: Path) -> None:
    """Make the database file `path`: all tables, with the chart of accounts loaded.

    The real chart takes most of a minute to load. So this runs once for a whole test run.
    """
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(Account(name=name, balance=cents) for name, cents in OPENING.items())
    engine.dispose()
    created.append(path)
