"""The shop's database: its tables, and how a file with the catalogue in it is made."""

from pathlib import Path

from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

CATALOGUE: dict[str, str] = {"lamp": "Desk lamp", "kettle": "Kettle", "rug": "Woollen rug"}
"""What the shop sells: titles by code."""

created: list[Path] = []
"""Each database file made in this process, oldest first."""


class Base(DeclarativeBase):
    """The tables of the shop."""


class Item(Base):
    """Something that the shop sells."""

    __tablename__ = "items"
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]


class Rating(Base):
    """How many stars a user gave an item."""

    __tablename__ = "ratings"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_code: Mapped[str] = mapped_column(ForeignKey("items.code"))
    user: Mapped[str]
    stars: Mapped[int]


def create_database(path: Path) -> None:
    """Make the database file `path`: all tables, with the catalogue loaded and no ratings.

    The real catalogue takes most of a minute to load. So this runs once for a whole test run.
    """
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(Item(code=code, title=title) for code, title in CATALOGUE.items())
    engine.dispose()
    created.append(path)
